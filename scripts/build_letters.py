"""Builds the Word letter templates in letters/, from what stands in scripts/letters_source/, and the page about them.

`python scripts/build_letters.py` rebuilds all; `--check` changes nothing, exits 1 when a committed file differs.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from string import Template
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from registerkit import Project
from registerkit.documents import Content, Grid, Line, template_fields
from registerkit.letters.render import LOGO_HEIGHT_MM
from registerkit.theme import Theme
from registerkit.word import describe, element, field, new_document, saved, set_page, twips
from registerkit.word.parts import put

ROOT = Path(__file__).resolve().parent.parent
FIELD_PAGE = ROOT / "docs" / "sjabloonvelden.md"
SOURCE_FOLDER = ROOT / "scripts" / "letters_source"
LANGUAGES = ("nl", "en")

LOOKS = {name: getattr(Theme(), name) for name in ("font", "ink", "navy", "accent", "quiet", "line")}

# The address stands 5 cm from the top and 2.5 cm from the left, in the window of a Dutch envelope: the page margin,
# the letterhead and the room below it add up to that, whether the letterhead is a name or a logo. Nothing of this is a
# table: a screen reader would read that out as one.
TOP_CM, LEFT_CM, RIGHT_CM, BOTTOM_CM, FOOTER_CM = 2.0, 2.5, 2.0, 2.3, 1.1
LETTERHEAD_CM, TEXT_CM = 3.0, 16.5
NAME_PT, RULE_PT = 26, 6
"""The height of the name in the letterhead, and of the line below with the room above it."""
LOGO_PT = LOGO_HEIGHT_MM * 72 / 25.4
REFERENCES_CM = (2.6, 8.2, 11.2)
"""Where what belongs to a label stands, and the second label and what belongs to it."""
LONG_NAME = 42
"""Letters of a name that fit on a line in the size of the letterhead."""

FIXED_DATE = date(2026, 1, 1)
DROPPED_PARTS = (
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.WEB_SETTINGS,
)

REACHED = "[organisation.phone, organisation.email, organisation.website] | select | list"
"""How the office is reached: below the signature, for what stands at the foot of a page is not read out."""
INCLUDE = re.compile(r"<<(\w+)>>")
BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Block:
    """One paragraph of a letter's source: its style, its text, and whether it stays with the next one."""

    style: str
    text: str
    keep_next: bool = False
    stands_apart: bool = False
    """Whether it begins what may come on the next page by itself."""


@dataclass(frozen=True)
class Letter:
    """One letter in one language, its shared blocks filled in."""

    kind: str
    file: str
    title: str
    subject: str
    blocks: tuple[Block, ...]
    slip: tuple[Block, ...] = ()
    """What can be cut off and sent back, below the signature."""
    to: str = "complainant"
    """Whom of the context it goes to."""


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
    body, slip = (
        [line for line in _include(entry.get(part, ""), shared).splitlines() if line] for part in ("body", "slip")
    )
    subject, to = _include(entry["subject"], shared), entry.get("to", "complainant")
    return Letter(kind, entry["file"], entry["title"], subject, _blocks(body), _slip(slip), to)


def _slip(lines: list[str]) -> tuple[Block, ...]:
    """Return the lines of a slip, which stays on one page.

    Its title begins with "# ", or with "## " where the slip may go to the next page without the signature.
    """
    marks = {"#": "SlipTitle", "##": "SlipTitle", "{%p": "Condition"}
    return tuple(
        Block(
            marks.get(line.split(" ")[0], "Slip"), re.sub("^#+ ", "", line), n < len(lines) - 1, line.startswith("## ")
        )
        for n, line in enumerate(lines)
    )


def _include(text: str, shared: dict[str, str]) -> str:
    """Fill in the shared blocks, also those inside a shared block."""
    return INCLUDE.sub(lambda match: _include(shared[match.group(1)], shared), text)


def _blocks(lines: list[str]) -> tuple[Block, ...]:
    """Return every line its style; what announces a list, and the last line, stays with what follows."""
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


def _text_run(text: str, style: str = "") -> Any:
    words = element("t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    return element("r", *([element("rPr", element("rStyle", val=style))] if style else []), words)


def _runs(text: str) -> list[Any]:
    """Split at **bold** only, so that every Jinja tag stays whole inside one run."""
    pieces = BOLD.split(text)
    return [_text_run(piece, "Strong" if i % 2 else "") for i, piece in enumerate(pieces) if piece]


def _paragraph(style: str, *content: Any, keep_next: bool = False) -> Any:
    """Return a paragraph in a style."""
    looks = [element("keepNext")] if keep_next else []
    return element("p", element("pPr", element("pStyle", val=style), *looks), *content)


def _lines(style: str, *texts: str) -> list[Any]:
    return [_paragraph("Condition" if t.startswith("{%p") else style, _text_run(t)) for t in texts]


def _head(frame: dict[str, Any], subject: str, to: str) -> list[Any]:
    """Letterhead, address, references and subject."""
    letterhead = (
        ("LetterheadLogo", "{%p if organisation.logo %}", "{{ organisation.logo }}"),
        (
            "LetterheadLong",
            f"{{%p elif (organisation.name or '') | length > {LONG_NAME} %}}",
            "{{ organisation.name }}",
        ),
        ("Letterhead", "{%p else %}", "{{ organisation.name }}", "{%p endif %}"),
    )
    address = (f"{{%p for line in {to}.lines %}}", "{{ line }}", "{%p endfor %}")
    number, day = (frame["our_reference"], "{{ letter.number }}"), (frame["date"], "{{ letter.date }}")
    handler = (frame["handled_by"], '{{ handler.name or "" }}')
    theirs = (frame["your_reference"], '{{ complaint.order_number or complaint.customer_number or "" }}')
    # What the complainant is known by is not for others.
    second = [_reference("Reference", day, theirs)] if to == "complainant" else [_reference("Reference", day)]
    return [
        *(paragraph for style, *texts in letterhead for paragraph in _lines(style, *texts)),
        *_lines("Address", *address),
        _reference("ReferenceFirst", number, handler),
        *second,
        _paragraph("Heading1", _text_run(subject)),
    ]


def _reference(style: str, *pairs: tuple[str, str]) -> Any:
    """Return a line of labels, each with what belongs to it: read out in that order."""
    runs: list[Any] = []
    for label, value in pairs:
        runs += [*([_tab()] if runs else []), _text_run(label, "ReferenceLabel"), _tab(), _text_run(value)]
    return _paragraph(style, *runs)


def _tab() -> Any:
    return element("r", element("tab"))


def _body(letter: Letter, frame: dict[str, Any]) -> list[Any]:
    return [
        *_head(frame, letter.subject, letter.to),
        *_lines("Salutation", f"{{{{ {letter.to}.salutation }}}}"),
        *(_paragraph(block.style, *_runs(block.text), keep_next=block.keep_next) for block in letter.blocks),
        *_lines("Closing", frame["closing"]),
        _signature(frame, ends=any(block.stands_apart for block in letter.slip)),
        *(_paragraph(block.style, *_slip_runs(block.text), keep_next=block.keep_next) for block in letter.slip),
    ]


def _signature(frame: dict[str, Any], *, ends: bool) -> Any:
    """Return who signs, how the office is reached and what is enclosed, in one paragraph: LibreOffice tears more apart.

    What a slip may part from keeps with nothing (`ends`).
    """
    role = '{{ [signer.role, organisation.name] | select | join(", ") }}'
    lines = [_text_run("{{ signer.name }}"), element("r", element("br")), _text_run(role)]
    reached = [
        _text_run(f"{{% if {REACHED} %}}"),
        element("r", element("br")),
        _text_run(f'{{{{ {REACHED} | join(" \u00b7 ") }}}}', "Contact"),
        _text_run("{% endif %}"),
    ]
    enclosed = [
        _text_run("{% if letter.enclosures %}"),
        *(element("r", element("br")) for _ in range(2)),
        _text_run(frame["enclosures"], "Enclosures"),
        _text_run("{% endif %}"),
    ]
    paragraph = _paragraph("Signature", *lines, *reached, *enclosed)
    if ends:
        put(paragraph.pPr, element("keepNext", val="0"))
    return paragraph


def _slip_runs(text: str) -> list[Any]:
    """Return the words of a slip, with the lines to write on: each "____" is a tab, which the style draws as a line."""
    made: list[Any] = []
    for n, piece in enumerate(text.split("____")):
        made += [_tab()] if n else []
        made += _runs(piece)
    return made


def _footer(frame: dict[str, Any]) -> Any:
    """Return whose letter it is, and the page: what a reader needs stands in the letter itself."""
    first = '{{ [organisation.name, organisation.address] | select | join(" · ") }}'
    second = '{{ [organisation.postcode, organisation.city] | select | join(" ") }}' + frame["chamber"]
    page, of = frame["page"]
    number = (_tab(), _text_run(page), field(" PAGE "), _text_run(of), field(" NUMPAGES "))
    return element("ftr", _paragraph("Footer", _text_run(first)), _paragraph("Footer", _text_run(second), *number))


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


def _measures() -> dict[str, str]:
    """Return the heights and places of the head, in twentieths of a point."""
    room = twips(LETTERHEAD_CM) - 20 * RULE_PT
    heights = {"name_height": 20 * NAME_PT, "below_name": room - 20 * NAME_PT, "below_logo": room - round(20 * LOGO_PT)}
    places = {f"reference_{n}": twips(place) for n, place in enumerate(REFERENCES_CM, 1)}
    return {name: str(value) for name, value in (heights | places).items()}


def build(source: Source, letter: Letter) -> bytes:
    """Return one template as a Word file; the same texts always give the same parts."""
    document = new_document()
    names = {"language": source.language, "text_width": str(twips(TEXT_CM)), **_measures(), **source.styles}
    _replace_children(document.styles.element, _source_part("styles.xml", **names))
    _replace_children(document.part.numbering_part.element, _source_part("numbering.xml"))
    _replace_children(document.settings.element, _source_part("settings.xml", language=source.language))
    set_page(document, TOP_CM, RIGHT_CM, BOTTOM_CM, LEFT_CM, FOOTER_CM)
    body = document.element.body
    for part in _body(letter, source.frame):
        body.insert(len(body) - 1, part)
    _replace_children(document.sections[0].footer._element, _footer(source.frame))
    describe(document, letter.title, "registerkit", FIXED_DATE)
    document.core_properties.language = source.language
    return saved(document, *DROPPED_PARTS)


def build_all() -> dict[Path, bytes]:
    """Return every template by the path it belongs at; writes nothing."""
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
    return [p for p, data in built.items() if not p.exists() or not _is_same(p, data)]


def _is_same(path: Path, data: bytes) -> bool:
    committed = path.read_bytes()
    if path == FIELD_PAGE:
        return committed.splitlines() == data.splitlines()  # Git may end its lines otherwise.
    return _parts(committed) == _parts(data)


def as_markdown(content: Content) -> str:
    """Return the list as a page of the documentation."""
    lines = [f"# {content.title}", ""]
    for part in content.parts:
        if isinstance(part, Line):
            lines += [f"## {part.text}" if part.kind == "heading" else part.text, ""]
        elif isinstance(part, Grid):
            table = [part.header, ["---"] * len(part.header), *part.rows]
            cells = ([f"`{c}`" if c.startswith("{{") else c.replace("|", "\\|") for c in row] for row in table)
            lines += [*(f"| {' | '.join(row)} |" for row in cells), ""]
    return "\n".join(lines)


def field_page() -> bytes:
    """Return the page of the documentation with what a template can use in a register as it ships."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Project.init(Path(folder) / "klachten", "Voorbeeld BV", on=FIXED_DATE) as project,
    ):
        return as_markdown(template_fields(project.session.register())).encode()


def main(arguments: list[str] | None = None) -> int:
    """Run the command; gives the exit code."""
    parser = argparse.ArgumentParser(
        description="Build the Word letter templates in letters/ and docs/sjabloonvelden.md."
    )
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when a file differs")
    check = parser.parse_args(arguments).check
    built = build_all() | {FIELD_PAGE: field_page()}
    changed = differing(built)
    for path in changed:
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(built[path])
        print(f"{'differs' if check else 'written'}: {path.relative_to(ROOT).as_posix()}")
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
