"""A night whose names are not invented is shown to nobody in particular: only after a sign-in, or to one analyst on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.store.store import Store
from tests.access.messages import sent
from tests.pages.odd_night import RESTRICTED_NAME, WORKER, publish_odd_night
from tests.pages.screen import Screen
from ui.context import readers

REFUSED = "This data load is of real children, and nobody has signed in."


@pytest.fixture
def night(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    store = publish_odd_night(tmp_path_factory, tmp_path)
    monkeypatch.setenv("TRACKER_STORE", str(store.path))
    return store


def test_real_children_are_shown_to_nobody_until_the_settings_say_to_whom(night: Store, monkeypatch: pytest.MonkeyPatch):
    for page in ("countywide", "child", "team"):
        text = sent(Screen(page, child="001").app).replace("'001'", "")
        assert REFUSED in text and not any(word in text for word in (*RESTRICTED_NAME.split(), "Wendy", "001"))
    (night.path / "settings.toml").write_text("sign_in.analyst_on_this_machine = true\n", encoding="utf-8")
    screen = Screen("child", child="001")
    assert "No sign-in: one analyst on this machine" in screen.text and WORKER in screen.text
    monkeypatch.setattr(readers.streamlit, "get_option", lambda name: "0.0.0.0")
    assert "others on the network can reach the tracker" in Screen("child", child="001").text


def test_the_foot_of_a_page_says_in_which_mode_the_tracker_is(county_store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TRACKER_STORE", str(county_store.path))
    screen = Screen()
    assert "No sign-in: synthetic children only" in screen.text and not [
        one for one in screen.app.button if one.key == "sign out"
    ]
