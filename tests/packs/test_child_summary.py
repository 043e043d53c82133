"""The child summary says what the Child page asks, names nobody who may not be named, and keeps every word a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

import tracker
from casework.agenda.actions import complete_action, save_action
from casework.agenda.discussions import save_discussion
from casework.panels import plan_panel
from casework.records.records import Action, Discussion
from casework.storage.database import Casework
from casework.storage.opening import open_casework, records_if_any
from data.contract.contract import tables
from metrics.answers.child.child import child
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.plain import plain_rows
from packs.child.answers import ask_child, key_events
from packs.child.summary import child_summary, child_workbook
from tests.packs.nights import AS_AT, engine_of, night
from tests.packs.reading_back import section, words
from tests.support.scopes import asking
from words.dates import british

HOSTILE = "=cmd|' /C calc'!A0 \x0b<b>&amp;</b>"
RULES = "Why this child is on a list"
SAID = "Panel discussions"
MET = "Last reviews, meetings and visits"


def _sheet(engine: Engine, child_id: str, **more):
    return load_workbook(BytesIO(child_summary(engine, child_id, asking(), **more)))["Child summary"]


@pytest.fixture(scope="module")
def listed(engine: Engine) -> str:
    """The child who is on the most lists."""
    frame = engine.children("hertfordshire", [rule.id for rule in engine.policies["hertfordshire"].rules], asking())
    return frame[frame["name"].notna()]["child_id"].value_counts().index[0]


@pytest.fixture
def casework(engine: Engine, tmp_path) -> Casework:
    opened = open_casework(engine.settings, tmp_path)
    yield opened
    opened.close()


def test_lists_that_a_child_is_equally_long_over_always_stand_in_one_order(engine: Engine):
    frame = engine.children("hertfordshire", ["adoption_no_placement", "adoption_not_placed"], asking())
    both = frame[frame.duplicated(["child_id", "days_over"])]["child_id"]
    assert len(both)
    for child_id in both[:20]:
        rows = plain_rows(child(engine, child_id, asking()).rules)
        assert rows == sorted(rows, key=lambda row: (-row["days_over"], row["policy"], row["rule"]))


def test_the_head_and_the_facts_are_the_childs(engine: Engine, listed: str):
    answer = child(engine, listed, asking())
    sheet = _sheet(engine, listed)
    actual = words(sheet)
    assert sheet["A1"].value == f"{listed} · {answer.person['name']}"
    assert "OFFICIAL-SENSITIVE" in actual and "SYNTHETIC" in actual
    for value in (answer.person["legacy_id"], answer.terms["worker"], f"{answer.terms['team']} ({answer.terms['service']})"):
        assert value in actual
    assert f"{british(answer.terms['entered_care'])}, {answer.terms['weeks_in_care']} weeks ago" in actual
    assert f"{british(answer.person['dob'])}, aged {answer.person['age']}" in actual


def test_every_list_is_there_with_its_days_as_days_longest_over_first(engine: Engine, listed: str):
    rows = [row for row in plain_rows(child(engine, listed, asking()).rules) if row["on_list"]]
    headings, *actual, (note,) = section(_sheet(engine, listed), RULES)
    assert headings == ("List, and why", "Since", "R/O", "Limit date", "Days")
    assert "where there is no limit date, on the list" in note
    assert len(actual) == len(rows) > 1
    for line, row in zip(actual, rows, strict=True):
        rule = engine.rule("hertfordshire", row["rule"])
        limit = rule.limit_on(AS_AT)
        said = [rule.title, limit and f"limit {limit.words}", row["detail"]]
        assert line[0] == " · ".join(part for part in said if part)
        assert ("R" in line or "R*" in line or "O*" in line) == (row["recorded_since"] is not None)
        # A list without a limit has no limit date, as on the Child page.
        dates = [cell for cell in line if isinstance(cell, date)]
        assert dates == [row["since"], *([row["limit_date"]] if limit else [])]
        assert line[-1] == row["days_over"]
    assert [row[-1] for row in actual] == sorted((row[-1] for row in actual), reverse=True)


def test_the_plan_says_since_when_and_whether_that_is_recorded_or_observed(engine: Engine, listed: str):
    options = child(engine, listed, asking()).options
    actual = words(_sheet(engine, listed))
    assert len(options) > 0
    for row in options.to_dict("records"):
        assert f"{row['option']} since {british(row['since'])}, {row['clock']}" in actual


def test_the_options_are_those_of_the_plan_shown(engine: Engine):
    frame = engine.children("hertfordshire", ["return_home_6m", "ltf_12m", "plan_residential"], asking()).query("name.notna()")
    for child_id in frame["child_id"].unique()[:25]:
        answer = child(engine, child_id, asking())
        assert set(answer.options["option"]) == set(answer.terms["plan_shown"].removeprefix("parallel: ").split(", "))
        of_rules = answer.rules[answer.rules["recorded_since"].notna()]
        assert set(of_rules["since"]) <= set(answer.options["since"])


def test_what_happened_is_of_this_period_of_care_newest_first_and_a_renewed_plan_is_no_turn(engine: Engine, listed: str):
    answer = child(engine, listed, asking())
    events = key_events(answer)
    days = [event["from_date"] for event in events]
    assert days == sorted(days, reverse=True) and days[-1] >= answer.terms["entered_care"].date()
    plans = [event["label"] for event in events if event["lane"] == "Plan"]
    assert all(plan != following for plan, following in zip(plans, plans[1:], strict=False))
    assert all(event["to_date"] is None or event["to_date"] <= answer.as_at for event in events)


def test_an_earlier_day_is_as_at_that_day(engine: Engine, listed: str):
    entered = child(engine, listed, asking()).terms["entered_care"].date()
    sheet = _sheet(engine, listed, as_at=entered)
    assert "0 weeks ago" in words(sheet)
    before = _sheet(engine, listed, as_at=entered - timedelta(days=1))
    assert "not a child in care on" in words(before) and "Not on any list on" in words(before)


def test_it_is_a_page_or_two_of_a4_portrait_and_says_what_it_is(engine: Engine, listed: str):
    sheet = _sheet(engine, listed)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.scale) == ("portrait", 9, 89)
    assert len(sheet.row_breaks.brk) <= 1
    assert sheet.oddHeader.center.text == "OFFICIAL-SENSITIVE" and listed in sheet.oddFooter.left.text


def test_one_who_is_on_many_lists_is_printed_smaller_on_two_pages_and_a_long_discussion_runs_on(engine, listed, casework):
    answers = ask_child(engine, listed, asking(), None, casework)
    sheets = (child_workbook(replace(answers, rules=answers.rules * times))["Child summary"] for times in range(1, 60))
    several = next(sheet for sheet in sheets if sheet.page_setup.fitToHeight)
    assert (several.page_setup.fitToWidth, several.page_setup.fitToHeight, len(several.row_breaks.brk)) == (1, 2, 0)
    assert several.sheet_properties.pageSetUpPr.fitToPage
    endless = child_workbook(replace(answers, rules=answers.rules * 60))["Child summary"]
    assert endless.page_setup.scale == 89 and not endless.sheet_properties.pageSetUpPr.fitToPage


def test_an_unknown_child_and_a_restricted_one_are_refused_alike(tmp_path):
    restriction = {"person_id": "002", "restriction_type": "adoption", "start_date": "2025-02-01", "allowed_roles": "director"}
    children = {"001": ("T1", "RESPLMT", "W1"), "002": ("T1", "RESPLMT", "W2")}
    engine = engine_of(tmp_path, night(children, {"T1": "North"}, local_restrictions=[restriction]))
    for identifier in ("002", "003"):
        with pytest.raises(QuestionError, match=f"no child with the identifier {identifier}, or you do not have access"):
            child_summary(engine, identifier, asking())
    assert child_summary(engine, "002", asking(roles=frozenset({"director"})))


def test_what_was_not_supplied_is_said_and_not_none(tmp_path):
    engine = engine_of(tmp_path, night({"001": ("T1", "RESPLMT", "W1")}, {"T1": "North"}))
    sheet = _sheet(engine, "001")
    assert section(sheet, MET)[1:] == [
        ("Review", f"not supplied ({tables()['ssd_cla_reviews'].title})"),
        ("Meeting", f"not supplied ({tables()['local_meetings'].title})"),
        ("Visit", f"not supplied ({tables()['ssd_cla_visits'].title})"),
    ]
    either = " or ".join(tables()[name].title for name in ("ssd_permanence", "local_carer_matches"))
    assert f"not supplied ({either})" in words(sheet)


def test_words_of_people_stay_words(tmp_path):
    records = night({"=1+1": ("T1", "RESPLMT", "+1")}, {"T1": HOSTILE.replace("\x0b", "")})
    records["ssd_person"][0] |= {"pers_forename": "=Zoë", "pers_surname": "Ångström-" + "Long" * 60}
    engine = engine_of(tmp_path, records)
    casework = open_casework(engine.settings, tmp_path)
    panel = plan_panel(casework, "hertfordshire", AS_AT, "Pat Clerk")
    save_discussion(casework, Discussion(panel.id, "=1+1", summary=HOSTILE, decision="@SUM(A1)"), "Pat Clerk")
    save_action(casework, Action(panel.id, "=1+1", "-1+1", owner="=2"), "Pat Clerk")
    sheet = _sheet(engine, "=1+1", casework=casework)
    casework.close()
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    values = {cell.value for cell in cells}
    assert {"=1+1", "@SUM(A1)", "-1+1", "=2", HOSTILE.replace("\x0b", "\ufffd")} <= values


def test_what_panels_said_is_there_newest_first_with_its_actions(engine: Engine, listed: str, casework: Casework):
    older, newer = (plan_panel(casework, "hertfordshire", day, "Pat") for day in (date(2026, 9, 30), date(2026, 10, 28)))
    save_discussion(casework, Discussion(older.id, listed, frozenset({"health", "court_delay"}), decision="Wait"), "Pat")
    save_discussion(casework, Discussion(newer.id, listed, decision="Match", next_panel_date=date(2026, 11, 25)), "Pat")
    late = save_action(casework, Action(older.id, listed, "Find a family", "Sam", date(2026, 10, 30)), "Pat")
    done = save_action(casework, Action(newer.id, listed, "Tell the child", "", date(2026, 10, 1)), "Pat")
    complete_action(casework, done, date(2026, 10, 29), "told", "Pat")
    actual = section(_sheet(engine, listed, casework=casework), SAID)
    assert actual == [
        ("Panel of 28/10/2026",),
        ("Barriers", "none named"),
        ("Decision", "Match"),
        ("Next panel", "25/11/2026"),
        ("Action", "Owner", "Due", "State"),
        ("Tell the child", "no owner", date(2026, 10, 1), "done on 29/10/2026"),
        ("Panel of 30/09/2026",),
        ("Barriers", "Court delay; Health or disability"),
        ("Decision", "Wait"),
        ("Action", "Owner", "Due", "State"),
        ("Find a family", "Sam", date(2026, 10, 30), "open, 1 day overdue"),
    ]
    assert late.owner == "Sam"
    earlier = ask_child(engine, listed, asking(), date(2026, 10, 1), casework)
    assert [said.panel.panel_date for said in earlier.said] == [date(2026, 9, 30)]


def test_of_older_panels_stand_what_was_decided_and_what_is_still_open(engine: Engine, listed: str, casework: Casework):
    for month in (7, 8, 9, 10):
        panel = plan_panel(casework, "hertfordshire", date(2026, month, 6), "Pat")
        save_discussion(
            casework, Discussion(panel.id, listed, summary="talk", decision=f"Decide {month}", outcome="So far"), "Pat"
        )
        save_action(casework, Action(panel.id, listed, f"Act {month}", "Sam", date(2026, month, 20)), "Pat")
    rows = section(_sheet(engine, listed, casework=casework), SAID)
    assert [row[0] for row in rows if row[0].startswith("Panel of")] == ["Panel of 06/10/2026", "Panel of 06/09/2026"]
    assert rows[-2:] == [
        ("06/08/2026", "Decide 8 · So far · Act 8 (Sam, open, 72 days overdue)"),
        ("06/07/2026", "Decide 7 · So far · Act 7 (Sam, open, 103 days overdue)"),
    ]


def test_a_long_discussion_runs_on_and_no_word_of_it_is_lost(engine: Engine, listed: str, casework: Casework):
    summary = " ".join(f"word{place}" for place in range(1100))
    panel = plan_panel(casework, "hertfordshire", AS_AT, "Pat")
    save_discussion(casework, Discussion(panel.id, listed, summary=summary), "Pat")
    sheet = _sheet(engine, listed, casework=casework)
    assert [word for word in words(sheet).split() if word.startswith("word")] == summary.split()
    assert all((dimension.height or 0) <= 409 for dimension in sheet.row_dimensions.values())


def test_no_records_are_made_by_asking_for_them(engine: Engine, tmp_path):
    assert records_if_any(engine.settings, tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_no_panel_is_said_and_a_name_that_is_not_recorded_too(engine: Engine, listed: str):
    answers = ask_child(engine, listed, asking())
    nameless = replace(answers, child=replace(answers.child, person=answers.child.person | {"name": ""}))
    sheet = child_workbook(nameless)["Child summary"]
    assert section(sheet, SAID) == [("No panel has discussed this child.",)]
    assert sheet["A1"].value == f"{listed} · Name not recorded"


def test_the_command_takes_either_identifier(county_store, engine: Engine, listed: str, tmp_path, capsys):
    legacy = child(engine, listed, asking()).person["legacy_id"]
    command = ["pack", "child", "--store", str(county_store.path), "--out", str(tmp_path / "child.xlsx")]
    assert tracker.main([*command, "--child", legacy]) == 0
    assert load_workbook(tmp_path / "child.xlsx")["Child summary"]["A1"].value.startswith(listed)
    assert tracker.main([*command, "--child", "nobody"]) == 1
    assert "There is no child with the identifier nobody, or you do not have access" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        tracker.main(command)
    assert "--child" in capsys.readouterr().err
