"""Whose data go and when: complaints that can be anonymised, those that cannot, and why. Does not write."""

from registerkit.privacy.plan import Kept, Wiping, plan_wiping

__all__ = ["Kept", "Wiping", "plan_wiping"]
