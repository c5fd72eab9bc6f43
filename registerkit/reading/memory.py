"""Keeps a process to an amount of memory: itself where the system can, else watched by the one that started it."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

__all__ = ["MOST_MEMORY", "keep_to", "must_be_watched", "used_by"]

MOST_MEMORY = 1024**3
"""Bytes that reading one file may take."""
_EXTENDED_LIMITS, _PROCESS_MEMORY = 9, 0x100
"""`JobObjectExtendedLimitInformation` and `JOB_OBJECT_LIMIT_PROCESS_MEMORY` of Windows."""


def keep_to(size: int) -> None:
    """Let the system refuse this process more than `size` bytes; macOS cannot (`must_be_watched`)."""
    try:
        if sys.platform == "win32":
            _keep_in_job(size)
        else:
            import resource

            resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (OSError, ValueError):  # Reading goes on without; the time is limited too.
        return


def must_be_watched() -> bool:
    """Tell whether a process cannot be kept to its memory by the system: macOS knows the limit and does not heed it."""
    return sys.platform == "darwin"


def used_by(process: int) -> int:
    """Return the bytes of real memory that a process has; 0 when that cannot be told."""
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, check=False).stdout
    return int(told) * 1024 if told.strip().isdigit() else 0


def _keep_in_job(size: int) -> None:
    """Put this process in a job of its own that has a limit; jobs within jobs are there since Windows 8."""
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    kernel: Any = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    limits = Extended()
    limits.BasicLimitInformation.LimitFlags = _PROCESS_MEMORY
    limits.ProcessMemoryLimit = size
    job = kernel.CreateJobObjectW(None, None)
    if kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)):
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
