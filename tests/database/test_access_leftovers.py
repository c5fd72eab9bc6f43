"""Long texts that no row of an Access file shows any more leave its pages; everything else stays byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from registerkit.database.access.leftovers import forget_leftovers

GONE, LIVE = "Het stuur van mijn bakfiets was krom.", "Wij hebben het dossier gelezen."


def page(*rows: bytes, owner: bytes = b"LVAL", flags: int = 0) -> bytes:
    """Give a page with rows, the first at its end."""
    places, end = [], 4096
    body = bytearray(4096)
    for row in rows:
        end -= len(row)
        body[end : end + len(row)] = row
        places.append((end | flags).to_bytes(2, "little"))
    head = b"\x01\x01\x00\x00" + owner + bytes(4) + len(rows).to_bytes(2, "little") + b"".join(places)
    body[: len(head)] = head
    return bytes(body)


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


@pytest.mark.parametrize(
    "row",
    [
        wide(GONE),
        wide(GONE)[8:40],
        b"\x03\x00\x00\x07" + wide(GONE)[4:30],
        b"\xff\xfe" + GONE.encode(),
        b"\x03\x00\x00\x07\xff\xfe" + GONE.encode()[:20],
    ],
)
@pytest.mark.parametrize("flags", [0, 0x8000, 0x4000])
def test_every_part_of_a_text_that_is_gone_goes(tmp_path: Path, row: bytes, flags: int) -> None:
    file = tmp_path / "x.accdb"
    kept = page(wide(LIVE), wide(GONE), owner=b"\x05\x00\x00\x00")
    file.write_bytes(bytes(4096) + page(wide(LIVE), row, b"abc", flags=flags) + kept)
    assert forget_leftovers(file, [GONE], [LIVE]) == 1
    assert file.read_bytes() == bytes(4096) + page(wide(LIVE), bytes(len(row)), b"abc", flags=flags) + kept


def test_a_part_that_another_text_holds_too_stays(tmp_path: Path) -> None:
    file = tmp_path / "x.mdb"
    whole = page(wide(LIVE), wide(GONE)[:12])
    file.write_bytes(whole)
    assert forget_leftovers(file, [GONE, LIVE], [f"Ja. {LIVE}", GONE[:9]]) == 0
    assert file.read_bytes() == whole


@pytest.mark.parametrize("data", [b"", b"short", bytes(4095), b"\x01\x01\x00\x00LVAL" + b"\xff" * 4088])
def test_a_file_that_is_not_as_it_should_be_stays_as_it_is(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.accdb"
    file.write_bytes(data)
    assert forget_leftovers(file, [GONE], []) == 0
    assert file.read_bytes() == data
