"""A package of which the same parts change every time is packed once, and is a sound ZIP each time."""

from __future__ import annotations

import io
import zipfile

from registerkit.ooxml import Mould


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_fixed_and_changing_parts_come_together_with_all_others() -> None:
    mould = Mould(packed(a=b"1", b=b"2", c=b"3", d=b"4"), fixed={"b": b"two"}, changing=["c", "d"])
    for three in (b"", b"drie" * 50_000):
        with zipfile.ZipFile(io.BytesIO(mould.filled({"c": three, "d": b"vier"}))) as archive:
            assert archive.testzip() is None
            assert {name: archive.read(name) for name in archive.namelist()} == {
                "a": b"1", "b": b"two", "c": three, "d": b"vier"
            }  # fmt: skip
            assert {(info.date_time, info.create_system) for info in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}


def test_the_same_parts_give_the_same_bytes() -> None:
    data = packed(a=b"1", b=b"2")
    made = [Mould(data, fixed={}, changing=["b"]).filled({"b": b"x"}) for _ in range(2)]
    assert made[0] == made[1]
