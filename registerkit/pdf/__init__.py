"""PDF files of Word documents, by LibreOffice: for archives (PDF/A-2) and for who has them read out (PDF/UA-1)."""

from registerkit.pdf.finish import finished
from registerkit.pdf.join import joined
from registerkit.pdf.office import office_program, to_pdf
from registerkit.pdf.text import words_of

__all__ = ["finished", "joined", "office_program", "to_pdf", "words_of"]
