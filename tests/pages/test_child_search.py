"""Find a child by part of a name, either number or the date of birth; the same words for nobody as for no access."""

from __future__ import annotations

from datetime import date

import pandas
import pytest

from metrics.answers.child.find import find_children
from metrics.engine.engine import Engine
from tests.pages import odd_night
from tests.pages.screen import Screen
from tests.support.scopes import asking
from ui.shell.child_search import NOBODY

MASKED = frozenset[str]()


@pytest.fixture(scope="module")
def named(engine: Engine) -> pandas.DataFrame:
    rules = [rule.id for rule in engine.policies["hertfordshire"].rules]
    frame = engine.children("hertfordshire", rules, asking(roles=MASKED))
    return frame[frame["name"].notna()].drop_duplicates("child_id")


def search(text: str, page: str = "figures") -> Screen:
    screen = Screen(page)
    screen.app.text_input(key="find a child").set_value(text).run()
    return screen


def test_every_word_of_a_name_is_found_in_any_order_without_capitals(engine: Engine, named: pandas.DataFrame):
    child = named.iloc[0]
    first, *_, last = child["name"].split()
    for text in (child["name"], f"{last} {first}".upper(), f"{first[:3]} {last[:4]}".lower()):
        assert child["child_id"] in set(find_children(engine, text, asking(roles=MASKED))["child_id"]), text
    assert child["child_id"] not in set(find_children(engine, f"{first} zzz", asking(roles=MASKED))["child_id"])


def test_accents_hyphens_and_apostrophes_make_no_difference(tmp_path):
    records = odd_night.odd_records()
    records["ssd_person"][0] |= {"pers_forename": "Zoë", "pers_surname": "O’Brien-Smith"}
    store = odd_night.publish_records(tmp_path, records)
    engine = Engine(store.current(), store.settings)
    for text in ("zoe", "ZOË obrien", "o'brien-smith zoe", "brien smith"):
        assert list(find_children(engine, text, asking(roles=MASKED))["child_id"]) == ["001"], text
    for text in ("z", "", "  ", "zoe jones"):
        assert find_children(engine, text, asking(roles=MASKED)).empty, text


def test_a_date_of_birth_finds_those_born_on_the_day_and_nobody_else(engine: Engine, named: pandas.DataFrame):
    (born,) = find_children(engine, named.iloc[0]["child_id"], asking(roles=MASKED))["dob"]
    found = find_children(engine, f"{born:%d/%m/%Y}", asking(roles=MASKED), born=born.date())
    assert named.iloc[0]["child_id"] in set(found["child_id"]) and set(found["dob"]) == {born}


def test_one_match_opens_the_child_and_several_show_team_and_age(engine: Engine, named: pandas.DataFrame):
    child = named.iloc[0]
    screen = search(f"  {child['child_id'].upper()} ")
    assert f"{child['child_id']} · {child['name']}" in screen.text
    surname = named["name"].str.split().str[-1].mode().iloc[0]
    found = find_children(engine, surname, asking(roles=MASKED))
    assert len(found) > 1
    rows = search(surname).rows("Children found")
    assert [row["Child ID"] for row in rows] == list(found["child_id"])[:50]
    in_care = found[found["in_care"]].iloc[0]
    row = next(row for row in rows if row["Child ID"] == in_care["child_id"])
    assert (row["Team"], row["Age"]) == (in_care["team"], str(in_care["age"]))


def test_nobody_is_found_outside_the_scope(engine: Engine, named: pandas.DataFrame):
    child = named.iloc[0]
    other = next(team for team in sorted(set(named["team"])) if team != child["team"])
    for text in (child["name"], child["child_id"]):
        within = find_children(engine, text, asking(teams=(other,), roles=MASKED))
        assert child["child_id"] not in set(within["child_id"])


def test_the_words_are_the_same_for_nobody_and_for_no_access(tmp_path_factory, tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("TRACKER_STORE", str(odd_night.publish_odd_night(tmp_path_factory, tmp_path).path))
    born = date(2018, 6, 15)
    assert born.isoformat() in str(odd_night.odd_records()["ssd_person"])
    texts = {}
    for text in (odd_night.RESTRICTED_NAME, odd_night.RESTRICTED_NAME.split()[0][:4], "002", "Nobody Whatever", "999"):
        screen = search(text)
        assert not screen.broken and text not in str(dict(screen.app.query_params)), text
        assert not any(name in screen.html for name in odd_night.RESTRICTED_NAME.split())
        texts[text] = screen.text
    assert len(set(texts.values())) == 1 and NOBODY in texts["999"]
    assert not any(text in caplog.text for text in ("Quentin", "Whatever"))
    # Both children were born on this day; one of them may be seen, and is opened.
    assert "001 · " in search("15/06/2018").text


def test_what_was_typed_is_not_in_the_address_of_the_child(named: pandas.DataFrame):
    child = named[named["legacy_id"].notna()].iloc[0]
    screen = search(child["legacy_id"])
    assert child["legacy_id"] not in str(dict(screen.app.query_params)) and child["child_id"] in str(
        dict(screen.app.query_params)
    )


def test_the_matches_close_and_do_not_come_back(named: pandas.DataFrame):
    screen = search("zzzz")
    assert NOBODY in screen.text
    screen.app.button(key="close the search").click().run()
    assert NOBODY not in screen.text
