"""Reasons for refusing a consumer that the law does not take: no receipt, an expired warranty, the maker's business."""

from __future__ import annotations

import re
from collections.abc import Iterator

from registerkit.register import WRITTEN_BY_LAW, Complaint

__all__ = ["doubtful_reasons"]

_DOUBTFUL = {
    "warranty": r"garantie\w*[^.]{0,40}\b(verlopen|verstreken|voorbij|afgelopen)|(buiten|geen)[^.]{0,12}\bgarantie"
    r"|(warranty|guarantee)[^.]{0,40}\b(expired|over|ended)|out of (warranty|guarantee)",
    "receipt": r"(geen|zonder)[^.]{0,15}\b(bon|kassabon|aankoopbewijs)\b|\b(no|without)[^.]{0,12} receipt",
    "maker": r"(fabrikant|leverancier|importeur)[^.]{0,40}\b(wenden|melden|terecht|contact)"
    r"|naar de (fabrikant|importeur)"
    r"|\b(contact|turn to|go to) the (manufacturer|maker|importer)",
}


def doubtful_reasons(complaint: Complaint) -> Iterator[str]:
    """Return the names of the reasons that a refusal to a consumer gives and that his rights may speak against."""
    is_sale = complaint.profile.name not in WRITTEN_BY_LAW and complaint.flag("consumer") is not False
    reasons = complaint.text("reasons") if complaint.is_refused and is_sale else None
    for name, words in _DOUBTFUL.items() if reasons else ():
        if re.search(words, reasons or "", re.IGNORECASE):
            yield name
