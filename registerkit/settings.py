"""An office's settings, as `register.toml` says them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from registerkit.errors import MissingFileError, SettingsError
from registerkit.faults import Faults
from registerkit.files import read_text
from registerkit.findings import ODBC, Finding
from registerkit.paths import FOLDERS, LOCK_FILE, SETTINGS_FILE, Paths, find_project, project_paths
from registerkit.pictures import PICTURES, picture_fault, place_fault
from registerkit.report_settings import ReportSettings, check_volumes, report_settings
from registerkit.rule_settings import Compensation, Routing, cents, compensation_of, routing_of
from registerkit.setting_kinds import (
    LISTED,
    NEEDED,
    PROFILES,
    SECTION_KEY,
    SECTIONS,
    is_whole,
    leaves,
    missing_for_mail,
    sections_with,
    shown_value,
)
from registerkit.suggest import nearest
from registerkit.texts import load_texts
from registerkit.toml_place import TomlError, read_toml

__all__ = [
    "FOLDERS",
    "LOCK_FILE",
    "SETTINGS_FILE",
    "Compensation",
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

_WORKBOOKS = (".xlsx", ".xlsm")


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
    grants: Mapping[str, int] = field(default_factory=dict)
    """What people may promise by themselves, in cents, by the code or the label of their role."""
    routing: tuple[Routing, ...] = ()
    compensations: tuple[Compensation, ...] = ()
    external: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    letters: Mapping[str, Any] = field(default_factory=dict)
    responsible: Mapping[str, str] = field(default_factory=dict)
    database_url: str | None = None
    mail: Mapping[str, Any] = field(default_factory=dict)
    sources: tuple[SourceSetting, ...] = ()
    odbc_tables: tuple[TableSetting, ...] = ()
    theme: Mapping[str, str] = field(default_factory=dict)
    staff: tuple[Mapping[str, Any], ...] = ()
    departments: Mapping[str, str] = field(default_factory=dict)
    branches: Mapping[str, str] = field(default_factory=dict)
    privacy: Mapping[str, int] = field(default_factory=dict)
    """Years that a complaint is kept, by how it ended, where that is not as `RETENTION` has it."""
    report: ReportSettings = field(default_factory=ReportSettings)

    @property
    def profile(self) -> str:
        """The profile of terms, by which lists and words are chosen too; one that there is not counts as the first."""
        return _profile(self.terms)

    @property
    def name(self) -> str:
        """The organisation's name."""
        return self.organisation.get("name", "")

    @property
    def default_word(self) -> str:
        """What a complainant is called where nothing else is said."""
        return _default_word(self.language, self.terms)

    @property
    def default_handler(self) -> str | None:
        """Who gets new complaints that no rule names a handler for, as far as that is said."""
        return self.responsible.get("handler") or self.responsible.get("coordinator")

    @property
    def sent_when_made(self) -> bool:
        """Whether a letter counts as sent on the day it was made, unless the office fills in another day."""
        return self.letters.get("sent_when_made", True) is not False


def load_settings(root: Path) -> Settings:
    """Read `register.toml` of a project folder; raises `MissingFileError` or `SettingsError`."""
    file = root / SETTINGS_FILE
    try:
        text = read_text(file)
    except FileNotFoundError:
        raise MissingFileError(file, reason="project") from None
    except UnicodeDecodeError as error:
        raise SettingsError(file, reason="not_utf8") from error
    if all(line.lstrip().startswith("#") for line in text.splitlines() if line.strip()):
        raise SettingsError(file, reason="empty")
    return parse_settings(text, root)


def parse_settings(text: str, root: Path) -> Settings:
    """Turn the text of `register.toml` into settings; `root` is what relative paths are taken from."""
    file = root / SETTINGS_FILE
    try:
        tree = read_toml(text)
    except TomlError as error:
        raise SettingsError(file, reason="syntax", **error.place) from None
    faults = Faults(str(file), "settings", text)
    _check(tree, faults)
    if missing := missing_for_mail(tree.get("mail")):
        faults.add("missing_key", "mail", key=missing)
    _check_sources(tree, root, faults)
    _check_places(tree, root, faults)
    check_volumes(_bodies(tree, "volumes") or (), faults)
    url = _database_url(tree, root, faults)
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
        word=head.get("word") or _default_word(language, tree.get("terms", {})),
        owner=head.get("owner"),
        branch=head.get("branch"),
        reserved=head.get("reserved", 25),
        prepared=head.get("prepared", 200),
        backups=head.get("backups", 20),
        checkboxes=head.get("checkboxes", False),
        organisation={key: str(value) for key, value in tree.get("organisation", {}).items()},
        terms=tree.get("terms", {}),
        limits={name: cents(amount) for name, amount in tree.get("limits", {}).items()},
        grants={name: cents(amount) for name, amount in tree.get("grants", {}).items()},
        routing=tuple(routing_of(rule) for rule in tree.get("routing", [])),
        compensations=tuple(compensation_of(rule) for rule in tree.get("compensations", [])),
        external=tree.get("external", {}),
        letters=tree.get("letters", {}),
        responsible=tree.get("responsible", {}),
        database_url=url,
        mail=tree.get("mail", {}),
        sources=tuple(source for source in sources if isinstance(source, SourceSetting)),
        odbc_tables=tuple(source for source in sources if isinstance(source, TableSetting)),
        theme=tree.get("theme", {}),
        staff=tuple(tree.get("staff", [])),
        departments=tree.get("departments", {}),
        branches=tree.get("branches", {}),
        privacy=tree.get("privacy", {}),
        report=report_settings(tree.get("report", {}), tree.get("volumes", {})),
    )


def _check(tree: Mapping[str, Any], faults: Faults) -> None:
    """Note sections that are none, keys that are not known, and values that are of another kind."""
    for section, found in tree.items():
        if section not in SECTIONS:
            faults.add("unknown_key", section, nearest=nearest(section, SECTIONS))
        elif (bodies := _bodies(tree, section)) is None:
            faults.add(
                "value",
                section,
                value=shown_value(found),
                known=f"[[{section}]]" if section in LISTED else f"[{section}]",
            )
        else:
            for nth, body in enumerate(bodies, 1):
                _check_body(section, nth, body, faults)


def _check_body(section: str, nth: int, body: Mapping[str, Any], faults: Faults) -> None:
    kinds = SECTIONS[section]
    for key, value in body.items():
        kind, where = kinds.get(key) or kinds.get("*"), f"{section}.{shown_value(key)}"
        if kind is None and (others := sections_with(key)):
            faults.add("elsewhere", where, nth, sections=others)
        elif kind is None:
            faults.add("unknown_key", where, nth, nearest=nearest(key, kinds))
        elif SECTION_KEY.fault(key):
            faults.add("line", where, nth, value=shown_value(key), known=SECTION_KEY.known)
        elif code := kind.fault(value):
            told = "…" if kind.is_secret else shown_value(value)
            faults.add(code, where, nth, value=told, known=kind.shown_for(code))
    for key in NEEDED.get(section, ()):
        if str(body.get(key, "")).strip() == "":
            faults.add("missing_key", section, nth, key=key)


def _bodies(tree: Mapping[str, Any], section: str) -> list[Mapping[str, Any]] | None:
    """Return a section, or all of its name where it is listed; None when it is something else."""
    found = tree.get(section, [])
    bodies = found if section in LISTED or section not in tree else [found]
    return bodies if isinstance(bodies, list) and all(isinstance(body, dict) for body in bodies) else None


def _error(faults: Faults) -> SettingsError:
    """Return the first fault as an error, with the others."""
    first, *others = (_as_error(faults.file, fault) for fault in faults.found)
    first.others = tuple(others)
    return first


def _as_error(file: str, fault: Finding) -> SettingsError:
    reason, place = fault.code.removeprefix("settings."), fault.location
    return SettingsError(file, reason=reason, **{"where": place.label, "line": place.row} | fault.context)


def _profile(terms: Mapping[str, Any]) -> str:
    name = terms.get("profile")
    return name if name in PROFILES else PROFILES[0]


def _default_word(language: str, terms: Mapping[str, Any]) -> str:
    return load_texts(language, "words")(f"complainant.{_profile(terms)}")


def _check_sources(tree: Mapping[str, Any], root: Path, faults: Faults) -> None:
    """Note a source that says too little or too much, and a file that is named twice: its rows would count twice."""
    own, known = set(_own_files(tree, root)), set()
    for nth, entry in enumerate(_bodies(tree, "sources") or (), 1):
        path, table = entry.get("path"), entry.get("table")
        if path in (None, ""):
            faults.add("missing_key", "sources", nth, key="path")
        elif isinstance(path, str) and path.startswith(ODBC):
            if not table:
                faults.add("missing_key", "sources", nth, key="table")
        elif isinstance(path, str):
            if table:
                faults.add("table_of_file", "sources.table", nth, table=shown_value(table))
            place = _place(root, path)
            if leaves(path) and not is_whole(path):
                faults.add("leaves_source", "sources.path", nth, value=shown_value(path))
            elif place in own:
                faults.add("own_file", "sources.path", nth, value=shown_value(path))
            elif _is_in_use(tree, root, place):
                faults.add("own_place", "sources.path", nth, value=shown_value(path))
            elif place in known:
                faults.add("source_twice", "sources.path", nth, value=Path(path).name)
            known.add(place)


def _place(root: Path, path: str) -> Path:
    """Return where a path leads, without asking the disk."""
    return Path(os.path.normpath(root.absolute() / path))


def _paths(tree: Mapping[str, Any], root: Path) -> Paths:
    head = next(iter(_bodies(tree, "register") or ()), {})
    language = str(head.get("language"))
    return project_paths(root, language if language in FOLDERS else "nl", str(head.get("workbook") or "") or None)


def _is_in_use(tree: Mapping[str, Any], root: Path, place: Path) -> bool:
    """Tell whether a place is that of a form, or in a folder whose files are moved, made or wiped by themselves."""
    paths = _paths(tree, root)
    folders = (paths.inbox, paths.output, paths.archive, paths.attachments)
    return place == _place(root, paths.form_xlsx.name) or any(
        place.is_relative_to(_place(root, folder.name)) for folder in folders
    )


def _own_files(tree: Mapping[str, Any], root: Path) -> Iterator[Path]:
    """Return the files of the project that are no source: they are read or written in another way."""
    for path in _paths(tree, root).own_files:
        yield _place(root, str(path.absolute()))


def _check_places(tree: Mapping[str, Any], root: Path, faults: Faults) -> None:
    """Note a workbook or a logo that lies outside the project, or that is no file of its kind."""
    for section, key, allowed in (("register", "workbook", _WORKBOOKS), ("theme", "logo", PICTURES)):
        for body in _bodies(tree, section) or ():
            path = body.get(key)
            if not isinstance(path, str) or not path or SECTIONS[section][key].fault(path):
                continue
            if code := picture_fault(root, path) if key == "logo" else place_fault(path, allowed):
                faults.add(code, f"{section}.{key}", value=shown_value(path), known=", ".join(allowed))
            elif key == "workbook" and _is_in_use(tree, root, _place(root, path)):
                faults.add("own_place", "register.workbook", value=shown_value(path))


def _source(entry: Mapping[str, Any], root: Path) -> SourceSetting | TableSetting:
    said = {key: entry[key] for key in ("prefix", "scope", "branch", "owner") if key in entry}
    said["mapping"] = root / entry["mapping"] if "mapping" in entry else None
    if entry["path"].startswith(ODBC):
        return TableSetting(entry["path"].removeprefix(ODBC), entry["table"], **said)
    return SourceSetting(root / entry["path"], **said)


def _database_url(tree: Mapping[str, Any], root: Path, faults: Faults) -> str | None:
    """Return the address of the database; one that begins with `env:` stands in the environment."""
    for body in _bodies(tree, "database") or ():
        url = body.get("url")
        if isinstance(url, str) and url.startswith("env:"):
            name = url.removeprefix("env:")
            if name not in os.environ:
                faults.add("environment", "database.url", name=name)
            return os.environ.get(name)
        place = _place(root, url.removeprefix("sqlite:///")) if isinstance(url, str) else root
        taken = {*_own_files(tree, root)} - {_place(root, _paths(tree, root).store.name)}
        if place in taken or _is_in_use(tree, root, place):
            faults.add("own_place", "database.url", value=shown_value(url))
        return url or None
    return None
