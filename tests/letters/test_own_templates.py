"""The office's own text is used or told, whatever it was saved as; the kit's text never goes out in its place unsaid."""

from __future__ import annotations

import os
import tarfile
from pathlib import Path

import docx
import pytest

from registerkit.letters.own_templates import OwnTemplate, own_template

EARLIER = Path(__file__).resolve().parents[1] / "fixtures" / "earlier" / "csv-bron.tar.xz"
"""A project that an earlier version made, with the templates of then."""

NAMES = {
    "acknowledgement": ("ontvangstbevestiging", "ontvangstbevestiging"),
    "progress": ("tussenbericht", "tussenbericht"),
    "not_taken_up": ("niet-in-behandeling", "niet in behandeling"),
    "outcome_founded": ("afsluiting-gegrond", "afsluiting gegrond"),
    "outcome_partly_founded": ("afsluiting-deels-gegrond", "afsluiting deels gegrond"),
    "outcome_unfounded": ("afsluiting-ongegrond", "afsluiting ongegrond"),
    "outcome_bad_faith": ("afsluiting-te-kwader-trouw", "afsluiting te kwader trouw"),
}
LIKE = {
    "ontvangstbevestiging.odt": "acknowledgement",
    "ontvangstbevestiging.doc": "acknowledgement",
    "ontvangstbevestiging.dotx": "acknowledgement",
    "ontvangstbevestiging.docm": "acknowledgement",
    "ontvangstbevestiging.rtf": "acknowledgement",
    "ontvangstbevestiging.pages": "acknowledgement",
    "ontvangstbevestiging.pdf": "acknowledgement",
    "ontvangstbevestiging.docx.docx": "acknowledgement",
    "ontvangstbevestiging": "acknowledgement",
    "ontvangstbevestiging (1).docx": "acknowledgement",
    "Ontvangstbevestiging nieuw.docx": "acknowledgement",
    "Kopie van ontvangstbevestiging.docx": "acknowledgement",
    "ontvangstbevestiging - kopie (2).docx": "acknowledgement",
    "ontvangstbevestiging-DESKTOP-4K2.docx": "acknowledgement",
    "ontvangstbevestiging v2 2026.docx": "acknowledgement",
    "ontvangst_bevestiging.docx": "acknowledgement",
    "ontvangsbevestiging.docx": "acknowledgement",
    "Afsluiting gegrond.docx": "outcome_founded",
    "afsluiting deels gegrond.odt": "outcome_partly_founded",
    "Afsluiting-ongegrond (def).docx": "outcome_unfounded",
    "afsluiting te kwader trouw.odt": "outcome_bad_faith",
    "Niet in behandeling.docx": "not_taken_up",
    "logo.png": None,
    "leesmij.txt": None,
    "briefpapier.docx": None,
    "afsluiting.docx": None,
    "~$tvangstbevestiging.docx": None,
    ".~lock.ontvangstbevestiging.docx#": None,
    "Reservekopie van ontvangstbevestiging.wbk": None,
}


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    (tmp_path / "kit").mkdir()
    for words in NAMES.values():
        (tmp_path / "kit" / f"{words[0]}.docx").write_bytes(b"kit")
    (tmp_path / "brieven").mkdir()
    return tmp_path / "kit"


def put(folder: Path, name: str, data: bytes = b"eigen", at: int = 1000) -> Path:
    (folder / name).write_bytes(data)
    os.utime(folder / name, (at, at))
    return folder / name


@pytest.mark.parametrize(("name", "kind"), LIKE.items())
def test_a_file_is_of_the_kind_whose_name_comes_nearest(
    tmp_path: Path, shipped: Path, name: str, kind: str | None
) -> None:
    path = put(tmp_path / "brieven", name)
    found = {
        code: own_template(tmp_path / "brieven", NAMES, code, shipped / f"{words[0]}.docx")
        for code, words in NAMES.items()
    }
    assert {code: own.lookalike for code, own in found.items() if own.lookalike} == ({kind: path} if kind else {})
    assert not any(own.path for own in found.values())


@pytest.mark.parametrize("name", ["ontvangstbevestiging.docx", "Ontvangstbevestiging.DOCX"])
def test_the_own_template_is_used_whatever_its_capitals(tmp_path: Path, shipped: Path, name: str) -> None:
    path = put(tmp_path / "brieven", name)
    own = own_template(tmp_path / "brieven", NAMES, "acknowledgement", shipped / "ontvangstbevestiging.docx")
    assert (own.path, own.lookalike) == (path, None)


@pytest.mark.parametrize(
    ("data", "at", "is_told"),
    [(b"kit", 2000, True), (b"kit", 500, True), (b"eigen", 2000, False), (b"eigen", 500, True)],
    ids=["unchanged", "unchanged and older", "own and newer", "own and older"],
)
def test_another_file_beside_it_is_told_unless_the_own_text_is_newer(
    tmp_path: Path, shipped: Path, data: bytes, at: int, is_told: bool
) -> None:
    other = put(tmp_path / "brieven", "ontvangstbevestiging.odt")
    exact = put(tmp_path / "brieven", "ontvangstbevestiging.docx", data, at)
    own = own_template(tmp_path / "brieven", NAMES, "acknowledgement", shipped / "ontvangstbevestiging.docx")
    assert (own.path, own.lookalike) == (exact, other if is_told else None)


def test_without_a_folder_there_is_nothing(tmp_path: Path) -> None:
    own = own_template(tmp_path / "weg", NAMES, "progress", tmp_path / "x.docx")
    assert (own.path, own.lookalike) == (None, None)


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path, shipped: Path) -> None:
    folder = tmp_path / "in plaats van brieven"
    folder.write_text("Hier stonden onze brieven.", encoding="utf-8")
    assert own_template(folder, NAMES, "progress", shipped) == OwnTemplate(lookalike=folder)


def test_a_text_of_an_earlier_version_that_nobody_changed_is_none_of_the_offices_own(shipped: Path) -> None:
    """The letters of an office that never touched its templates say what the law wants now."""
    folder = shipped.parent / "brieven"
    with tarfile.open(EARLIER) as packed:
        for member in packed.getmembers():
            if member.name.endswith(".docx") and "/brieven/" in member.name and "uitvoer" not in member.name:
                (folder / Path(member.name).name).write_bytes(packed.extractfile(member).read())  # type: ignore[union-attr]
    words = ("acknowledgement", "outcome_founded", "outcome_partly_founded")
    found = {kind: own_template(folder, NAMES, kind, shipped / f"{NAMES[kind][0]}.docx") for kind in words}
    assert (set(found.values()), (folder / "afsluiting-gegrond.docx").is_file()) == (
        {OwnTemplate(is_former=True)},
        True,
    )
    own = folder / "afsluiting-gegrond.docx"
    document = docx.Document(str(own))
    document.add_paragraph("Ons pand is open tot zes uur.")
    document.save(str(own))
    assert own_template(folder, NAMES, "outcome_founded", shipped / "afsluiting-gegrond.docx").path == own
