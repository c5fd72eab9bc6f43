"""How a table behind ODBC is called, and how the values of drivers are understood."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from registerkit.database.odbc import OdbcTable, _number, _parts, _value, _without_secrets


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("Meldingen", "odbc:Meldingen t"),
        ("DSN=Meldingen;UID=u;PWD=geheim", "odbc:Meldingen t"),
        ("Driver={A;B};SERVER=s1;Database=d;Pwd={ge;he}}im}", "odbc:d@s1 t"),
        ("Driver=x;Database=C:\\map\\a.db;PWD=geheim", "odbc:C:/map/a.db t"),
        ("driver=x;pwd=geheim", "odbc:? t"),
        ("env:RK_BRON", "odbc:RK_BRON t"),
    ],
)
def test_a_table_is_called_by_its_place_and_never_by_its_password(address: str, shown: str) -> None:
    table = OdbcTable(address, "t")
    assert shown == table.shown
    assert "ge" not in repr(table).replace("Meldingen", "")


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("Meldingen", "odbc:Meldingen"),
        ("env:RK_BRON", "odbc:env:RK_BRON"),
        ("DSN=Meldingen;PWD=geheim;UID=u", "odbc:DSN=Meldingen;PWD=***;UID=u"),
        ("DSN=Meldingen; Password = {ge;he}}im} ;UID=u", "odbc:DSN=Meldingen;Password=*** ;UID=u"),
        ("DSN=Meldingen;pwd={ge;heim", "odbc:DSN=Meldingen;pwd=***"),
    ],
)
def test_a_table_is_typed_without_its_password(address: str, typed: str) -> None:
    assert typed == OdbcTable(address, "t").typed


def test_settings_in_braces_are_understood() -> None:
    assert {"driver": "A;B", "pwd": "ge;he}im", "uid": "u"} == _parts("Driver={A;B}; PWD={ge;he}}im} ;UID = u ;")
    assert "*** klopt niet" == _without_secrets("ge;he}im klopt niet", "Driver={A;B};PWD={ge;he}}im}")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, None), ("a", "a"), ("", ""), (True, True), (7, 7.0), (2**53 + 1, "9007199254740993"), (1.5, 1.5),
        (Decimal("12.50"), 12.5), (Decimal("123456789012345678.90"), "123456789012345678.90"), (Decimal("NaN"), "NaN"),
        (datetime(2026, 11, 3), date(2026, 11, 3)), (datetime(2026, 11, 3, 9), datetime(2026, 11, 3, 9)),
        (date(1850, 1, 2), date(1850, 1, 2)), (time(10), "10:00:00"), (b"x", None), (bytearray(b"x"), None),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
    ],
)  # fmt: skip
def test_values_come_as_those_of_other_files(given: Any, expected: Any) -> None:
    found = _value(given)
    assert (type(expected), expected) == (type(found), found)


@pytest.mark.parametrize(("given", "expected"), [("1.234", 1.234), ("12.5", 12.5), ("x", "x"), (None, None), (3, 3.0)])
def test_a_number_that_a_driver_made_a_text_of_is_a_number_again(given: Any, expected: Any) -> None:
    assert expected == _number(given)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (90887, 90887.0), (10**15 - 1, float(10**15 - 1)), (1234567890123456, "1234567890123456"),
        (Decimal("12345678901234567.25"), "12345678901234567.25"), (b"\x01", True), (b"\x00", False), (b"\x89PNG", None),
    ],
)  # fmt: skip
def test_a_number_keeps_its_digits_and_a_bit_is_yes_or_no(given: object, read: object) -> None:
    found = _value(given)
    assert (type(read), read) == (type(found), found)
