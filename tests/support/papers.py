"""What tests read out of the files an office gets: words of letters, drafts of e-mails, and the bytes of a whole folder."""

from __future__ import annotations

import email
import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import docx

__all__ = ["DEFINITION", "definition", "dutch_in", "english_in", "lines_of", "mail", "mails", "prints", "text_of"]

ROOT = Path(__file__).resolve().parents[2]
DEFINITION = ROOT / "workbook_templates" / "klachten.toml"

_ENGLISH = frozenset(
    [
        "the",
        "and",
        "with",
        "your",
        "you",
        "this",
        "that",
        "from",
        "complaint",
        "complaints",
        "complainant",
        "received",
        "please",
        "must",
        "choose",
        "sheet",
        "column",
        "row",
        "number",
        "due",
        "overdue",
        "handler",
        "held",
        "missing",
        "error",
        "reason",
        "not",
        "yes",
        "none",
        "name",
        "date",
        "day",
        "days",
        "left",
        "late",
        "soon",
        "closed",
        "time",
        "term",
        "letter",
        "report",
        "month",
        "year",
        "quarter",
        "period",
        "week's",
        "figures",
        "share",
        "customer",
        "answer",
        "answered",
        "acknowledge",
        "founded",
        "unfounded",
        "upheld",
        "category",
        "department",
        "severity",
        "judgement",
        "cost",
        "total",
        "because",
        "when",
        "what",
        "which",
        "who",
        "has",
        "have",
        "been",
        "were",
        "will",
        "are",
    ]
)
"""Words that Dutch does not have, so that one of them shows a text that was forgotten."""


_DUTCH = frozenset(
    re.findall(
        r"\w+",
        """
    de het een van voor niet niets op aan bij naar tot uit wie wat welke hoe waar wanneer geen ja nee leeg
    kies kiest vul vult staat wordt worden zijn deze dit dat uw ook nog alle elk elke maar blad bladen rij
    rijen kolom kolommen cel veld velden lijst lijsten keuze datum dag dagen maand kwartaal jaar weken
    werkdagen nummer naam klacht klachten klager klagers klant klanten klachtnummer klachtenformulier termijn
    termijnen behandelaar oordeel oorzaak oplossing opgelost afgehandeld afgesloten ontvangen gegrond
    ongegrond brieven maatregel maatregelen medewerker medewerkers feestdag feestdagen uitleg overzicht
    dossier totaal aantal gemiddeld waarden meeste vaakst nieuw bericht kantoor besluit opgeschort waarschuw
    meteen onderwerpen boven eerder volledig invullen vestiging afdeling ernst prioriteit
    """,
    )
)
"""Words that English does not have."""


def definition() -> dict[str, Any]:
    """Give the complaint register's definition as it stands in the file for the profile eigen, in either language."""
    text = DEFINITION.read_text(encoding="utf-8")
    for label, word in (("nl", "klant"), ("en", "customer")):
        text = re.sub(rf'(\b{label} = ")([^"]*)', lambda m, w=word: m[1] + _named(m[2], w), text)
    tree = tomllib.loads(text)
    for body in tree["lists"].values():
        body["choices"] = [c for c in body["choices"] if "eigen" in c.get("profiles", ["eigen"])]
        if body["choices"] and "parent" in body["choices"][0]:
            kept = {c["code"] for c in tree["lists"]["category"]["choices"]}
            body["choices"] = [c for c in body["choices"] if c["parent"] in kept]
    return tree


def _named(text: str, word: str) -> str:
    return text.replace("{word}", word).replace("{Word}", word.capitalize())


def english_in(texts: Iterable[str]) -> list[str]:
    """Give the texts that hold an English word."""
    return [text for text in texts if _ENGLISH & {w.casefold() for w in re.findall(r"[^\W\d_]+", text)}]


def dutch_in(texts: Iterable[str]) -> list[str]:
    """Give the texts that hold a Dutch word; the course's own title and the office's name are none."""
    return [text for text in texts if _DUTCH & {w.casefold() for w in re.findall(r"[^\W\d_]+", _told(text))}]


def _told(text: str) -> str:
    return re.sub(r"Cor de Jong, Klachtenafhandeling, Wikiwijs|De Spaak BV", "", text)


def lines_of(path: Path) -> list[str]:
    """Give the filled lines of a Word file in reading order: header, body with its tables, footer."""
    document = docx.Document(str(path))
    return [line for line in _lines(document) if line.strip()]


def _lines(document: Any) -> Iterator[str]:
    for section in document.sections:
        yield from (p.text for p in section.header.paragraphs)
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            seen: set[Any] = set()
            for cell in (c for row in block.rows for c in row.cells):
                if cell._tc not in seen:
                    seen.add(cell._tc)
                    yield from (p.text for p in cell.paragraphs)
        else:
            yield block.text
    for section in document.sections:
        yield from (p.text for p in section.footer.paragraphs)


def text_of(path: Path) -> str:
    """Give all the words of a Word file."""
    return "\n".join(lines_of(path))


def mail(path: Path) -> EmailMessage:
    """Read a draft as a mail program would."""
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def mails(folder: Path) -> dict[str, EmailMessage]:
    """Give the drafts of a folder by file name."""
    return {path.name: mail(path) for path in sorted(folder.glob("*.eml"))}


def prints(root: Path, *, skip: Iterable[str] = ("register.lock",)) -> dict[str, tuple[str, int]]:
    """Give fingerprint and time of change of every file under a folder."""
    skipped = set(skip)
    return {
        path.relative_to(root).as_posix(): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name not in skipped
    }
