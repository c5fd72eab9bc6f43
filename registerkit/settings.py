"""An office's settings, `register.toml`, and where everything lies in its project folder."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from registerkit.errors import MissingFileError, SettingsError
from registerkit.faults import Faults
from registerkit.findings import ODBC, Finding
from registerkit.suggest import nearest
from registerkit.texts import LANGUAGES
from registerkit.toml_place import toml_place

__all__ = [
    "FOLDERS",
    "LOCK_FILE",
    "SETTINGS_FILE",
    "Paths",
    "Routing",
    "Settings",
    "SourceSetting",
    "TableSetting",
    "find_project",
    "load_settings",
    "parse_settings",
    "project_paths",
]

SETTINGS_FILE = "register.toml"
LOCK_FILE = "register.lock"

FOLDERS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "workbook": "klachtenregister.xlsx", "form": "klachtenformulier", "inbox": "postvak-in",
        "done": "verwerkt", "failed": "fout", "letters": "brieven", "output": "uitvoer", "archive": "archief",
    },
    "en": {
        "workbook": "complaints-register.xlsx", "form": "complaint-form", "inbox": "inbox",
        "done": "done", "failed": "failed", "letters": "letters", "output": "output", "archive": "archive",
    },
}  # fmt: skip
"""The names in a project folder, per language."""

_LARGEST_LIMIT = 10**12


class _Kind(NamedTuple):
    """What a setting may be, and how a message shows that."""

    fits: Callable[[Any], bool]
    known: str


def _one_of(*words: str) -> _Kind:
    return _Kind(lambda value: value in words, ", ".join(words))


def _is_amount(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LARGEST_LIMIT


_ANY = _Kind(lambda _: True, "")
_TEXT = _Kind(lambda value: isinstance(value, str), '"…"')
_WHOLE = _Kind(lambda value: type(value) is int and value >= 0, "0, 1, 2, 3 …")
_SWITCH = _Kind(lambda value: isinstance(value, bool), "true, false")
_AMOUNT = _Kind(_is_amount, "250, 250.50")
_CODES = _Kind(lambda value: isinstance(value, dict), "{ … = [ … ] }")

_LISTED = frozenset({"routing", "sources", "staff"})
_SECTIONS: Mapping[str, Mapping[str, _Kind]] = {
    "register": {
        "language": _one_of(*LANGUAGES), "checkboxes": _SWITCH,
        **dict.fromkeys(("definition", "prefix", "word", "owner", "branch", "workbook"), _TEXT),
        **dict.fromkeys(("reserved", "prepared", "backups"), _WHOLE),
    },
    "organisation": dict.fromkeys(
        ("name", "address", "postcode", "city", "phone", "email", "website", "kvk", "reply_address", "department"), _ANY
    ),
    "terms": {"*": _ANY},
    "limits": {"*": _AMOUNT},
    "routing": {"when": _CODES, **dict.fromkeys(("department", "handler", "priority"), _TEXT)},
    "external": {
        body: _Kind(lambda value: isinstance(value, dict), f"[external.{body}]")
        for body in ("ombudsman", "officer", "committee")
    },
    "letters": {"sent_when_made": _SWITCH, **dict.fromkeys(("signer", "signer_role"), _ANY)},
    "database": {"url": _TEXT},
    "sources": {
        "scope": _one_of("all", "own"),
        **dict.fromkeys(("path", "prefix", "branch", "owner", "mapping", "table"), _TEXT),
    },
    "theme": dict.fromkeys(("accent", "logo", "font"), _TEXT),
    "staff": {"*": _ANY},
    "departments": {"*": _TEXT},
    "branches": {"*": _TEXT},
    "responsible": {"*": _ANY},
}  # fmt: skip
"""The sections, and what their keys may hold; `*` stands for any key."""


@dataclass(frozen=True, kw_only=True)
class _Source:
    prefix: str | None = None
    scope: str = "all"
    branch: str | None = None
    owner: str | None = None
    mapping: Path | None = None


@dataclass(frozen=True)
class SourceSetting(_Source):
    """One filled file that sync pulls in beside the project's own workbook."""

    path: Path


@dataclass(frozen=True)
class TableSetting(_Source):
    """One table of a database that sync reads through ODBC; `address` is what stands behind `odbc:`."""

    address: str = field(repr=False)
    table: str


@dataclass(frozen=True)
class Routing:
    """Who handles what: the first rule whose codes match gives department, handler and priority."""

    when: Mapping[str, tuple[str, ...]]
    department: str | None = None
    handler: str | None = None
    priority: str | None = None


@dataclass(frozen=True)
class Paths:
    """Where everything lies in a project folder."""

    root: Path
    workbook: Path
    form_xlsx: Path
    form_docx: Path
    inbox: Path
    done: Path
    failed: Path
    letters: Path
    output: Path
    archive: Path
    store: Path
    lock: Path
    log: Path
    office: Path
    settings: Path


@dataclass(frozen=True)
class Settings:
    """What `register.toml` says, with defaults for what it leaves out."""

    paths: Paths
    language: str = "nl"
    definition: Path | None = None
    prefix: str = "K"
    word: str = "klant"
    owner: str | None = None
    branch: str | None = None
    reserved: int = 25
    prepared: int = 200
    backups: int = 20
    checkboxes: bool = False
    """The intake form asks yes or no with a box to tick, which only the newest Excel shows as one."""
    organisation: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, Any] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    """Amounts in cents, by name."""
    routing: tuple[Routing, ...] = ()
    external: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    letters: Mapping[str, Any] = field(default_factory=dict)
    responsible: Mapping[str, str] = field(default_factory=dict)
    database_url: str | None = None
    sources: tuple[SourceSetting, ...] = ()
    odbc_tables: tuple[TableSetting, ...] = ()
    theme: Mapping[str, str] = field(default_factory=dict)
    staff: tuple[Mapping[str, Any], ...] = ()
    departments: Mapping[str, str] = field(default_factory=dict)
    branches: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The organisation's name."""
        return self.organisation.get("name", "")

    @property
    def sent_when_made(self) -> bool:
        """Whether a letter counts as sent on the day it was made, unless the office fills in another day."""
        return self.letters.get("sent_when_made", True) is not False


def project_paths(root: Path, language: str, workbook: str | None = None) -> Paths:
    """Return the paths of a project folder in a language."""
    names = FOLDERS[language]
    inbox = root / names["inbox"]
    return Paths(
        root=root,
        workbook=root / (workbook or names["workbook"]),
        form_xlsx=root / f"{names['form']}.xlsx",
        form_docx=root / f"{names['form']}.docx",
        inbox=inbox,
        done=inbox / names["done"],
        failed=inbox / names["failed"],
        letters=root / names["letters"],
        output=root / names["output"],
        archive=root / names["archive"],
        store=root / "register.db",
        lock=root / LOCK_FILE,
        log=root / "register.log",
        office=root / "register.office",
        settings=root / SETTINGS_FILE,
    )


def find_project(path: Path) -> Path:
    """Return the project folder that `path` is or lies in; raises `MissingFileError` when there is none."""
    start = path.resolve()
    if not start.exists():
        raise MissingFileError(path, reason="project_folder")
    for folder in (start, *start.parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder
    raise MissingFileError(path / SETTINGS_FILE, reason="project")


def load_settings(root: Path) -> Settings:
    """Read `register.toml` of a project folder; raises `MissingFileError` or `SettingsError`."""
    file = root / SETTINGS_FILE
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise MissingFileError(file, reason="project") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(file, reason="unreadable", problem=str(error)) from error
    if all(line.lstrip().startswith("#") for line in text.splitlines() if line.strip()):
        raise SettingsError(file, reason="empty")
    return parse_settings(text, root)


def parse_settings(text: str, root: Path) -> Settings:
    """Turn the text of `register.toml` into settings; `root` is what relative paths are taken from."""
    file = root / SETTINGS_FILE
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(file, reason="syntax", **toml_place(error, text)) from None
    faults = Faults(str(file), "settings", text)
    _check(tree, faults)
    _check_sources(tree, root, faults)
    url = _database_url(tree, faults)
    if faults.found:
        raise _error(faults)
    head = tree.get("register", {})
    language, definition = head.get("language", "nl"), head.get("definition")
    sources = [_source(entry, root) for entry in tree.get("sources", [])]
    return Settings(
        paths=project_paths(root, language, head.get("workbook")),
        language=language,
        definition=root / definition if definition else None,
        prefix=head.get("prefix", "K"),
        word=head.get("word", "klant" if language == "nl" else "customer"),
        owner=head.get("owner"),
        branch=head.get("branch"),
        reserved=head.get("reserved", 25),
        prepared=head.get("prepared", 200),
        backups=head.get("backups", 20),
        checkboxes=head.get("checkboxes", False),
        organisation={key: str(value) for key, value in tree.get("organisation", {}).items()},
        terms=tree.get("terms", {}),
        limits={name: round(float(amount) * 100) for name, amount in tree.get("limits", {}).items()},
        routing=tuple(_routing(rule) for rule in tree.get("routing", [])),
        external=tree.get("external", {}),
        letters=tree.get("letters", {}),
        responsible=tree.get("responsible", {}),
        database_url=url,
        sources=tuple(source for source in sources if isinstance(source, SourceSetting)),
        odbc_tables=tuple(source for source in sources if isinstance(source, TableSetting)),
        theme=tree.get("theme", {}),
        staff=tuple(tree.get("staff", [])),
        departments=tree.get("departments", {}),
        branches=tree.get("branches", {}),
    )


def _check(tree: Mapping[str, Any], faults: Faults) -> None:
    """Note sections that are none, keys that are not known, and values that are of another kind."""
    for section, found in tree.items():
        if section not in _SECTIONS:
            faults.add("unknown_key", section, nearest=nearest(section, _SECTIONS))
        elif (bodies := _bodies(tree, section)) is None:
            faults.add("value", section, value=found, known=f"[[{section}]]" if section in _LISTED else f"[{section}]")
        else:
            for nth, body in enumerate(bodies, 1):
                _check_body(section, nth, body, faults)


def _check_body(section: str, nth: int, body: Mapping[str, Any], faults: Faults) -> None:
    kinds = _SECTIONS[section]
    for key, value in body.items():
        kind, where = kinds.get(key) or kinds.get("*"), f"{section}.{key}"
        if kind is None:
            faults.add("unknown_key", where, nth, nearest=nearest(key, kinds))
        elif not kind.fits(value):
            faults.add("value", where, nth, value=value, known=kind.known)


def _bodies(tree: Mapping[str, Any], section: str) -> list[Mapping[str, Any]] | None:
    """Return a section, or all of its name where it is listed; None when it is something else."""
    found = tree.get(section, [])
    bodies = found if section in _LISTED or section not in tree else [found]
    return bodies if isinstance(bodies, list) and all(isinstance(body, dict) for body in bodies) else None


def _error(faults: Faults) -> SettingsError:
    """Return the first fault as an error, with the others."""
    first, *others = (_as_error(faults.file, fault) for fault in faults.found)
    first.others = tuple(others)
    return first


def _as_error(file: str, fault: Finding) -> SettingsError:
    reason, place = fault.code.removeprefix("settings."), fault.location
    return SettingsError(file, reason=reason, **{"where": place.label, "line": place.row} | fault.context)


def _routing(rule: Mapping[str, Any]) -> Routing:
    when = {
        name: tuple(map(str, codes)) if isinstance(codes, list) else (str(codes),)
        for name, codes in rule.get("when", {}).items()
    }
    return Routing(when, rule.get("department"), rule.get("handler"), rule.get("priority"))


def _check_sources(tree: Mapping[str, Any], root: Path, faults: Faults) -> None:
    """Note a source that says too little or too much, and a file that is named twice: its rows would count twice."""
    known = set()
    for nth, entry in enumerate(_bodies(tree, "sources") or (), 1):
        path, table = entry.get("path"), entry.get("table")
        if path is None:
            faults.add("missing_key", "sources", nth, key="path")
        elif isinstance(path, str) and path.startswith(ODBC):
            if not table:
                faults.add("missing_key", "sources", nth, key="table")
        elif isinstance(path, str):
            if table:
                faults.add("table_of_file", "sources.table", nth, table=table)
            if (place := (root / path).resolve()) in known:
                faults.add("source_twice", "sources.path", nth, value=Path(path).name)
            known.add(place)


def _source(entry: Mapping[str, Any], root: Path) -> SourceSetting | TableSetting:
    said = {key: entry[key] for key in ("prefix", "scope", "branch", "owner") if key in entry}
    said["mapping"] = root / entry["mapping"] if "mapping" in entry else None
    if entry["path"].startswith(ODBC):
        return TableSetting(entry["path"].removeprefix(ODBC), entry["table"], **said)
    return SourceSetting(root / entry["path"], **said)


def _database_url(tree: Mapping[str, Any], faults: Faults) -> str | None:
    """Return the address of the database; one that begins with `env:` stands in the environment."""
    for body in _bodies(tree, "database") or ():
        url = body.get("url")
        if isinstance(url, str) and url.startswith("env:"):
            name = url.removeprefix("env:")
            if name not in os.environ:
                faults.add("environment", "database.url", name=name)
            return os.environ.get(name)
        return url or None
    return None
