"""Pages on a bad day: texts that try to be code, extracts that did not come, old and damaged nights, no night at all."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.store.store import Store
from metrics.nightly import run_nightly
from tests.pages import odd_night
from tests.pages.screen import Screen
from tests.pages.test_every_page import PAGES
from tests.support.copies import copy_of

LTF = "Children on the list: Long-term fostering plan for 12 months or more"


@pytest.fixture(scope="module")
def odd_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return odd_night.publish_odd_night(tmp_path_factory, tmp_path_factory.mktemp("odd"))


@pytest.fixture
def odd(odd_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("TRACKER_STORE", str(odd_store.path))
    return odd_store


@pytest.fixture
def copied(shared_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shared county's store that a test may spoil."""
    store = copy_of(shared_store, tmp_path / "store")
    monkeypatch.setenv("TRACKER_STORE", str(store.path))
    return store.path


@pytest.mark.parametrize("page", PAGES)
def test_data_is_shown_as_text_on_every_page(odd: Store, page: str):
    screen = Screen(page, **({"child": "001"} if page == "child" else {"rule": "ltf_12m"} if page == "children" else {}))
    assert not screen.broken
    assert "<img" not in screen.html
    assert "<b>" not in screen.html
    assert f'<a href="http://{odd_night.ELSEWHERE}' not in screen.html


def test_the_odd_names_are_read_as_they_were_written(odd: Store):
    screen = Screen("children", rule="ltf_12m")
    row = next(row for row in screen.rows(LTF) if row["Child ID"] == "001")
    assert row["Name"] == f"{odd_night.CHILD} {odd_night.SURNAME}"
    assert (row["Service"], row["Team"], row["Worker"]) == (odd_night.SERVICE, odd_night.TEAM, odd_night.WORKER)


@pytest.mark.parametrize("part", ["label", "help"])
def test_nothing_that_streamlit_reads_as_markdown_holds_data(odd: Store, part: str):
    for page in PAGES:
        app = Screen(page, child="001", rule="ltf_12m").app
        for element in app.main:
            words = str(getattr(element, part, "") or "") if element.type != "html" else ""
            assert odd_night.ELSEWHERE not in words and "Wendy" not in words, (page, element.type)


def test_what_was_not_supplied_is_never_zero(odd: Store):
    screen = Screen("countywide")
    assert "No current plan not supplied needs the extract Care leavers and pathway plans" in screen.text
    assert "Not supplied in this data load: " in screen.text
    (county,) = [row for row in screen.rows("Children on each list by service") if row["Service"] == "County"]
    assert county["No current plan"] == "not supplied"
    assert county["Plan recorded as other"] == "0"
    assert "No current plan: not supplied. It needs the extract" in Screen("children", rule="no_current_plan").text


def test_a_restricted_child_is_counted_but_has_no_name_anywhere(odd: Store):
    assert len(Screen("children", rule="ltf_12m").rows(LTF)) == 2
    for page in PAGES:
        screen = Screen(page, child="002", rule="ltf_12m")
        assert not any(name in screen.html for name in odd_night.RESTRICTED_NAME.split()), page
    heading, *rows = Screen("children", rule="ltf_12m").tables[LTF]
    (mine,) = [row for row in rows if row[0][0] == "Restricted record"]
    assert all(link is None for _, link in mine)
    seen = {title for (title, _), (text, _) in zip(heading, mine, strict=True) if text}
    assert seen == {"Child ID", "Service", "Team", "Worker", "Since", "Limit date", "Days over"}
    assert "There is no child with the identifier 002" in Screen("child", child="002").text


def test_an_old_night_warns(monkeypatch: pytest.MonkeyPatch, shared_store: Store):
    assert not Screen("countywide").alerts
    published = shared_store.current().published_at

    class Later(datetime):
        @classmethod
        def now(cls, zone=None):
            return published + timedelta(hours=27)

    monkeypatch.setattr("ui.shell.page_header.datetime", Later)
    screen = Screen("countywide")
    assert any("more than 26 hours old" in alert for alert in screen.alerts)
    assert "(27 hours ago)" in screen.text


def test_a_damaged_night_gives_way_to_the_last_good_one_with_a_banner(copied: Path, county_nights):
    store = Store(copied)
    first = store.current()
    changed = copied.parent / "extracts"
    shutil.copytree(county_nights[-1], changed)
    (changed / "local_events.csv").unlink()
    newer = run_nightly(store, changed, first.as_at, accept_change=True).night
    assert Screen("countywide").alerts == []
    data = bytearray(newer.database.read_bytes())
    data[len(data) // 2] ^= 0xFF
    newer.database.chmod(0o600)
    newer.database.write_bytes(bytes(data))
    screen = Screen("countywide")
    assert not screen.broken
    assert any(f"The data load {newer.name} is damaged" in alert for alert in screen.alerts)
    assert first.name in Screen("data_quality").text


@pytest.mark.parametrize("page", PAGES)
def test_without_a_night_a_page_says_how_to_make_one(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TRACKER_STORE", str(tmp_path / "empty"))
    screen = Screen(page)
    assert not screen.broken
    assert "No data has been loaded yet" in screen.text
    assert "python tracker.py nightly" in screen.text
    assert str(tmp_path / "empty") in screen.text


def test_a_setting_that_cannot_be_used_is_said_in_its_own_sentence(copied: Path):
    (copied / "settings.toml").write_text("polices = []\n", encoding="utf-8")
    screen = Screen("countywide")
    assert any('"polices" is not a setting' in alert for alert in screen.alerts)


def test_a_target_and_its_tolerance_are_said_with_how_the_figure_stands(copied: Path):
    (copied / "settings.toml").write_text(
        "[targets.hertfordshire.no_current_plan]\ntarget_percent = 0\ntolerance_percent = 0.5\nagreed_by = 'the Panel'\n",
        encoding="utf-8",
    )
    text = Screen("countywide").text
    assert "Target: at most 0%, tolerance 0.5 points, agreed by the Panel." in text
    assert text.count("Over target") == 1
    assert "no target set" not in text


def test_settings_that_change_show_at_the_next_click(copied: Path):
    screen = Screen("countywide")
    (copied / "settings.toml").write_text('council = "Another County"\n', encoding="utf-8")
    screen.app.run()
    assert "Another County · Permanence Tracker" in screen.text


def test_the_age_of_a_night_is_counted_from_its_publication(shared_store: Store):
    age = datetime.now(UTC) - shared_store.current().published_at
    assert f"({int(age.total_seconds() // 60)} minute" in Screen("countywide").text
