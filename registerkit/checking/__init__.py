"""Checks records against the rules of their definition, and complaints against the terms they have."""

from registerkit.checking.complaints import ComplaintCheck
from registerkit.checking.rules import RULES, CheckContext, Fault, check_record
from registerkit.checking.sensitive import tells_health

__all__ = ["RULES", "CheckContext", "ComplaintCheck", "Fault", "check_record", "tells_health"]
