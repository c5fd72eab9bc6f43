"""Whether a workbook is sound: registerkit's own linter, the Open XML SDK and openxml-audit all find nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ooxml_lint import lint_workbook
from ooxml_sdk import find_validator, sdk_findings
from openxml_audit import OpenXmlValidator

__all__ = ["assert_sound"]


def assert_sound(path: Path, audit: bool = True) -> None:
    """Fail when any of the three finds something; without the SDK the others judge, unless nothing may be left out.

    The linter knows workbooks only; openxml-audit takes long for large ones, and is left out without `audit`.
    """
    findings: list[Any] = lint_workbook(path) if path.suffix == ".xlsx" else []
    if audit:
        findings += OpenXmlValidator().validate(path).errors
    if find_validator() is not None:
        findings += sdk_findings(path)
    elif os.environ.get("REGISTERKIT_REQUIRE_ALL"):
        findings.append("the Open XML SDK validator is missing")
    assert not findings, "\n".join([path.name, *map(str, findings)])
