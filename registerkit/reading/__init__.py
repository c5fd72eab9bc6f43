"""Reads filled files: finds their tables and understands their cells, with a finding for each that cannot be used."""

from registerkit.reading.access import ACCESS, with_numbers
from registerkit.reading.attention import RawAttention
from registerkit.reading.csv_file import open_csv
from registerkit.reading.headers import is_headed
from registerkit.reading.lists import ListRow, RawList, list_rows
from registerkit.reading.mapping import Mapped, load_mapping
from registerkit.reading.odbc import open_odbc
from registerkit.reading.opening import READABLE, open_workbook
from registerkit.reading.parse import PARSERS, ParseContext, as_text, parse_cell
from registerkit.reading.problems import BadCell
from registerkit.reading.raw import WRITABLE, FormBox, RawTable, RawWorkbook
from registerkit.reading.rows import Place, SourceRow, TableRows, location_of, parse_form, parse_table
from registerkit.reading.table_map import EARLIER_NUMBER
from registerkit.reading.xlsx import stamp_in

__all__ = [
    "ACCESS",
    "EARLIER_NUMBER",
    "PARSERS",
    "READABLE",
    "WRITABLE",
    "BadCell",
    "FormBox",
    "ListRow",
    "Mapped",
    "ParseContext",
    "Place",
    "RawAttention",
    "RawList",
    "RawTable",
    "RawWorkbook",
    "SourceRow",
    "TableRows",
    "as_text",
    "is_headed",
    "list_rows",
    "load_mapping",
    "location_of",
    "open_csv",
    "open_odbc",
    "open_workbook",
    "parse_cell",
    "parse_form",
    "parse_table",
    "stamp_in",
    "with_numbers",
]
