"""An office's settings, `register.toml`, and where everything lies in its project folder."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from registerkit.errors import MissingFileError, SettingsError
from registerkit.findings import ODBC
from registerkit.suggest import nearest
from registerkit.texts import LANGUAGES
from registerkit.toml_place import toml_place

__all__ = [
    "FOLDERS",
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

_KEYS: Mapping[str, frozenset[str]] = {
    "": frozenset(
        {"register", "organisation", "terms", "limits", "routing", "external", "letters", "database", "sources",
         "theme", "staff", "departments", "branches", "responsible"}
    ),
    "register": frozenset(
        {"language", "definition", "prefix", "word", "owner", "branch", "reserved", "prepared", "backups", "workbook",
         "checkboxes"}
    ),
    "organisation": frozenset(
        {"name", "address", "postcode", "city", "phone", "email", "website", "kvk", "reply_address", "department"}
    ),
    "letters": frozenset({"signer", "signer_role", "sent_when_made"}),
    "database": frozenset({"url"}),
    "sources": frozenset({"path", "prefix", "scope", "branch", "owner", "mapping", "table"}),
    "theme": frozenset({"accent", "logo", "font"}),
    "routing": frozenset({"when", "department", "handler", "priority"}),
    "external": frozenset({"ombudsman", "officer", "committee"}),
}  # fmt: skip

_SECTIONS = frozenset(
    {
        "register",
        "organisation",
        "terms",
        "limits",
        "external",
        "letters",
        "database",
        "theme",
        "departments",
        "branches",
        "responsible",
    }
)
_LISTED = frozenset({"routing", "sources", "staff"})
_TEXTS = frozenset({"register", "database", "sources", "departments", "branches", "routing"})
"""Sections whose values are texts, but for these."""
_NO_TEXT = frozenset(
    {("register", "reserved"), ("register", "prepared"), ("register", "backups"), ("register", "checkboxes"),
     ("routing", "when")}
)  # fmt: skip
_LARGEST_LIMIT = 10**12


@dataclass(frozen=True)
class SourceSetting:
    """One filled file that sync pulls in beside the project's own workbook."""

    path: Path
    prefix: str | None = None
    scope: str = "all"
    branch: str | None = None
    owner: str | None = None
    mapping: Path | None = None


@dataclass(frozen=True)
class TableSetting:
    """One table of a database that sync reads through ODBC; `address` is what stands behind `odbc:`."""

    address: str = field(repr=False)
    table: str
    prefix: str | None = None
    scope: str = "all"
    branch: str | None = None
    owner: str | None = None
    mapping: Path | None = None


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
    """Give the paths of a project folder in a language."""
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
        lock=root / "register.lock",
        log=root / "register.log",
        office=root / "register.office",
        settings=root / SETTINGS_FILE,
    )


def find_project(path: Path) -> Path:
    """Give the project folder that `path` is or lies in; raises `MissingFileError` when there is none."""
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
    return parse_settings(text, root)


def parse_settings(text: str, root: Path) -> Settings:
    """Turn the text of `register.toml` into settings; `root` is what relative paths are taken from."""
    file = root / SETTINGS_FILE
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(file, reason="syntax", **toml_place(error, text)) from None
    _check_shapes(tree, file)
    _check_keys(tree, file)
    head = tree.get("register", {})
    language = head.get("language", "nl")
    if language not in LANGUAGES:
        raise SettingsError(file, reason="value", where="register.language", value=language, known=", ".join(LANGUAGES))
    definition = head.get("definition")
    sources = [_source(entry, root, file) for entry in tree.get("sources", [])]
    _need_once(sources, file)
    return Settings(
        paths=project_paths(root, language, head.get("workbook")),
        language=language,
        definition=root / definition if definition else None,
        prefix=head.get("prefix", "K"),
        word=head.get("word", "klant" if language == "nl" else "customer"),
        owner=head.get("owner"),
        branch=head.get("branch"),
        reserved=_whole(head, "reserved", 25, file),
        prepared=_whole(head, "prepared", 200, file),
        backups=_whole(head, "backups", 20, file),
        checkboxes=_switch(head, "checkboxes", file),
        organisation={key: str(value) for key, value in tree.get("organisation", {}).items()},
        terms=tree.get("terms", {}),
        limits={name: round(float(amount) * 100) for name, amount in tree.get("limits", {}).items()},
        routing=tuple(_routing(rule) for rule in tree.get("routing", [])),
        external=tree.get("external", {}),
        letters=tree.get("letters", {}),
        responsible=tree.get("responsible", {}),
        database_url=_database_url(tree.get("database", {}).get("url"), file),
        sources=tuple(source for source in sources if isinstance(source, SourceSetting)),
        odbc_tables=tuple(source for source in sources if isinstance(source, TableSetting)),
        theme=tree.get("theme", {}),
        staff=tuple(tree.get("staff", [])),
        departments=tree.get("departments", {}),
        branches=tree.get("branches", {}),
    )


def _check_shapes(tree: Mapping[str, Any], file: Path) -> None:
    """See to it that sections are sections, and lists of sections are lists."""
    for name in _SECTIONS & set(tree):
        if not isinstance(tree[name], dict):
            raise SettingsError(file, reason="value", where=name, value=tree[name], known=f"[{name}]")
    for name in _LISTED & set(tree):
        if not isinstance(tree[name], list) or not all(isinstance(entry, dict) for entry in tree[name]):
            raise SettingsError(file, reason="value", where=name, value=tree[name], known=f"[[{name}]]")
    _check_texts(tree, file)


def _check_texts(tree: Mapping[str, Any], file: Path) -> None:
    """See to it that what stands in the sections is of the kind that is read from them."""
    for name in _TEXTS & set(tree):
        entries = tree[name] if name in _LISTED else [tree[name]]
        for key, value in (item for entry in entries for item in entry.items()):
            if not isinstance(value, str) and (name, key) not in _NO_TEXT:
                raise SettingsError(file, reason="value", where=f"{name}.{key}", value=value, known='"…"')
    for body, told in tree.get("external", {}).items():
        if not isinstance(told, dict):
            raise SettingsError(file, reason="value", where=f"external.{body}", value=told, known=f"[external.{body}]")
    for rule in tree.get("routing", []):
        if not isinstance(rule.get("when", {}), dict):
            raise SettingsError(file, reason="value", where="routing.when", value=rule["when"], known="{ … = [ … ] }")
    for name, amount in tree.get("limits", {}).items():
        if isinstance(amount, bool) or not isinstance(amount, int | float) or not abs(amount) < _LARGEST_LIMIT:
            raise SettingsError(file, reason="value", where=f"limits.{name}", value=amount, known="250, 250.50")


def _check_keys(tree: Mapping[str, Any], file: Path) -> None:
    for section, known in _KEYS.items():
        bodies = tree if section == "" else tree.get(section, {})
        for body in bodies if isinstance(bodies, list) else [bodies]:
            for key in body:
                if key not in known:
                    where = f"{section}.{key}" if section else key
                    raise SettingsError(file, reason="unknown_key", where=where, nearest=nearest(key, known))


def _whole(tree: Mapping[str, Any], key: str, default: int, file: Path) -> int:
    value = tree.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise SettingsError(file, reason="value", where=f"register.{key}", value=value, known="0, 1, 2, 3 …")
    return value


def _switch(tree: Mapping[str, Any], key: str, file: Path) -> bool:
    value = tree.get(key, False)
    if not isinstance(value, bool):
        raise SettingsError(file, reason="value", where=f"register.{key}", value=value, known="true, false")
    return value


def _routing(rule: Mapping[str, Any]) -> Routing:
    when = {
        name: tuple(map(str, codes)) if isinstance(codes, list) else (str(codes),)
        for name, codes in rule.get("when", {}).items()
    }
    return Routing(when, rule.get("department"), rule.get("handler"), rule.get("priority"))


def _need_once(sources: Iterable[SourceSetting | TableSetting], file: Path) -> None:
    """Raise `SettingsError` for a file that is named twice: its rows would count twice."""
    known = set()
    for source in sources:
        if isinstance(source, SourceSetting):
            if source.path.resolve() in known:
                raise SettingsError(file, reason="source_twice", where="sources.path", value=source.path.name)
            known.add(source.path.resolve())


def _source(entry: Mapping[str, Any], root: Path, file: Path) -> SourceSetting | TableSetting:
    if "path" not in entry:
        raise SettingsError(file, reason="missing_key", where="sources", key="path")
    scope = entry.get("scope", "all")
    if scope not in ("all", "own"):
        raise SettingsError(file, reason="value", where="sources.scope", value=scope, known="all, own")
    mapping = root / entry["mapping"] if "mapping" in entry else None
    shared = (entry.get("prefix"), scope, entry.get("branch"), entry.get("owner"), mapping)
    path, table = entry["path"], entry.get("table")
    if path.startswith(ODBC):
        if not table:
            raise SettingsError(file, reason="missing_key", where="sources", key="table")
        return TableSetting(path.removeprefix(ODBC), table, *shared)
    if table:
        raise SettingsError(file, reason="table_of_file", table=table)
    return SourceSetting(root / path, *shared)


def _database_url(url: str | None, file: Path) -> str | None:
    if not url or not url.startswith("env:"):
        return url
    name = url.removeprefix("env:")
    if name not in os.environ:
        raise SettingsError(file, reason="environment", where="database.url", name=name)
    return os.environ[name]
