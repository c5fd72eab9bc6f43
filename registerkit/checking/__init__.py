"""Checks records against the rules of their definition, and complaints against the terms they have."""

from registerkit.checking.rules import RULES, CheckContext, Fault, check_record
from registerkit.checking.terms import TermCheck

__all__ = ["RULES", "CheckContext", "Fault", "TermCheck", "check_record"]
