"""Opens a source, whatever it is: a file, or a table of a database."""

from __future__ import annotations

from typing import Any

from registerkit.errors import MissingColumnError, NoRegisterTableError, UnsupportedFileError
from registerkit.messages import MAIL, open_message
from registerkit.pull.inbox import need_form
from registerkit.reading import TABLES, RawWorkbook, load_mapping, open_odbc, open_workbook
from registerkit.session.merge_parts import SourceFile
from registerkit.session.session import Session
from registerkit.writeback import content_hash

__all__ = ["content_of", "need_columns", "open_source"]


def open_source(session: Session, file: SourceFile, name: str) -> RawWorkbook:
    """Read a source; raises a `FileError`, or `SettingsError` for a mapping that is wrong."""
    mapping = load_mapping(file.mapping) if file.mapping else None
    if file.odbc is not None:
        return open_odbc(file.odbc, session.definition, mapping)
    if file.path.suffix.lower() in MAIL and mapping is None and file.path.is_file():
        if file.kind == "import":
            raise UnsupportedFileError(file.path, reason="email_import", inbox=session.settings.paths.inbox.name)
        return RawWorkbook(file.path, name, None, {}, {}, (), message=open_message(file.path))
    if file.kind == "form":
        need_form(file.path)
    try:
        return open_workbook(file.path, session.definition, name, mapping)
    except (NoRegisterTableError, UnsupportedFileError) as error:
        if file.kind != "import" or mapping is not None or file.path.suffix.lower() not in TABLES or file.path.is_dir():
            raise
        raise NoRegisterTableError(file.path, reason="import") from error


def content_of(file: SourceFile) -> str:
    """Return a fingerprint of what a source holds; nothing for a file that is not there."""
    if file.odbc is not None:
        return file.odbc.fingerprint
    return content_hash(file.path) if file.path.is_file() else ""


def need_columns(raw: RawWorkbook, file: SourceFile, session: Session) -> None:
    """Raise `MissingColumnError` when the register's table lacks columns that no row can do without."""
    main = session.definition.main
    table = raw.tables.get(main.id)
    lacking = [] if table is None else [field for field in main.needed if field.id not in table.columns]
    if table is None or not lacking:
        return
    told: dict[str, Any] = {
        "sheet": table.sheet,
        "label": [field.labels[session.settings.language] for field in lacking],
    }
    if not table.has_cells and file.kind != "import":
        raise MissingColumnError(raw.path, reason="database", **told)
    if file.mapping is not None:
        raise MissingColumnError(raw.path, reason="mapping", mapping=session.relative(file.mapping), **told)
    if file.kind == "import":
        raise MissingColumnError(raw.path, reason="import", **told)
    if raw.stamp is None:
        raise MissingColumnError(raw.path, reason="list", **told)
    raise MissingColumnError(raw.path, **told)
