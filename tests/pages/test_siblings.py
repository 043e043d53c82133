"""Brothers and sisters on the screen: the groups, one opened to its children, and what is said without the extracts."""

from __future__ import annotations

import pandas
import pytest

from data.store.store import Store
from metrics.answers.siblings import children, groups
from metrics.engine.engine import Engine
from tests.pages import odd_night
from tests.pages.council import council_of, shown
from tests.pages.screen import Screen
from tests.support.scopes import asking

PAGE = "siblings"
SCOPE = asking(roles=frozenset())


@pytest.fixture(scope="module")
def slough_store(every_policy_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The shared county, for a council that follows Slough's policy too."""
    return council_of(tmp_path_factory.mktemp("siblings") / "store", "slough", every_policy_store)


@pytest.fixture
def council(slough_store: Store, monkeypatch: pytest.MonkeyPatch) -> Engine:
    return shown(slough_store, monkeypatch)


def test_every_group_is_a_row_and_one_opens_to_its_children(council: Engine):
    frame = children(council, "slough", SCOPE)
    every = groups(frame)
    assert len(every) > 5
    rows = Screen(PAGE).rows("Brothers and sisters in care: all")
    assert [row["Group"] for row in rows] == [name.replace("family", "Family") for name in every["family"]][:100]
    family = every["family"].iloc[0]
    screen = Screen(PAGE, family=family)
    members = frame[frame["family"] == family]
    listed = screen.rows(f"{family.replace('family', 'Family')}: {len(members)} children in care")
    assert [row["Child ID"] for row in listed] == list(members["child_id"])


def test_a_team_sees_the_whole_of_a_group_of_which_it_has_a_child(council: Engine):
    frame = children(council, "slough", SCOPE)
    two_teams = groups(frame)[lambda found: found["teams"].str.contains("; ")].iloc[0]
    first, *_ = frame.loc[frame["family"] == two_teams["family"], "team"]
    rows = Screen(PAGE, team=first).rows("Brothers and sisters in care: all")
    (row,) = [row for row in rows if row["Group"] == two_teams["family"].replace("family", "Family")]
    assert (row["Children"], row["Teams"]) == (str(two_teams["children"]), two_teams["teams"])


def test_those_apart_can_be_shown_alone(council: Engine):
    rows = Screen(PAGE, show="apart").rows("Brothers and sisters in care: apart")
    assert rows and {row["Living"] for row in rows} == {"apart"}


def test_without_families_and_mothers_the_page_says_that_they_were_not_supplied(tmp_path_factory, tmp_path, monkeypatch):
    shown(odd_night.publish_odd_night(tmp_path_factory, tmp_path, "slough"), monkeypatch)
    screen = Screen(PAGE)
    assert not screen.broken
    assert "Brothers and sisters: not supplied. Needs the extract Families or Mothers." in screen.text


def test_the_childs_page_has_the_brothers_and_sisters_who_may_be_seen(council: Engine):
    frame = children(council, "slough", SCOPE)
    family = groups(frame)["family"].iloc[0]
    child_id, *others = frame.loc[frame["family"] == family, "child_id"]
    screen = Screen("child", child=child_id)
    rows = screen.rows("Brothers and sisters in care")
    assert [row["Child ID"] for row in rows] == others
    homes = frame.set_index("child_id")["home"]
    for row in rows:
        home, other = homes[child_id], homes[row["Child ID"]]
        expected = "not known" if pandas.isna(home) or pandas.isna(other) else "together" if home == other else "apart"
        assert row["Living"] == expected
    alone = sorted(
        set(council.children("hertfordshire", ["ltf_12m"], SCOPE).query("name.notna()")["child_id"]) - set(frame["child_id"])
    )
    assert "No brother or sister in care is known." in Screen("child", child=alone[0]).text
