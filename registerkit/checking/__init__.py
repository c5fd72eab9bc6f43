"""Checks records against the rules of their definition."""

from registerkit.checking.rules import RULES, CheckContext, Fault, check_record

__all__ = ["RULES", "CheckContext", "Fault", "check_record"]
