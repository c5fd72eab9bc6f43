"""Checks files that the settings name by a path within the project: a workbook, or a picture to show as logo."""

from __future__ import annotations

from pathlib import Path

from registerkit.setting_kinds import is_name, leaves

__all__ = ["PICTURES", "picture_fault", "place_fault"]

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp")
_KINDS = frozenset({"image/png", "image/jpeg", "image/gif", "image/bmp"})


def picture_fault(root: Path, path: str) -> str | None:
    """Return the code of what is wrong with a picture that is named by its path in the project, if anything is."""
    if code := place_fault(path, PICTURES):
        return code
    if not (root / path).is_file():
        return "no_logo"
    return None if _is_picture(root / path) else "file_kind"


def place_fault(path: str, allowed: tuple[str, ...]) -> str | None:
    """Return the code of what is wrong with a path of the settings; `allowed` are endings of names."""
    if leaves(path):
        return "leaves"
    return None if is_name(path) and path.lower().endswith(allowed) else "file_kind"


def _is_picture(path: Path) -> bool:
    """Tell whether Word and Excel can show a file as a picture, whatever its name says."""
    from docx.image.image import Image  # Only who has a logo needs it.

    try:
        image = Image.from_file(str(path))
        return image.content_type in _KINDS and min(image.px_width, image.px_height) > 0
    except Exception:  # A damaged picture fails in whatever way.
        return False
