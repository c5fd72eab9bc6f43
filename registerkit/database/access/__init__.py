"""The Access file of a register: planned from the definition, filled with records, written through Jackcess."""

from registerkit.database.access.fit import fitted
from registerkit.database.access.java import jackcess_jar, java_library, java_version
from registerkit.database.access.plan import plan_access
from registerkit.database.access.rows import access_rows
from registerkit.database.access.stamp import access_lock, read_meta
from registerkit.database.access.write import FORMATS, write_access

__all__ = [
    "FORMATS",
    "access_lock",
    "access_rows",
    "fitted",
    "jackcess_jar",
    "java_library",
    "java_version",
    "plan_access",
    "read_meta",
    "write_access",
]
