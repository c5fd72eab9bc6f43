"""PDF files that say one thing, drawn the way LibreOffice draws text."""

from __future__ import annotations

from io import BytesIO

import pikepdf

__all__ = ["pdf_saying"]

_RANGES = b"1 beginbfrange\n<0001> <005f> <0020>\nendbfrange\n1 beginbfchar\n<0060> <00660069>\nendbfchar"


def pdf_saying(text: str, *, mapped: bool = True) -> bytes:
    """Give a file with a text; `mapped` by the numbers of a font's own letters, as embedded fonts have them."""
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        said = text.encode("latin-1")
        if mapped:
            font.Subtype, font.ToUnicode = pikepdf.Name.Type0, pdf.make_stream(_RANGES)
            said = b"".join((ord(letter) - 31).to_bytes(2, "big") for letter in text)
        half = len(said) // 4 * 2
        drawn = f"BT /F1 12 Tf 50 700 Td [<{said[:half].hex()}> -20 <{said[half:].hex()}>] TJ ET".encode()
        page = pdf.add_blank_page()
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
        page.Contents = pdf.make_stream(drawn)
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()
