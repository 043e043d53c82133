"""Data quality: the load's own counts, and every row that was not used or looks wrong, with its filters."""

from __future__ import annotations

from metrics.answers.data_quality.load_quality import NO_CHILD, flags, load_report, rejects
from metrics.engine.engine import Engine
from tests.pages.screen import Screen
from tests.support.scopes import asking

SCOPE = asking(roles=frozenset())
REJECTS, FLAGS = "Rows not used", "Rows to be checked"


def test_every_file_is_there_with_its_counts(engine: Engine):
    rows = Screen("data_quality").rows("The files of this data load")
    report = load_report(engine)
    assert len(rows) == len(report)
    for row, file in zip(rows, report.to_dict("records"), strict=True):
        assert row["File"] == (file["file_name"] if file["supplied"] else "not supplied")
        if file["supplied"]:
            assert row["Rows read"] == f"{file['rows_read']:,}"
            said = [int(row[heading].replace(",", "")) for heading in ("Used", "Not used", "Repeated")]
            assert said == [file["rows_used"], file["rows_quarantined"], file["rows_repeated"]] and sum(said) == file["rows_read"]


def test_every_row_that_was_not_used_is_there_with_what_to_do(engine: Engine):
    screen = Screen("data_quality")
    found = rejects(engine, SCOPE)
    assert 0 < len(found) <= 100
    rows = screen.rows(REJECTS)
    assert [row["What is wrong, and what to do"] for row in rows] == list(found["reason"])
    assert [row["Row in the file"] for row in rows] == [f"{number:,}" for number in found["source_row"]]


def test_the_counts_by_kind_add_up(engine: Engine):
    screen = Screen("data_quality")
    counts = screen.rows(f"{FLAGS} by kind and extract")
    assert sum(int(row["Records"].replace(",", "")) for row in counts) == len(flags(engine, SCOPE))


def test_one_choice_of_a_team_leaves_its_rows_in_both_lists(engine: Engine):
    every = {REJECTS: rejects(engine, SCOPE), FLAGS: flags(engine, SCOPE)}
    team = next(team for team in every[FLAGS]["team"].value_counts().index if team in set(every[REJECTS]["team"]) - {NO_CHILD})
    screen = Screen("data_quality", rows_team=team)
    for caption, found in every.items():
        rows = screen.rows(caption)
        assert 0 < len(rows) == (found["team"] == team).sum() < len(found)
        assert {row["Team"] for row in rows} == {team}
    assert [box.label for box in screen.app.selectbox if "team" in box.label.lower()] == ["Team of the rows"]


def test_a_list_without_a_row_of_the_team_does_not_say_that_there_are_none(engine: Engine):
    found = rejects(engine, SCOPE)
    team = next(team for team in flags(engine, SCOPE)["team"] if team not in set(found["team"]))
    screen = Screen("data_quality", rows_team=team)
    assert screen.rows(FLAGS) and REJECTS not in screen.tables
    assert f"None of the {len(found):,} records matches these filters." in screen.text


def test_the_flags_come_a_hundred_at_a_time(engine: Engine):
    screen = Screen("data_quality")
    number = len(flags(engine, SCOPE))
    assert len(screen.rows(FLAGS)) == min(100, number)
    assert f"{number:,} records" in screen.text


def test_a_row_that_names_no_child_is_not_said_to_be_of_one_who_is_not_in_care(engine: Engine):
    found = rejects(engine, SCOPE)
    nameless = found["person_id"].isna()
    assert nameless.any() and set(found.loc[nameless, "team"]) == {NO_CHILD}
    assert NO_CHILD not in set(found.loc[~nameless, "team"])
