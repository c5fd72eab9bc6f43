"""The tables that a definition becomes in a database, and the databases that can hold them."""

from registerkit.database.address import Address
from registerkit.database.layout import CREATED, REVISION, TYPES, column_for, data_table, data_tables
from registerkit.database.odbc import OdbcTable
from registerkit.database.types import LONG_TEXT, TABLE_OPTIONS, word

__all__ = [
    "CREATED",
    "LONG_TEXT",
    "REVISION",
    "TABLE_OPTIONS",
    "TYPES",
    "Address",
    "OdbcTable",
    "column_for",
    "data_table",
    "data_tables",
    "word",
]
