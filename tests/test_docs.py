"""The docs that are made from the product are the product's."""

from __future__ import annotations

from pathlib import Path

from data.contract.dictionary import dictionary
from ui.shell.rulebook import rulebook

DOCS = Path(__file__).parent.parent / "docs"


def test_the_data_dictionary_is_up_to_date():
    written = (DOCS / "data-dictionary.md").read_text(encoding="utf-8")
    assert written == dictionary(), "run: python -m data.contract.dictionary > docs/data-dictionary.md"


def test_the_table_of_every_rule_is_up_to_date():
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == rulebook(), "run: python -m ui.shell.rulebook > docs/rules.md"
