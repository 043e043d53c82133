"""What a file says that is not TOML: the line, what is wrong there and what to do, and no value of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import TrackerError
from data.settings import TEMPLATE
from data.toml_file import read_toml

MISTAKES = {
    "a = 1\na = 2\n": ", line 2: cannot be read as TOML: a is given on line 1 already. Change it there, and remove it here.",
    "a = 1\na = 2": ", line 2: cannot be read as TOML: a is given on line 1 already. Change it there, and remove it here.",
    "a.b = 1\n\n[a]\nc = 1\n": ", line 3: cannot be read as TOML: a is given on line 1 already. Change it there, and remove it here.",
    "a = 1\n[a.b]\nc = 1\n": ", line 2: cannot be read as TOML: a.b is given on line 1 already. Change it there, and remove it here.",
    # Each table of a list begins anew.
    "[[p]]\ni = 1\n[[p]]\ni = 2\ni = 3\n": ", line 5: cannot be read as TOML: p.i is given on line 4 already.",
    # The earlier limit must not be lost.
    "[limits.h.r]\nmonths = 1\n[limits.h.r]\nmonths = 2\n": "limits.h.r is given on line 1 already. To give limits from several days, "
    "write [[limits.h.r]] each time.",
    "[limits.h.r]\nmonths = 1\nmonths = 2\n": "limits.h.r.months is given on line 2 already. Change it there, and remove it here.",
    'a = "D:\\secrets"\n': ", line 1: cannot be read as TOML: a backslash between double quotes. Put a Windows path between single quotes",
    'a = "D:\\Users"\n': ", line 1: cannot be read as TOML: a backslash between double quotes.",
    "a = SECRET\n": ", line 1: cannot be read as TOML: Invalid value. Write name = value, with text between double quotes",
    "a = 1\nb = 01/12/2026 SECRET\n": ", line 2: cannot be read as TOML: Expected newline or end of document after a statement. Write name",
    'a = "SECRET': ": cannot be read as TOML: Unterminated string. Write name = value",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_named_with_its_line_and_what_to_do_and_quotes_no_value(tmp_path: Path, text: str):
    file = tmp_path / "a.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(TrackerError) as refused:
        read_toml(file, TrackerError)
    assert MISTAKES[text] in str(refused.value) and str(refused.value).startswith(str(file))
    assert "SECRET" not in str(refused.value)


def test_a_setting_that_is_added_to_the_template_once_more_names_the_line_that_is_there(tmp_path: Path):
    template = TEMPLATE.read_text(encoding="utf-8")
    there = template.splitlines().index('sign_in.provider = ""') + 1
    file = tmp_path / "settings.toml"
    file.write_text(f'{template}\n[sign_in]\nprovider = "https://sso.example.gov.uk"\n', encoding="utf-8")
    with pytest.raises(TrackerError, match=f"sign_in is given on line {there} already"):
        read_toml(file, TrackerError)
