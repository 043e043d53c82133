"""The app as it is on a slow machine: each part of a page, and each change of the records, takes its time.

Started as ``python -m tests.browser.slow_server run app.py --server.port N``: Streamlit's own command, after the slowing down.
"""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from functools import wraps

from streamlit.web import cli

from casework.storage.database import Casework
from ui.components import section_headings

PART_SECONDS, WRITE_SECONDS = 0.4, 0.8


def slow_down() -> None:
    """Make every section of a page wait before it is drawn, and every change of the records before it is made."""
    section, writing = section_headings.section, Casework.writing

    @wraps(section)
    def slow_section(*arguments, **named):
        time.sleep(PART_SECONDS)
        return section(*arguments, **named)

    @contextmanager
    def slow_writing(casework: Casework):
        time.sleep(WRITE_SECONDS)
        with writing(casework) as session:
            yield session

    section_headings.section, Casework.writing = slow_section, slow_writing


if __name__ == "__main__":
    slow_down()
    sys.argv[0] = "streamlit"
    cli.main(prog_name="streamlit")
