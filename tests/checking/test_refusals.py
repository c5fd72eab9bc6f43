"""A refusal to a consumer is looked at for reasons that the law does not take."""

from __future__ import annotations

from datetime import date

import pytest
from registers import make_complaint

from registerkit.checking.refusals import doubtful_reasons

REFUSED = {"received_on": date(2026, 11, 2), "judgement": "ongegrond", "solution": "afwijzing"}


@pytest.mark.parametrize(
    ("reasons", "names"),
    [
        ("De garantie op de lamp is verlopen.", ["warranty"]),
        ("Het valt buiten de garantie.", ["warranty"]),
        ("U hebt geen bon meer.", ["receipt"]),
        ("U kunt zich tot de fabrikant wenden.", ["maker"]),
        ("The warranty has expired. Please contact the manufacturer.", ["warranty", "maker"]),
        ("De lamp is gevallen; dat ziet u op de foto. De fabrikant keek mee.", []),
        ("Wij bonden het pakket goed vast.", []),
    ],
)
def test_the_reason_is_recognised(reasons: str, names: list[str]) -> None:
    assert list(doubtful_reasons(make_complaint(REFUSED | {"reasons": reasons}, date(2026, 11, 20)))) == names


@pytest.mark.parametrize(
    ("values", "profile"),
    [
        ({"consumer": False}, "eigen"),
        ({}, "awb"),
        ({}, "wkkgz"),
        ({"judgement": "gegrond", "solution": "uitleg"}, "webwinkel"),
    ],
)
def test_only_a_refused_consumer_counts(values: dict[str, object], profile: str) -> None:
    told = REFUSED | {"reasons": "U hebt geen bon."} | values
    assert list(doubtful_reasons(make_complaint(told, date(2026, 11, 20), terms={"profile": profile}))) == []
