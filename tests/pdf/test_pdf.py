"""PDF files of letters: to be kept (PDF/A-2), to be read out (PDF/UA-1), and all in one to print.

Numbered requirements:
1. one call of LibreOffice for all, whatever they hold
2. three checkers find nothing wrong: pdfua, outloud and veraPDF
3. the one to print has each letter as it is, its own page numbers among it
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import outloud
import pdfua
import pikepdf
import pytest
from docx import Document
from docx.oxml import OxmlElement
from registers import make_register

from registerkit.errors import PdfError
from registerkit.letters import DueLetter, letter_context, render_letter
from registerkit.pdf import joined, office, to_pdf
from registerkit.theme import theme_of

ROOT = Path(__file__).resolve().parents[2]
ON = date(2026, 11, 20)
KINDS = {"ontvangstbevestiging": "acknowledgement", "voorstel": "proposal", "afsluiting-gegrond": "outcome_founded"}
TOLD = {
    "received_on": date(2026, 11, 2), "name": "P. Aarts", "salutation": "heer", "address": "Dorpsstraat 3",
    "postcode": "3991 AB", "city": "Houten", "category": "PL", "description": "De bel is kapot.\nEn het slot ook.",
    "handler": "BJ", "proposal": "Een nieuwe bel.", "reply_by": date(2026, 12, 4), "judgement": "gegrond",
    "solution": "vervanging", "reasons": "De bel was los. " * 400,
}  # fmt: skip
"""Its reasons take more than a page."""
ORGANISATION = {"name": "De Spaak BV", "phone": "030 555 01 20", "email": "klachten@despaak.example", "city": "Utrecht"}


class Counted:
    """Runs LibreOffice, and counts how often."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls, self._run = 0, office.run_office
        monkeypatch.setattr(office, "run_office", self)

    def __call__(self, command: Sequence[str], folder: Path, seconds: int) -> None:
        self.calls += 1
        self._run(command, folder, seconds)


def letters(folder: Path) -> dict[str, bytes]:
    """Give a letter of each kind, with a logo, in the theme of an office."""
    from PIL import Image

    Image.new("RGB", (60, 20), "#E87722").save(folder / "logo.png")
    theme = theme_of({"accent": "#E87722", "logo": "logo.png"}, folder)
    staff = {"code": "BJ", "name": "Bo Jonker", "role": "behandelaar"}
    records = {"complaints": [{"number": "K-2026-0001", **TOLD}], "staff": [staff]}
    register = make_register(records, ON, organisation=ORGANISATION)
    return {
        f"K-2026-0001 {name}": render_letter(
            ROOT / "letters" / "nl" / f"{name}.docx",
            letter_context(register, DueLetter("K-2026-0001", 1, kind, "")),
            theme.logo,
            theme,
        )
        for name, kind in KINDS.items()
    }


@pytest.fixture(scope="module")
def made(pdf_office: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], int]:
    """Give the PDF files of the letters, and how often LibreOffice was called for them."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(office, "office_program", lambda: pdf_office)
        counted = Counted(monkeypatch)
        return to_pdf(letters(tmp_path_factory.mktemp("logo"))), counted.calls


def texts_of(data: bytes) -> list[str]:
    """Give the text of each page."""
    import pymupdf

    with pymupdf.open(stream=data) as document:
        return [page.get_text() for page in document]


def elements(data: bytes) -> list[tuple[str, str]]:
    """Give every element of the structure, in order: its name, and what is read out instead of it."""
    found = []
    with pikepdf.open(BytesIO(data)) as pdf:
        waiting: list[Any] = [pdf.Root.StructTreeRoot.K]
        while waiting:
            element = waiting.pop()
            if isinstance(element, pikepdf.Array):
                waiting += reversed(list(element))
            elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
                found.append((str(element.S), str(element.get("/Alt", ""))))
                waiting.append(element.get("/K"))
    return found


def test_libreoffice_is_called_once_for_all_letters(made: tuple[dict[str, bytes], int]) -> None:
    pdfs, calls = made
    assert ([f"K-2026-0001 {name}" for name in KINDS], 1) == (list(pdfs), calls)


def test_no_checker_finds_anything_wrong(
    made: tuple[dict[str, bytes], int], verapdf: Callable[..., list[str]], tmp_path: Path
) -> None:
    """Of each letter, nor of all in one."""
    for name, data in {**made[0], "alle": joined(made[0], "Brieven")}.items():
        (tmp_path / f"{name}.pdf").write_bytes(data)
    files = sorted(tmp_path.glob("*.pdf"))
    for flavour in ("ua1", "2b"):
        assert [] == verapdf(files, flavour)
    for file in files:
        assert [] == [each.message for each in pdfua.validate(str(file)).findings]
        told = outloud.check(str(file))
        assert (0, []) == (told.errors, [row["id"] for row in told.criteria["pdfua1"] if row["status"] == "fail"])


def test_a_letter_is_read_out_with_its_headings_its_logo_and_its_language(made: tuple[dict[str, bytes], int]) -> None:
    """No table, one first heading, a name for the picture, and Dutch."""
    for data in made[0].values():
        found = elements(data)
        names = [name for name, _ in found]
        assert ("/Table" in names, names.count("/H1")) == (False, 1)
        assert ["De Spaak BV"] == [alt for name, alt in found if name == "/Figure"]
        with pikepdf.open(BytesIO(data)) as pdf:
            assert ("nl-NL", True) == (str(pdf.Root.Lang), bool(pdf.Root.ViewerPreferences.DisplayDocTitle))
            assert str(pdf.docinfo.Title)


def test_all_in_one_has_each_letter_with_its_own_page_numbers(made: tuple[dict[str, bytes], int]) -> None:
    """The pages are those of the letters, in order; each counts from one, and is found by its name."""
    pdfs, _ = made
    whole = joined(pdfs, "Brieven")
    pages = [text for data in pdfs.values() for text in texts_of(data)]
    assert pages == texts_of(whole)
    numbers = [re.findall(r"Pagina (\d+) van (\d+)", text) for text in pages]
    counts = [len(texts_of(data)) for data in pdfs.values()]
    assert max(counts) > 1
    assert [[(str(n), str(count))] for count in counts for n in range(1, count + 1)] == numbers
    with pikepdf.open(BytesIO(whole)) as pdf:
        assert "/Simplex" == str(pdf.Root.ViewerPreferences.Duplex)
        assert "Brieven" == str(pdf.docinfo.Title)
        with pdf.open_outline() as outline:
            assert list(pdfs) == [item.title for item in outline.root]
    assert len(pdfs) == [name for name, _ in elements(whole)].count("/Part")


@pytest.mark.usefixtures("pdf_office")
def test_an_own_template_whose_table_only_places_things_is_read_in_order(
    verapdf: Callable[..., list[str]], tmp_path: Path
) -> None:
    """As templates of earlier versions have it; a table with a head stays one, and headings begin with the first."""
    out, document = BytesIO(), Document()
    document.core_properties.title = "Brief"
    for row in document.add_table(2, 2).rows:
        for cell in row.cells:
            cell.text = "woord"
    document.add_heading("Onze bevindingen", 2)
    document.add_heading("Meer", 4)
    document.add_heading("Wat dit betekent", 2)
    head = document.add_table(2, 1)
    head.rows[0].cells[0].text, head.rows[1].cells[0].text = "Dag", "maandag"
    head.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.save(out)
    data = to_pdf({"brief": out.getvalue()})["brief"]
    names = [name for name, _ in elements(data)]
    assert (1, 1) == (names.count("/Table"), names.count("/TH"))
    assert ["/H1", "/H2", "/H1"] == [name for name in names if name.startswith("/H")]
    (tmp_path / "brief.pdf").write_bytes(data)
    assert [] == verapdf([tmp_path / "brief.pdf"], "ua1")


@pytest.mark.usefixtures("pdf_office")
def test_a_document_without_a_title_is_called_by_its_name() -> None:
    out = BytesIO()
    document = Document()
    document.core_properties.title = ""
    document.add_paragraph("Eigen brief")
    document.save(out)
    with pikepdf.open(BytesIO(to_pdf({"K-2026-0007 eigen": out.getvalue()})["K-2026-0007 eigen"])) as pdf:
        assert "K-2026-0007 eigen" == str(pdf.docinfo.Title)


@pytest.mark.parametrize(
    ("place", "run", "reason"),
    [
        (None, None, "no_office"),
        (Path("soffice"), lambda *_: None, "not_made"),
        (Path("soffice"), lambda *_: (_ for _ in ()).throw(PermissionError(13, "mag niet")), "no_start"),
    ],
)
def test_what_libreoffice_does_not_do_is_told(
    monkeypatch: pytest.MonkeyPatch, place: Path | None, run: Any, reason: str
) -> None:
    monkeypatch.setattr(office, "office_program", lambda: place)
    monkeypatch.setattr(office, "run_office", run)
    with pytest.raises(PdfError) as error:
        to_pdf({"K-2026-0001 brief": b""})
    assert reason == error.value.reason
