"""What came of a file the last time, so that the very same file need not be read again."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from registerkit.findings import TOLD_ONCE, Finding, Location
from registerkit.pull.results import RefusedRow, SourceResult, SyncResult, refused_rows
from registerkit.session.merge_parts import chosen_in
from registerkit.session.session import Session
from registerkit.store.conflicts import open_conflicts
from registerkit.store.sources import SourceInfo
from registerkit.sync.plan import SourcePlan
from registerkit.texts import Texts

__all__ = ["outcome_of", "recall", "state_of"]


def state_of(session: Session) -> str:
    """Return a fingerprint of all that bears on how a file is read: the store, the files of the office, and the day."""
    settings = session.settings.paths.settings.read_bytes()
    definition = session.settings.definition.read_bytes() if session.settings.definition else b""
    files = [s.mapping for s in session.settings.sources] + [s.mapping for s in session.settings.odbc_tables]
    mappings = b"".join(file.read_bytes() for file in files if file and file.is_file())
    about = (session.store.revision(), session.on.isoformat(), session.definition.id, session.definition.version)
    elsewhere = sorted({(c.source, chosen_in(session, c.source) or "") for c in open_conflicts(session.store).values()})
    told = (*about, *elsewhere, *_templates(session.settings.paths.letters))
    return hashlib.sha256(repr(told).encode() + settings + definition + mappings).hexdigest()


def _templates(folder: Path) -> list[tuple[str, int, int]]:
    """Return what tells that a template of a letter was changed: a letter that cannot be filled in is held back."""
    found = ((path, path.stat()) for path in sorted(folder.glob("*.docx"))) if folder.is_dir() else ()
    return [(path.name, stat.st_size, stat.st_mtime_ns) for path, stat in found]


def outcome_of(session: Session, plan: SourcePlan) -> dict[str, Any]:
    """Return what a plan would tell again of the same file: no news, and every finding that still stands."""
    return {
        "rows": plan.rows,
        "unchanged": plan.new + plan.changed + plan.unchanged,
        "refused": [row.as_json() for row in refused_rows(plan)],
        "findings": [
            asdict(finding) | {"context": {k: _kept(v, session.texts) for k, v in finding.context.items()}}
            for finding in plan.findings
            if finding.code not in TOLD_ONCE
        ],
    }


def _kept(value: Any, texts: Texts) -> Any:
    """Return a value of a finding as it is shown; several stay several, which stand between marks of their own."""
    if isinstance(value, list | tuple):
        return [texts.show(each) for each in value]
    return value if value is None else texts.show(value)


def recall(result: SyncResult, info: SourceInfo) -> None:
    """Add what is remembered of a file to the result of a sync."""
    told = info.outcome or {}
    refused = len(told["refused"])
    result.sources.append(
        SourceResult(info.path, info.kind, told["rows"], unchanged=told["unchanged"], refused=refused)
    )
    result.unchanged += told["unchanged"]
    result.refused += [RefusedRow(**{**row, "codes": tuple(row["codes"])}) for row in told["refused"]]
    for finding in told["findings"]:
        result.findings.append(Finding(**{**finding, "location": Location(**finding["location"])}))
