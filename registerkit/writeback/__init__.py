"""Brings what the store decided back into the files that people filled in."""

from registerkit.writeback.access import AccessWriteback, plan_access_edits
from registerkit.writeback.access_file import write_access_edits
from registerkit.writeback.attention import AttentionRow, plan_attention
from registerkit.writeback.data_validations import plan_dropdowns
from registerkit.writeback.edits import FileEdits
from registerkit.writeback.file import (
    Written,
    archive_folder,
    backup,
    content_hash,
    copy_from,
    next_copy,
    prune,
    write_edits,
)
from registerkit.writeback.growth import Growth, Refused
from registerkit.writeback.lists import plan_lists
from registerkit.writeback.locks import Lock, excel_lock, lock_of, need_closed
from registerkit.writeback.plan import WritebackInput, plan_writeback, refresh_overview
from registerkit.writeback.wiping import copies_of_files, forget_texts

__all__ = [
    "AccessWriteback",
    "AttentionRow",
    "FileEdits",
    "Growth",
    "Lock",
    "Refused",
    "WritebackInput",
    "Written",
    "archive_folder",
    "backup",
    "content_hash",
    "copies_of_files",
    "copy_from",
    "excel_lock",
    "forget_texts",
    "lock_of",
    "need_closed",
    "next_copy",
    "plan_access_edits",
    "plan_attention",
    "plan_dropdowns",
    "plan_lists",
    "plan_writeback",
    "prune",
    "refresh_overview",
    "write_access_edits",
    "write_edits",
]
