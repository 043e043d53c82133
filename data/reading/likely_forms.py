"""Why a value cannot be read, where its form shows it: what a spreadsheet, or another country's way of writing, makes of a value."""

from __future__ import annotations

import re

# Of the rule by which a row is at fault: (form of the value, why and what to do).
FORMS = {
    "unreadable_date": (
        (r"(1[89]|[2-7]\d)\d{3}(\.\d+)?", "It is a day's number, as Excel counts days: give the column a date format, and save it again."),
        (r".*\d[ ]?[AaPp]\.?[Mm]\.?", "With AM or PM the month may come first, as in America: export days without a time."),
        (r"\d{1,2}[-/ .]([A-Za-z]{3,9}|\d{1,2})[-/ .]\d{2}", "With a year of two digits the century is not known: export years of four."),
        (r"(0?[1-9]|1[0-2])/(1[3-9]|2\d|3[01])/\d{4}.*", "The month seems to come first, as in America: export the day first."),
        (r"(.*\D)?(9999|2[1-9]\d\d)(\D.*)?", "A day so far ahead stands for no date only where something ends: leave the date empty."),
        (r"[-?.]+|0|(?i:unknown|not known|tbc|n\.?k\.?|none|\(blank\)|blank)", "If the date is not known, leave it empty."),
    ),
    "duplicate": (
        (r"\d(\.\d+)?[Ee]\+\d+", "A spreadsheet has shortened the number, and its last digits are lost: export identifiers as text."),
    ),
}  # fmt: skip
ZEROS = (
    "But for leading zeros they are there: a spreadsheet has taken the zeros from one of the two files. Export it again as text."
)


def likely_form(rule: str, value: str | None) -> str:
    """A sentence on why a value put its row at fault by ``rule``, with what to do; "" where its form does not show it."""
    return next((why for form, why in FORMS.get(rule, ()) if re.fullmatch(form, (value or "").strip())), "")
