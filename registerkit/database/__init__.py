"""The tables that a definition becomes in a database."""

from registerkit.database.layout import CREATED, REVISION, TYPES, column_for, data_table, data_tables

__all__ = ["CREATED", "REVISION", "TYPES", "column_for", "data_table", "data_tables"]
