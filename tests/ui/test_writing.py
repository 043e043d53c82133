"""A button that keeps something does its work in its callback: there is no other way, and what went wrong is a sentence beside it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access.person import unknown
from ui.editing import writing

ROOT = Path(__file__).parent.parent.parent
BUTTONS = {"button", "form_submit_button", "chat_input", "data_editor", "file_uploader", "feedback", "menu_button"}
# The one module that draws buttons, and the one that offers files.
# Signing in and out are Streamlit's own. What-if drafts a line, the search closes itself, and the first page is remembered by the browser:
# nothing of these is in the records, and a double click does no harm.
DRAWS_BUTTONS = {
    "ui/editing/writing.py",
    "ui/lists/what_if.py",
    "ui/shell/child_search.py",
    "ui/shell/first_page.py",
    "ui/shell/signing_in.py",
}
OFFERS_FILES = {"ui/components/downloads.py"}


def _files() -> dict[str, Path]:
    """All that draws pages, by its path."""
    files = [*(ROOT / "ui").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]
    return {file.relative_to(ROOT).as_posix(): file for file in files}


def _calls(file: Path) -> list[tuple[int, str]]:
    """Every call in a file of something that has the name of a button."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in BUTTONS]
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "streamlit"]
    ours = {(node.lineno, node.attr) for node in named if not (isinstance(node.value, ast.Name) and node.value.id == "writing")}
    return sorted(ours | {(node.lineno, "from streamlit import") for node in imported})


def test_no_page_draws_a_button_by_itself():
    found = {name: _calls(file) for name, file in _files().items() if name not in DRAWS_BUTTONS}
    assert {name: calls for name, calls in found.items() if calls} == {}


def test_no_page_offers_a_file_by_itself():
    """Every file gets its name, which every system takes, in one place."""
    assert {name for name, file in _files().items() if "download_button" in file.read_text(encoding="utf-8")} == OFFERS_FILES


def test_the_search_for_buttons_finds_them(tmp_path: Path):
    file = tmp_path / "page.py"
    file.write_text("import streamlit as st\nif st.button('Save'):\n    save()\nwriting.button('Save', save, 'here')\n", "utf-8")
    assert _calls(file) == [(2, "button")]


def _page() -> None:
    """A page of two buttons: one is refused, one meets a fault that nobody foresaw."""
    from access.roles import Right
    from data.errors import TrackerError
    from ui.editing import outcomes, writing

    def refused() -> str:
        raise TrackerError("The panel is closed.")

    def broken() -> str:
        raise ZeroDivisionError("Child 12345, Alex Example")

    def kept() -> str:
        return "Kept: <b>all</b> of it."

    outcomes.show_toasts()
    for work in (refused, broken, kept):
        writing.button(Right.WRITE_NOTES, work.__name__, work, "here", named=False)
    writing.button(Right.WRITE_NOTES, "signed", kept, "there")
    writing.show_told("here")
    writing.show_told("there")


def _words(app: AppTest) -> str:
    return " ".join(part.proto.body for part in app.get("html"))


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(_page, default_timeout=30).run()


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_what_was_refused_is_said_beside_the_button_and_over_the_page(app: AppTest):
    press(app, "refused")
    assert "The panel is closed. (" in _words(app) and 'role="alert"' in _words(app)
    assert [toast.value for toast in app.toast] == ["refused: not done. See the reason beside the button."]
    assert not app.exception


def test_a_fault_gives_a_reference_number_and_never_its_message(app: AppTest, caplog: pytest.LogCaptureFixture):
    press(app, "broken")
    assert "Please give your analyst the reference number" in _words(app)
    assert "Alex" not in _words(app) + caplog.text and not app.exception
    assert "ZeroDivisionError" in caplog.text


def test_what_was_kept_is_said_as_text(app: AppTest):
    press(app, "kept")
    assert "Kept: &lt;b&gt;all&lt;/b&gt; of it. (" in _words(app) and 'role="status"' in _words(app)
    assert [toast.value for toast in app.toast] == ["kept: done."]


def test_a_toast_is_shown_once(app: AppTest):
    press(app, "kept")
    assert [toast.value for toast in app.run().toast] == []


def test_without_a_name_nothing_is_done_and_the_name_is_asked_for_there(app: AppTest):
    press(app, "signed")
    assert "Kept" not in _words(app)
    app.text_input(key="name for there").set_value("  Anna   Reid ").run()
    assert "Kept" in _words(app)
    assert not app.text_input


def test_a_right_that_is_taken_away_after_the_page_was_drawn_keeps_nothing(app: AppTest, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(writing, "reader", lambda: unknown("ann@x", "Ann"))
    press(app, "kept")
    assert "Kept" not in _words(app) and writing.NOT_ALLOWED in _words(app)
    assert not app.button, "and no button is drawn again"
