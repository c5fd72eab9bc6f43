"""Puts finished PDF files into one, to print: each keeps its pages as they are, and what it says to who hears it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from registerkit.pdf.finish import bytes_of, retitle

if TYPE_CHECKING:
    from pikepdf import Pdf

__all__ = ["joined"]


def joined(pdfs: Mapping[str, bytes], title: str) -> bytes:
    """Return one file of at least one that are named, in their order: a bookmark for each, with its name."""
    from pikepdf import Dictionary, Name, OutlineItem, Pdf

    first, *others = (Pdf.open(BytesIO(data)) for data in pdfs.values())
    starts, tree = [0], _Tree(first)
    for other in others:
        starts.append(len(first.pages))
        tree.add(other)
    tree.finish()
    retitle(first, title)
    with first.open_outline() as outline:
        outline.root[:] = [OutlineItem(name, start) for name, start in zip(pdfs, starts, strict=True)]
    # On both sides of a sheet the letter of one person would stand behind that of another.
    first.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, Duplex=Name.Simplex)
    data = bytes_of(first)
    for pdf in (first, *others):
        pdf.close()
    return data


class _Tree:
    """The structure of a file that others are added to: their elements, and from where on a page they are found."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._root = pdf.Root.StructTreeRoot
        self._parts = self._elements(self._root)
        self._numbers = _numbers(self._root)

    def add(self, other: Pdf) -> None:
        """Add the pages and the structure of another file."""
        shift = max(self._numbers, default=-1) + 1
        before = len(self._pdf.pages)
        self._pdf.pages.extend(other.pages)
        for page in list(self._pdf.pages)[before:]:
            _shift(page.obj, "/StructParents", shift)
            for annotation in page.obj.get("/Annots", ()):
                _shift(annotation, "/StructParent", shift)
        # What is a page was copied with the pages, and is known as that.
        root = self._pdf.copy_foreign(other.Root.StructTreeRoot)
        self._parts += self._elements(root)
        self._numbers |= {shift + number: found for number, found in _numbers(root).items()}

    def finish(self) -> None:
        """Make each file a part of one document."""
        from pikepdf import Array, Dictionary, Name

        pdf, root = self._pdf, self._root
        document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array(self._parts)))
        for part in self._parts:
            part.S, part.P = Name.Part, document
        root.K = Array([document])
        told = [each for number in sorted(self._numbers) for each in (number, self._numbers[number])]
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(told)))
        root.ParentTreeNextKey = max(self._numbers, default=-1) + 1

    @staticmethod
    def _elements(root: Any) -> list[Any]:
        from pikepdf import Array

        return list(root.K) if isinstance(root.K, Array) else [root.K]


def _numbers(root: Any) -> dict[int, Any]:
    from pikepdf import NumberTree

    return dict(NumberTree(root.ParentTree).items()) if "/ParentTree" in root else {}


def _shift(owner: Any, key: str, by: int) -> None:
    if key in owner:
        owner[key] = int(owner[key]) + by
