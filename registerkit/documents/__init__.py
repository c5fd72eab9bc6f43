"""The organisation's own papers in Word: complaint rules, instruction, and the analysis of one complaint."""

from registerkit.documents.complaint import complaint_paper
from registerkit.documents.content import Content, Gap, Grid, Line
from registerkit.documents.office_papers import OFFICE_PAPERS, office_paper
from registerkit.documents.output import put_output
from registerkit.documents.template_fields import template_fields
from registerkit.documents.writer import document_of

__all__ = [
    "OFFICE_PAPERS",
    "Content",
    "Gap",
    "Grid",
    "Line",
    "complaint_paper",
    "document_of",
    "office_paper",
    "put_output",
    "template_fields",
]
