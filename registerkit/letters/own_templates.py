"""Finds the office's own template of a kind of letter, and what looks like one and is none. Does not write.

A text that an office wrote itself is never passed over for the one that ships with the kit without a word.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from pathlib import Path

__all__ = ["OwnTemplate", "own_template"]

_PASSING = ("~$", ".", "~")
_COPIES = frozenset({".bak", ".wbk", ".tmp", ".asd", ".lnk"})
"""What programs keep beside a document for themselves."""
_NOISE = frozenset(
    {
        *("kopie", "copy", "van", "of", "nieuw", "nieuwe", "new", "oud", "oude", "old", "versie", "version", "def"),
        *("definitief", "final", "concept", "draft", "sjabloon", "template", "brief", "letter", "docx", "docm", "doc"),
        *("dotx", "dotm", "dot", "odt", "ott", "rtf", "pdf", "pages", "txt", "standaard", "onze", "eigen", "de", "het"),
    }
)
"""Words that people put beside the name of a document."""
_ALIKE = 0.85


@dataclass(frozen=True)
class OwnTemplate:
    """The office's template of a kind, and a file that may be meant as one; each None when there is none."""

    path: Path | None = None
    lookalike: Path | None = None
    is_former: bool = False
    """There is one, as an earlier version of the kit put it there."""


def own_template(folder: Path, names: Mapping[str, Iterable[str]], kind: str, shipped: Path) -> OwnTemplate:
    """Return the template of a kind in the folder; `names` has for every kind its template's name and other words.

    One that an earlier version of the kit put there, and that nobody changed since, is none of the office's own.
    A lookalike is told when there is no template of the office's own text, or one that is older than it.
    """
    if folder.is_file():  # Whatever the office wrote, it is not there: its letters are no matter for ours.
        return OwnTemplate(lookalike=folder)
    wanted = f"{next(iter(names[kind]))}.docx"
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    exact = next((path for path in found if _plain(path.name) == _plain(wanted) and path.is_file()), None)
    kept = (path for path in found if path != exact and path.is_file() and _is_document(path))
    others = [path for path in kept if _kind_of(path.stem, names) == kind]
    is_former = exact is not None and _is_former(exact)
    exact = None if is_former else exact
    if exact is not None and not is_shipped(exact, shipped):
        others = [path for path in others if path.stat().st_mtime > exact.stat().st_mtime]
    return OwnTemplate(exact, max(others, key=lambda path: path.stat().st_mtime, default=None), is_former)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _is_document(path: Path) -> bool:
    return not path.name.startswith(_PASSING) and path.suffix.casefold() not in _COPIES


def is_shipped(path: Path, shipped: Path) -> bool:
    """Tell whether a template is, byte for byte, the one that ships with the kit."""
    return shipped.is_file() and path.read_bytes() == shipped.read_bytes()


@cache
def _former() -> frozenset[str]:
    """Return the digests of the texts that earlier versions shipped: each line has one, and the template it was of."""
    lines = files("registerkit.letters").joinpath("former.txt").read_text(encoding="ascii").splitlines()
    return frozenset(line.partition(" ")[0] for line in lines)


def _is_former(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as parts:
            text = parts.read("word/document.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False  # What it is, is told when it is filled in.
    return hashlib.sha256(text).hexdigest()[:16] in _former()


def _kind_of(stem: str, names: Mapping[str, Iterable[str]]) -> str | None:
    """Return the kind whose name comes nearest to a file's, when one comes near; most have that very name."""
    own = next((kind for kind, words in names.items() if any(_plain(stem) == _plain(word) for word in words)), None)
    if own is not None:
        return own
    found = {kind: max(_nearness(stem, name) for name in words) for kind, words in names.items()}
    best = max(found, key=lambda kind: found[kind], default=None)
    return best if best is not None and found[best] >= _ALIKE else None


def _nearness(stem: str, name: str) -> float:
    """Return how near a file's name comes to a kind's; all its words beside others are nearer than a slip of one."""
    given, wanted = _words(stem), _words(name)
    own = [word for word in given if word not in _NOISE or word in wanted]
    if own == wanted:
        return 3.0
    if wanted and set(wanted) <= set(given):
        return 1.0 + len(wanted) / (1 + len(given))
    return SequenceMatcher(None, "".join(own), "".join(wanted)).ratio()


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\W_\d]+", _plain(name)) if word]
