"""A linter for workbooks: finds what Excel would repair when it opens a file, and what validators miss."""

from ooxml_lint.codes import CODES
from ooxml_lint.fault import LintFault
from ooxml_lint.lint import lint_workbook

__all__ = ["CODES", "LintFault", "lint_workbook"]
