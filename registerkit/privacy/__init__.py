"""Whose data go and when: complaints that can be anonymised, those that cannot, and why. Does not write."""

from registerkit.privacy.declaration import declaration
from registerkit.privacy.plan import Kept, Wanted, Wiping, plan_wiping
from registerkit.privacy.retention import kept_until, past_term

__all__ = ["Kept", "Wanted", "Wiping", "declaration", "kept_until", "past_term", "plan_wiping"]
