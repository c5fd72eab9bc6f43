"""Puts papers and reports in the output folder; one that somebody changed is kept beside the new one, and told."""

from __future__ import annotations

from pathlib import Path

from registerkit.findings import Finding, Location
from registerkit.ooxml import put_document
from registerkit.texts import Texts

__all__ = ["put_output"]


def put_output(target: Path, content: bytes, texts: Texts) -> Finding | None:
    """Write a `.docx` or `.xlsx` file whole; tells when one that somebody had changed was there, and where it is now.

    Raises what `system_error` makes of a refusal.
    """
    kept = put_document(target, content, texts("documents.kept", name=target.stem))
    return Finding("document_kept", "warning", Location(target.name), kept.name) if kept else None
