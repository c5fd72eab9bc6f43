"""A linter for workbooks: finds what Excel would repair when it opens a file, and what validators miss."""

from registerkit.ooxml.lint.codes import CODES
from registerkit.ooxml.lint.fault import LintFault
from registerkit.ooxml.lint.lint import lint_workbook

__all__ = ["CODES", "LintFault", "lint_workbook"]
