"""Formulas of live columns stand in the file once, as names that mean the row they are used in."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from workbook_samples import MakeContent, complaints

from registerkit.definition import load_definition
from registerkit.ooxml import Editor, Package
from registerkit.workbook import build_workbook, refers_to, row_names, same_formula


def _names(path: Path) -> dict[str, str]:
    with Package(path) as package:
        return dict(package.defined_names)


def test_every_row_holds_a_name_and_the_name_the_formula(make: MakeContent, tmp_path: Path) -> None:
    build_workbook(tmp_path / "register.xlsx", make("nl", complaints(3)))
    names = _names(tmp_path / "register.xlsx")
    with zipfile.ZipFile(tmp_path / "register.xlsx") as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
        tables = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/tables/")]
    register = next(xml for xml in sheets if "<f>rij_signaal</f>" in xml)
    held = set(map(unescape, re.findall(r"<f>([^<]*)</f>", register)))
    in_rows = {text for text in held if text.startswith("rij_")}
    assert in_rows <= names.keys()
    assert len(in_rows) == 5
    assert any("<calculatedColumnFormula>rij_signaal</calculatedColumnFormula>" in xml for xml in tables)
    # Column H of the row itself: no dollar sign before the row, which is the first, as names are written.
    assert re.search(r"'Register'!\$[A-Z]+1\b", names["rij_signaal"])
    assert "#This Row" not in "".join(names.values())


def test_a_name_says_where_the_columns_are_in_this_file() -> None:
    table = load_definition().main
    own = table.excel["nl"]
    received, status = (table.by_id[f].labels["nl"] for f in ("received_on", "status"))
    formula = f'IF({own}[[#This Row],[{received}]]>0,{own}[[#This Row],[{status}]],"{own}")'
    told = refers_to(formula, table, "nl", "Jan's blad", {"received_on": 27, "status": 0})
    assert told == f"IF('Jan''s blad'!$AB1>0,'Jan''s blad'!$A1,\"{own}\")"
    assert refers_to(formula, table, "nl", "Blad", {"received_on": 27}) is None


def test_two_labels_that_differ_by_a_sign_have_two_names() -> None:
    definition = load_definition()
    live = [field for field in definition.main.fields if field.live][:2]
    alike = [replace(field, labels={"nl": label}) for field, label in zip(live, ("Dag-1", "dag 1"), strict=True)]
    names = row_names(replace(definition.main, fields=tuple(alike)), "nl", is_main=True)
    assert list(names.values()) == ["rij_dag_1", "rij_dag_1_2"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("IF('Register'!$H1>0,1,2)", "IF(Register!H1 > 0, 1, 2)", True),
        ('IF(A1="te laat",1)', 'IF(A1="telaat",1)', False),
        ("A1+1", "A1+2", False),
    ],
)
def test_formulas_are_compared_but_for_how_a_program_writes_them(one: str, other: str, same: bool) -> None:
    assert same_formula(one, other) is same


def test_a_name_is_set_and_nothing_else(make: MakeContent, tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    build_workbook(path, make("nl", complaints(1)))
    before = _names(path)
    with Package(path) as package:
        editor = Editor(package)
        editor.set_name("rij_signaal", 'IF(1<2,"a & b","")')
        editor.save(path)
    after = _names(path)
    assert after["rij_signaal"] == 'IF(1<2,"a & b","")'
    assert {name for name in before if before[name] != after[name]} == {"rij_signaal"}
