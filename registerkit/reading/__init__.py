"""Reads filled files: finds their tables and understands their cells, with a finding for each that cannot be used."""

from registerkit.reading.access import ACCESS, with_numbers
from registerkit.reading.apart import APART
from registerkit.reading.attention import RawAttention
from registerkit.reading.csv_file import open_csv
from registerkit.reading.found_tables import TABLES, FoundTable, first_lines, found_tables
from registerkit.reading.headers import is_headed, is_held
from registerkit.reading.lists import ListRow, RawList, list_rows
from registerkit.reading.mapping import Mapped, load_mapping
from registerkit.reading.odbc import open_odbc
from registerkit.reading.opening import READABLE, open_workbook
from registerkit.reading.parse import PARSERS, ParseContext, as_text, parse_cell
from registerkit.reading.problems import BadCell, DoubtfulCell
from registerkit.reading.raw import WRITABLE, FormBox, RawTable, RawWorkbook
from registerkit.reading.rows import Place, SourceRow, TableRows, location_of, parse_form, parse_table
from registerkit.reading.table_map import DAY, EARLIER_NUMBER, MONTH, is_sparse
from registerkit.reading.xlsx import stamp_of_file

__all__ = [
    "ACCESS",
    "APART",
    "DAY",
    "EARLIER_NUMBER",
    "MONTH",
    "PARSERS",
    "READABLE",
    "TABLES",
    "WRITABLE",
    "BadCell",
    "DoubtfulCell",
    "FormBox",
    "FoundTable",
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
    "first_lines",
    "found_tables",
    "is_headed",
    "is_held",
    "is_sparse",
    "list_rows",
    "load_mapping",
    "location_of",
    "open_csv",
    "open_odbc",
    "open_workbook",
    "parse_cell",
    "parse_form",
    "parse_table",
    "stamp_of_file",
    "with_numbers",
]
