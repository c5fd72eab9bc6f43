"""The form as a web page of its own, and the file that the page saves: made, and taken apart again."""

from registerkit.webform.page import build_web_form, is_web_form
from registerkit.webform.saved import Answer, Saved, saved_answers

__all__ = ["Answer", "Saved", "build_web_form", "is_web_form", "saved_answers"]
