"""Builds the Word letter templates in letters/ from the texts and styles in scripts/letters_source/.

`python scripts/build_letters.py` rebuilds all; `--check` changes nothing, exits 1 when a committed file differs.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from string import Template
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

ROOT = Path(__file__).resolve().parent.parent
SOURCE_FOLDER = ROOT / "scripts" / "letters_source"
LANGUAGES = ("nl", "en")

LOOKS = {
    "font": "Calibri",
    "ink": "1F2933",
    "navy": "1F3A5F",
    "teal": "2A7F86",
    "quiet": "44546A",
    "line": "D5DCE2",
}

# The address stands 50 mm from the top and 25 mm from the left, in the window of a Dutch envelope: the page
# margin and the exact height of the letterhead row add up to that, whatever the letterhead holds.
TOP_MM, LEFT_MM, RIGHT_MM, BOTTOM_MM, FOOTER_MM = 20, 25, 20, 23, 11
LETTERHEAD_MM, ADDRESS_MM = 30, 30
COLUMNS_MM = (36, 40, 51, 38)

FIXED_DATE = datetime(2026, 1, 1)
ZIP_DATE = (2026, 1, 1, 0, 0, 0)
DROPPED_PARTS = {
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.WEB_SETTINGS,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
}

INCLUDE = re.compile(r"<<(\w+)>>")
BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Block:
    """One paragraph of a letter's source: its style, its text, and whether it stays with the next one."""

    style: str
    text: str
    keep_next: bool = False


@dataclass(frozen=True)
class Letter:
    """One letter in one language, its shared blocks filled in."""

    kind: str
    file: str
    title: str
    subject: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Source:
    """Everything one language's source file says."""

    language: str
    styles: dict[str, str]
    frame: dict[str, Any]
    letters: tuple[Letter, ...]


def read_source(language: str) -> Source:
    """Read `scripts/letters_source/<language>.toml`."""
    raw = tomllib.loads((SOURCE_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    letters = tuple(_letter(kind, entry, raw["blocks"]) for kind, entry in raw["letters"].items())
    return Source(raw["language"], raw["styles"], raw["frame"], letters)


def _letter(kind: str, entry: dict[str, str], shared: dict[str, str]) -> Letter:
    lines = [line for line in _include(entry["body"], shared).splitlines() if line]
    return Letter(kind, entry["file"], entry["title"], _include(entry["subject"], shared), _blocks(lines))


def _include(text: str, shared: dict[str, str]) -> str:
    """Fill in the shared blocks, also those inside a shared block."""
    return INCLUDE.sub(lambda match: _include(shared[match.group(1)], shared), text)


def _blocks(lines: list[str]) -> tuple[Block, ...]:
    """Give every line its style; what announces a list, and the last line, stays with what follows."""
    marks = {"# ": "Heading2", "- ": "ListBullet", "> ": "Quote"}
    blocks = []
    for position, line in enumerate(lines):
        if line.startswith("{%p"):
            blocks.append(Block("Condition", line))
        elif line[:2] in marks:
            blocks.append(Block(marks[line[:2]], line[2:]))
        else:
            last = position == len(lines) - 1
            blocks.append(Block("BodyText", line, keep_next=last or line.endswith(":")))
    return tuple(blocks)


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def _text_run(text: str, style: str = "") -> str:
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _runs(text: str) -> str:
    """Split at **bold** only, so that every Jinja tag stays whole inside one run."""
    pieces = BOLD.split(text)
    return "".join(_text_run(piece, "Strong" if i % 2 else "") for i, piece in enumerate(pieces) if piece)


def _paragraph(style: str, content: str, *, keep_next: bool = False) -> str:
    keep = "<w:keepNext/>" if keep_next else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{content}</w:p>'


def _lines(style: str, *texts: str) -> list[str]:
    return [_paragraph("Condition" if t.startswith("{%p") else style, _text_run(t)) for t in texts]


def _row(cells: list[tuple[int, list[str]]], height_mm: float | None = None) -> str:
    """One row: pairs of columns spanned and paragraphs; an exact height holds whatever the cells say."""
    height = f'<w:trHeight w:val="{_twips(height_mm)}" w:hRule="exact"/>' if height_mm else ""
    column, xml = 0, ""
    for span, paragraphs in cells:
        width = _twips(sum(COLUMNS_MM[column : column + span]))
        spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}</w:tcPr>'
        xml += f"<w:tc>{properties}{''.join(paragraphs)}</w:tc>"
        column += span
    return f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{xml}</w:tr>"


def _head_table(frame: dict[str, Any], subject: str) -> str:
    """Letterhead, address, reference line and subject: one borderless table, because the heights must hold."""
    logo_or_name = (
        "{%p if organisation.logo %}",
        "{{ organisation.logo }}",
        "{%p else %}",
        "{{ organisation.name }}",
        "{%p endif %}",
    )
    address = ("{%p for line in complainant.lines %}", "{{ line }}", "{%p endfor %}")
    references = {
        "our_reference": "{{ letter.number }}",
        "date": "{{ letter.date }}",
        "handled_by": '{{ handler.name or "" }}',
        "your_reference": '{{ complaint.order_number or complaint.customer_number or "" }}',
    }
    rows = (
        _row([(4, _lines("Letterhead", *logo_or_name))], LETTERHEAD_MM),
        _row([(4, _lines("Address", *address))], ADDRESS_MM),
        _row([(1, _lines("ReferenceLabel", frame[label])) for label in references]),
        _row([(1, _lines("Reference", value)) for value in references.values()]),
        _row([(4, _lines("ReferenceLabel", frame["subject"]))]),
        _row([(4, _lines("Subject", subject))]),
    )
    # LibreOffice does not take these from the default table style.
    no_margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in COLUMNS_MM)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_twips(sum(COLUMNS_MM))}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{no_margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _body(letter: Letter, frame: dict[str, Any]) -> list[str]:
    return [
        _head_table(frame, letter.subject),
        *_lines("Salutation", "{{ complainant.salutation }}"),
        *(_paragraph(block.style, _runs(block.text), keep_next=block.keep_next) for block in letter.blocks),
        *_lines("Closing", frame["closing"]),
        *_lines("Signature", "{{ signer.name }}", "{%p if signer.role %}", "{{ signer.role }}", "{%p endif %}"),
        *_lines("Enclosures", "{%p if letter.enclosures %}", frame["enclosures"], "{%p endif %}"),
    ]


def _footer(frame: dict[str, Any]) -> str:
    place = '{{ [organisation.postcode, organisation.city] | select | join(" ") }}'
    first = (
        '{{ [organisation.name, organisation.address] | select | join(" · ") }}'
        f"{{% if organisation.city %}} · {place}{{% endif %}}{frame['chamber']}"
    )
    second = '{{ [organisation.phone, organisation.email, organisation.website] | select | join(" · ") }}'
    page, of = frame["page"]
    number = f"<w:r><w:tab/></w:r>{_text_run(page)}{_field('PAGE')}{_text_run(of)}{_field('NUMPAGES')}"
    lines = _paragraph("Footer", _text_run(first)) + _paragraph("Footer", _text_run(second) + number)
    return f"<w:ftr>{lines}</w:ftr>"


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _parsed(xml: str) -> Any:
    """Parse one element that leaves the declaration of its namespace to its parent."""
    return parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {nsdecls('w')}", xml))


def _source_part(name: str, **values: str) -> Any:
    """Parse a part of `letters_source/`, its $-names filled in and its layout of lines left out."""
    xml = Template((SOURCE_FOLDER / name).read_text(encoding="utf-8")).substitute(
        {key: escape(value) for key, value in (LOOKS | values).items()}
    )
    return parse_xml(re.sub(r"<!--.*?-->|(?<=>)\s+(?=<)", "", xml, flags=re.DOTALL).strip())


def _replace_children(element: Any, new: Any) -> None:
    for child in list(element):
        element.remove(child)
    for child in list(new):
        element.append(child)


def build(source: Source, letter: Letter) -> bytes:
    """Give one template as a Word file; the same texts always give the same parts."""
    document = Document()
    names = {"language": source.language, "text_width": str(_twips(sum(COLUMNS_MM))), **source.styles}
    _replace_children(document.styles.element, _source_part("styles.xml", **names))
    _replace_children(document.part.numbering_part.element, _source_part("numbering.xml"))
    _replace_children(document.settings.element, _source_part("settings.xml", language=source.language))
    _set_page(document.sections[0])
    body = document.element.body
    for xml in _body(letter, source.frame):
        body.insert(len(body) - 1, _parsed(xml))
    _replace_children(document.sections[0].footer._element, _parsed(_footer(source.frame)))
    _set_properties(document.core_properties, source.language, letter.title)
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype in DROPPED_PARTS]:
            relations.pop(key)
    buffer = BytesIO()
    document.save(buffer)
    return _with_fixed_dates(buffer.getvalue())


def _set_page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.header_distance = section.footer_distance = Mm(FOOTER_MM)


def _set_properties(core: Any, language: str, title: str) -> None:
    core.title, core.language = title, language
    core.author = core.last_modified_by = "registerkit"
    core.comments = core.keywords = core.subject = core.category = ""
    core.created = core.modified = FIXED_DATE
    core.revision = 1


def _with_fixed_dates(docx: bytes) -> bytes:
    """Rewrite the zip so that neither the clock nor the platform shows in it."""
    buffer = BytesIO()
    with ZipFile(BytesIO(docx)) as old, ZipFile(buffer, "w") as new:
        for name in old.namelist():
            entry = ZipInfo(name, ZIP_DATE)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            new.writestr(entry, old.read(name))
    return buffer.getvalue()


def build_all() -> dict[Path, bytes]:
    """Give every template by the path it belongs at; writes nothing."""
    built = {}
    for language in LANGUAGES:
        source = read_source(language)
        for letter in source.letters:
            built[ROOT / "letters" / language / f"{letter.file}.docx"] = build(source, letter)
    return built


def _parts(docx: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def differing(built: dict[Path, bytes]) -> list[Path]:
    """Paths whose committed file is missing or has other parts; how they are compressed does not count."""
    return [p for p, data in built.items() if not p.exists() or _parts(p.read_bytes()) != _parts(data)]


def main(arguments: list[str] | None = None) -> int:
    """Run the command; gives the exit code."""
    parser = argparse.ArgumentParser(description="Build the Word letter templates in letters/.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when a file differs")
    check = parser.parse_args(arguments).check
    built = build_all()
    changed = differing(built)
    for path in changed:
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(built[path])
        print(f"{'differs' if check else 'written'}: {path.relative_to(ROOT).as_posix()}")
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
