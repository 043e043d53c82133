"""The page of the panel's tables is the models'."""

from __future__ import annotations

from pathlib import Path

from casework.records.dictionary import dictionary

PAGE = Path(__file__).parent.parent.parent / "docs" / "reference" / "casework-dictionary.md"


def test_the_page_of_the_panels_tables_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == dictionary(), (
        "run: python -m casework.records.dictionary > docs/reference/casework-dictionary.md"
    )
