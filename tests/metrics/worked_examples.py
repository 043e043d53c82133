"""The boundary cases as ``metrics/worked_examples.csv``, which the page *How figures are made* shows.

python -m tests.metrics.worked_examples        write the file again, after a case was added or changed
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.metrics.boundary_cases import as_rows

WORKED_EXAMPLES = Path(__file__).parents[2] / "metrics" / "worked_examples.csv"
COLUMNS = ("rule", "term", "as_at", "sentence", "expected")


def as_text() -> str:
    """The file's text: a row a case, ISO dates."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(as_rows())
    return text.getvalue()


if __name__ == "__main__":
    WORKED_EXAMPLES.write_text(as_text(), encoding="utf-8")
