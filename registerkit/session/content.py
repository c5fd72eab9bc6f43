"""What a workbook of a project shows now."""

from __future__ import annotations

from collections.abc import Sequence

from registerkit.register import Register
from registerkit.session.session import Session
from registerkit.store.timeline import stamp_of
from registerkit.workbook import HeldLine, WorkbookContent

__all__ = ["content_for"]


def content_for(
    session: Session, workbook_id: str, register: Register | None = None, held: Sequence[HeldLine] = ()
) -> WorkbookContent:
    """Return all that a workbook of this project shows; reads the store unless the register is given."""
    return WorkbookContent(register or session.register(), stamp_of(session.store, workbook_id), held=held)
