"""What nobody sees in a text is left out; what joins letters and pictures stays."""

from __future__ import annotations

import pytest

from registerkit.definition import clean_header, fold, header_key, plain, visible

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
HEART = "\u2764\ufe0f\u200d\U0001f525"
FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
KEYCAP = "1\ufe0f\u20e3"
PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"


@pytest.mark.parametrize(
    "text", [FAMILY, HEART, FLAG, KEYCAP, PERSIAN, "caf\u00e9", "a\nb\tc", "\u20ac 5 \u2013 \u201cja\u201d"]
)
def test_what_a_person_sees_stays(text: str) -> None:
    assert text == visible(text)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\u200bb\ufeff", "ab"),
        ("a\u200db\u200c", "ab"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a\u00a0b\u202fc\u2009d\u3000e", "a b c d e"),
        ("\u202eomgekeerd\u202c\u2066x\u2069", "omgekeerdx"),
        ("a\U000e0041b", "ab"),
        ("a\ufe0f", "a"),
        ("een\u2028twee\u0085drie", "een\ntwee\ndrie"),
        ("A\u20111\uff12", "A-12"),
    ],
)
def test_what_nobody_sees_goes(text: str, seen: str) -> None:
    assert seen == visible(text)


def test_a_code_has_plain_signs_only() -> None:
    assert "AB-12 3" == plain("\uff21B\u2013\u0661\u06f2\u2003\u200d3")


def test_labels_and_headers_are_found_whatever_is_hidden_in_them() -> None:
    assert fold("Product: levering") == fold("Product:\u00a0leve\u00adring\u200b")
    assert "Ontvangen op" == clean_header("\ufeffOntvangen\u202fop\u200b *")
    assert header_key("naam") == header_key("Na\u200dam")
