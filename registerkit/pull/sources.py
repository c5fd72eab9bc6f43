"""The sources of a project, and what kind of source a named file is."""

from __future__ import annotations

from pathlib import Path

from registerkit.files import full_path
from registerkit.messages import in_order
from registerkit.pull.inbox import waiting
from registerkit.session.merge_parts import SourceFile, source_of, table_source
from registerkit.session.session import Session

__all__ = ["named_source", "project_sources"]


def project_sources(session: Session) -> list[SourceFile]:
    """Return the project's workbook, the forms in the inbox, and the sources of the settings: files, then tables."""
    settings = session.settings
    workbook = settings.paths.workbook
    found = [SourceFile(workbook)] if workbook.exists() or not (settings.sources or settings.odbc_tables) else []
    found += [SourceFile(path, "form") for path in in_order(waiting(session))]
    found += [source_of(session, s.path) for s in settings.sources]
    return found + [table_source(s) for s in settings.odbc_tables]


def named_source(session: Session, path: Path) -> SourceFile:
    """Return a named file as the kind of source it is in this project."""
    wanted = full_path(path)
    for known in project_sources(session):
        if full_path(known.path) == wanted:
            return known
    return source_of(session, path)
