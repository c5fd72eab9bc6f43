"""The Access file of a register: planned from the definition, filled with records, written through Jackcess."""

from registerkit.database.access.combos import ListColumns
from registerkit.database.access.edit import AccessEdits, LeftOut, edit_access
from registerkit.database.access.java import jackcess_jar, java_library, java_version
from registerkit.database.access.kinds import ACCESS_KINDS, Cell
from registerkit.database.access.layout import AccessPlan
from registerkit.database.access.names import ROW_ID
from registerkit.database.access.plan import plan_access
from registerkit.database.access.read import AccessFile, read_access
from registerkit.database.access.rows import Row, access_rows
from registerkit.database.access.shared import ACCESS_DRIVER, edit_shared, has_access_driver
from registerkit.database.access.sql import access_sql
from registerkit.database.access.stamp import access_lock, access_meta, access_names_in, read_meta
from registerkit.database.access.truncate import fitted
from registerkit.database.access.write import FORMATS, write_access

__all__ = [
    "ACCESS_DRIVER",
    "ACCESS_KINDS",
    "FORMATS",
    "ROW_ID",
    "AccessEdits",
    "AccessFile",
    "AccessPlan",
    "Cell",
    "LeftOut",
    "ListColumns",
    "Row",
    "access_lock",
    "access_meta",
    "access_names_in",
    "access_rows",
    "access_sql",
    "edit_access",
    "edit_shared",
    "fitted",
    "has_access_driver",
    "jackcess_jar",
    "java_library",
    "java_version",
    "plan_access",
    "read_access",
    "read_meta",
    "write_access",
]
