"""A browser in front of the outermost layer, over an empty store."""

from __future__ import annotations

import pytest

from tests.ui.outer.browser import Browser, Clock
from ui.context import browser_sessions
from ui.context.browser_sessions import BrowserSessions


@pytest.fixture(autouse=True)
def own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_STORE", str(tmp_path))
    monkeypatch.setattr(browser_sessions, "SETTINGS_SECONDS", 0)
    return tmp_path


@pytest.fixture
def settings(own_store):
    """Writes a setting of the store."""
    return lambda text: (own_store / "settings.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def browser() -> Browser:
    return Browser(BrowserSessions(Clock()))
