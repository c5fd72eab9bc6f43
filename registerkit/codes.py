"""Every code that a finding can have, so that one that is mistyped or has no texts is found before it is told.

The texts stand in `texts/<language>/findings.toml`; a test holds the two together.
"""

from __future__ import annotations

from typing import Literal

__all__ = ["FindingCode"]

# fmt: off
FindingCode = Literal[
    "after_other", "alert_not_sent", "ambiguous_date", "answered_incomplete", "any_of", "before_other", "below_table",
    "bsn_found", "iban_found", "medical_found",
    "cannot_edit_below_table", "cannot_edit_formula_in_cell", "cannot_edit_no_addresses", "cannot_edit_prefixed",
    "cannot_write_database", "cannot_write_kind", "cells_moved", "cells_without_header",
    "choice_outdated", "clock_set_back",
    "closed_unanswered", "closed_unheard", "closing_day_set", "closing_reopened", "column_emptied",
    "column_read_already",
    "consent_not_allowed", "consent_not_later", "consent_undated", "copied_rows", "copy_not_read",
    "copy_with_news", "copy_without_news", "cost_unlike_standard",
    "document_kept",
    "date_out_of_range", "date_without_year", "digits_lost", "duplicate_column", "duplicate_key", "duplicate_own_key",
    "duplicate_row", "emptied", "error_cell", "extension_before_receipt", "extension_notified", "extension_too_late",
    "extension_too_long", "fields_gone", "file_changed_meanwhile", "file_not_written", "file_open", "file_read_only",
    "form_box_gone", "form_open", "form_taken_before", "formula_typed_over", "handler_involved", "in_future",
    "inbox_closed", "inbox_gone", "key_missing", "key_twice",
    "inbox_link", "left_behind", "left_open", "left_unread",
    "letters_dismissed", "letters_garbled", "letters_guessed", "letters_lost",
    "list_not_taken", "list_taken_before", "lock_left_over",
    "mail_attachments", "mail_automatic", "mail_day", "mail_from_office", "mail_incomplete", "mail_other_sender",
    "mail_programs", "mail_registered", "mail_taken_before", "mail_unknown_number", "mail_unread_part", "mail_whose",
    "mail_with_closed", "mail_with_complaint",
    "no_day", "no_pdf", "no_memos", "no_room", "no_room_in_column", "no_such_choice",
    "not_a_date", "not_a_number", "not_a_phone_number", "not_a_postcode", "not_allowed_here", "not_an_amount",
    "not_an_email", "not_named", "not_on_list", "not_unique", "not_with_parent", "not_yes_or_no", "noted_in_remarks",
    "number_column_gone", "numbers_back",
    "number_changed", "number_of_another", "number_used_elsewhere", "office_email", "office_line", "office_logo",
    "office_row", "office_unlike", "office_volume", "other_register", "out_of_range", "own_number", "past_known_decree",
    "pause_ignored", "pause_open", "pause_without_consent", "phone_kept", "possible_double", "postcode_kept",
    "refusal_doubtful", "rows_skipped",
    "received_on_file_day", "register_sheet_gone",
    "renamed_columns", "reopened_after_window", "report_lookalike", "report_template",
    "required", "required_here", "required_to_close", "routing_never",
    "routing_unknown", "rows_far_below", "rows_on_own_sheet", "same_person", "sheets_of_before", "stamp_lost",
    "struck_out",
    "text_beside_boxes", "three_alike", "too_early", "too_high", "too_long", "too_low", "too_many_decimals",
    "uncached_formula", "unclear_row", "unknown_columns", "unknown_key", "unknown_number", "unknown_person",
    "unlike_outcome", "unstamped_difference", "value_typed_over", "wiped_left_out", "wiped_remains",
    "wiped_rows",
]
"""What can be told of a filled file and of what it says; what is wrong in a definition has its own (`faults.py`)."""
# fmt: on
