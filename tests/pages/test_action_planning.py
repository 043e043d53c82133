"""Action planning: the six questions counted, a row a child for all, a team or a worker, and one child's own view."""

from __future__ import annotations

from datetime import date

import pytest

from data.store.store import Store
from metrics.answers.action_planning.action_planning import NO, QUESTIONS, YES, counts, tracker
from metrics.engine.engine import Engine
from metrics.engine.plain import plain_rows
from tests.pages import odd_night
from tests.pages.council import council_of, publish
from tests.pages.screen import Screen
from tests.support.extracts import write_extracts
from tests.support.scopes import asking
from ui.components.downloads import as_csv
from words.columns import heading
from words.dates import british
from words.labels import RESTRICTED_RECORD

POLICY = "cheshire_east"
SCOPE = asking(roles=frozenset())
SIX = "The six questions"
AS_AT = date(2026, 10, 31)


@pytest.fixture(scope="module")
def cheshire_store(every_policy_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return council_of(tmp_path_factory.mktemp("cheshire") / "store", POLICY, every_policy_store)


@pytest.fixture(scope="module")
def engine(cheshire_store: Store) -> Engine:
    return Engine(cheshire_store.current(), cheshire_store.settings)


@pytest.fixture
def shown(cheshire_store: Store, shared_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Show the county under this policy."""
    monkeypatch.setenv("TRACKER_STORE", str(cheshire_store.path))
    return cheshire_store


def caption(name: str) -> str:
    return f"Action Planning Tracker, {name}"


def test_the_page_shows_only_where_the_policy_is_in_use(shared_store: Store):
    assert "which this council does not use" in Screen("action_planning").text


def test_the_six_questions_are_counted_as_the_engine_counts_them(shown: Store, engine: Engine):
    screen = Screen("action_planning")
    assert not screen.broken
    rows = screen.rows(SIX)
    for row, actual in zip(rows, plain_rows(counts(engine, "cheshire_east", SCOPE)), strict=True):
        assert (row["Yes"], row["No"], row["No answer"]) == (f"{actual['yes']:,}", f"{actual['no']:,}", "0")
        assert actual["asks"] in row["Question"]


def test_a_questions_list_has_as_many_children_as_it_says(shown: Store, engine: Engine):
    team = engine.groups(asking()).iloc[2]["team"]
    _, *rows = Screen("action_planning", team=team).tables[SIX]
    for *_, (words, link) in rows:
        title, count = words.rsplit(": ", 1)
        if link:
            screen = Screen.at(link)
            assert "policy: Cheshire East" in screen.text
            assert len(screen.rows(f"Children on the list: {title}")) == int(count)


def test_for_all_there_is_a_row_a_child(shown: Store, engine: Engine):
    screen = Screen("action_planning")
    frame = tracker(engine, "cheshire_east", SCOPE)
    rows = screen.rows(caption("County"))
    assert [row["Child ID"] for row in rows] == list(frame["child_id"])[:100]
    first = plain_rows(frame)[0]
    assert rows[0]["Plan"] == (first["plan"] or "no current plan")
    for question in QUESTIONS:
        answer = first[question.id]
        assert rows[0][heading(question.id)] == (f"no: {first[f'{question.id}_reason']}" if answer == NO else answer)


def test_written_information_has_its_day_and_its_age(shown: Store, engine: Engine):
    row = next(
        row for row in plain_rows(tracker(engine, "cheshire_east", SCOPE)) if row["supervision"] and row["supervision_days"] > 1
    )
    screen = Screen("action_planning", team=row["team"], worker=row["worker"])
    actual = next(line for line in screen.rows(caption(row["worker"])) if line["Child ID"] == row["child_id"])
    day, days = british(row["supervision_date"]), row["supervision_days"]
    assert actual["Supervision"] == f"{row['supervision']} ({day}, {days} days ago)"
    text = Screen("action_planning", child=row["child_id"]).text
    assert f"Supervision {row['supervision']} {day}, {days} days ago, {row['supervision_author']}" in text


def test_a_team_and_a_worker_can_be_chosen_and_stand_in_the_address(shown: Store, engine: Engine):
    frame = tracker(engine, "cheshire_east", SCOPE)
    worker = frame["worker"].mask(frame["worker"] == RESTRICTED_RECORD).value_counts().index[0]
    mine = frame[frame["worker"] == worker]
    screen = Screen("action_planning")
    screen.app.selectbox(key="choose worker").set_value(worker).run()
    assert screen.app.query_params["worker"] == worker
    assert [row["Child ID"] for row in screen.rows(caption(worker))][: len(mine)] == list(mine["child_id"])
    team = mine.iloc[0]["team"]
    shown_rows = Screen("action_planning", team=team).rows(caption(team))
    assert len(shown_rows) == min((frame["team"] == team).sum(), 100)
    assert "Team" not in shown_rows[0]


def test_a_worker_without_children_here_is_said_to_have_none(shown: Store):
    screen = Screen("action_planning", worker="Nobody")
    assert "which is not available here" in screen.text
    assert not screen.broken


def test_the_noes_to_a_question_can_be_shown_alone(shown: Store, engine: Engine):
    frame = tracker(engine, "cheshire_east", SCOPE)
    question = "entries_consistent"
    screen = Screen("action_planning", question=question)
    rows = screen.rows(caption("County"))
    named = [row for row in rows if row["Child ID"] != RESTRICTED_RECORD]
    assert {row["Child ID"] for row in named} == set(frame.loc[frame[question] == NO, "child_id"])
    assert all(row[heading(question)].startswith("no: ") for row in named)


def test_restricted_records_stay_on_the_list_of_a_question_and_tell_no_answer(shown: Store, engine: Engine):
    frame, every = tracker(engine, "cheshire_east", SCOPE), plain_rows(counts(engine, "cheshire_east", SCOPE))
    # One that a restricted record answers with no.
    actual = next(row for row in every if (frame[row["question"]] == NO).sum() < row["no"])
    question = actual["question"]
    hidden = int((frame["child_id"] == RESTRICTED_RECORD).sum())
    screen = Screen("action_planning", question=question)
    assert f"Restricted records stay on the list ({hidden}): their details are hidden." in screen.text
    restricted = [row for row in screen.rows(caption("County")) if row["Child ID"] == RESTRICTED_RECORD]
    assert len(restricted) == hidden > 0 and not any(row[heading(question)] for row in restricted)
    # So the list is never shorter than the number that the question counts.
    assert (frame[question] == NO).sum() < actual["no"] <= (frame[question] == NO).sum() + hidden


def test_a_child_has_a_view_of_its_own_with_six_answers_and_their_reasons(shown: Store, engine: Engine):
    frame = tracker(engine, "cheshire_east", SCOPE)
    row = plain_rows(frame[frame["options"].fillna("").str.contains("; ")])[0]
    screen = Screen("action_planning", child=row["child_id"])
    assert not screen.broken
    answers = [(line["Answer"], line["Why"]) for line in screen.rows("The six questions about this child")]
    assert answers == [(row[question.id], row[f"{question.id}_reason"]) for question in QUESTIONS]
    assert len(screen.rows("Options being explored")) == row["options"].count("; ") + 1
    assert "Filter lists" not in [one.label for one in screen.app.expander]  # they are of lists of children
    assert f"{row['child_id']} · {row['name']}" in screen.text
    assert f"Legal track {row['legal_track'] or 'not recorded'}" in screen.text


def test_from_a_row_to_the_child_and_back_keeps_the_choices(shown: Store, engine: Engine):
    team = engine.groups(asking()).iloc[2]["team"]
    _, (first, *_), *_ = Screen("action_planning", team=team).tables[caption(team)]
    own = Screen.at(first[1])
    assert f"{first[0]} · " in own.text
    assert f"action_planning?team={team.replace(' ', '+')}" in own.html


def test_a_child_is_found_by_the_other_identifier_and_an_unknown_one_is_said_to_be_so(shown: Store, engine: Engine):
    row = plain_rows(tracker(engine, "cheshire_east", SCOPE))[0]
    assert f"{row['child_id']} · {row['name']}" in Screen("action_planning", child=row["legacy_id"]).text
    screen = Screen("action_planning", child="<b>7</b>")
    assert any(alert.startswith("<b>7</b> is not the identifier of a child") for alert in screen.alerts)
    assert "<b>7</b>" not in screen.html
    assert screen.rows(SIX)


def test_a_child_who_is_not_in_care_on_the_day_is_not_on_the_tracker(shown: Store, engine: Engine):
    rows = [row for row in plain_rows(tracker(engine, "cheshire_east", SCOPE)) if row["entered_care"]]
    row = max(rows, key=lambda row: row["entered_care"])
    day = row["entered_care"].replace(day=1, year=row["entered_care"].year - 2)
    assert "Not a child in care on" in Screen("action_planning", child=row["child_id"], date=day.isoformat()).text


def test_the_download_holds_every_answer_and_reason_and_the_written_words(shown: Store, engine: Engine):
    heading = as_csv(tracker(engine, "cheshire_east", SCOPE)).decode("utf-8-sig").splitlines()[0].split(",")
    assert {question.id for question in QUESTIONS} | {f"{question.id}_reason" for question in QUESTIONS} <= set(heading)
    assert {"summary", "summary_date", "summary_days", "supervision", "decision", "options", "legal_track"} <= set(heading)


@pytest.fixture(scope="module")
def odd_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Notes that try to be more than text, a restricted record, and hardly any local extract."""
    folder = tmp_path_factory.mktemp("odd")
    extracts = odd_night.odd_records()
    words = f'<b>Bold</b> ![x](http://{odd_night.ELSEWHERE}/x.png)\n=HYPERLINK("http://{odd_night.ELSEWHERE}")'
    extracts["local_case_notes"] = [
        {"person_id": child, "note_type": "SUPERVISION", "note_date": "2026-10-01", "author": odd_night.WORKER, "text": words}
        for child in ("001", "002")
    ]
    extracts["local_permanence_options"] = [
        {"person_id": "001", "option_type": "SGO", "carer_label": odd_night.CHILD, "referral_date": "2026-09-01"}
    ]
    return publish(folder / "store", POLICY, write_extracts(folder / "extracts", extracts))


@pytest.fixture
def odd(odd_store: Store, shared_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("TRACKER_STORE", str(odd_store.path))
    return odd_store


@pytest.mark.parametrize("choices", [{}, {"child": "001"}, {"worker": odd_night.WORKER}, {"question": "assessments_complete"}])
def test_written_information_is_shown_as_text(odd: Store, choices: dict[str, str]):
    screen = Screen("action_planning", **choices)
    assert not screen.broken
    for obeyed in ("<b>", "<img", f'href="http://{odd_night.ELSEWHERE}'):
        assert obeyed not in screen.html
    assert "<b>Bold</b> ![x](http://" in screen.text
    assert "(<img src=x onerror=alert(1)>)" in screen.text or choices.get("child")


def test_a_restricted_record_is_counted_and_shown_without_particulars(odd: Store):
    screen = Screen("action_planning")
    assert "County: 2 children in care" in screen.text
    _, *rows = screen.tables[caption("County")]
    (hidden,) = [row for row in rows if row[0][0] == RESTRICTED_RECORD]
    assert all(link is None for _, link in hidden)
    assert [text for text, _ in hidden if text] == [RESTRICTED_RECORD, odd_night.TEAM, RESTRICTED_RECORD]
    assert not any(name in screen.html for name in odd_night.RESTRICTED_NAME.split())
    assert not any(name in Screen("action_planning", child="002").html for name in odd_night.RESTRICTED_NAME.split())


def test_what_was_not_supplied_is_never_yes_or_no(odd: Store):
    screen = Screen("action_planning")
    rows = screen.rows(SIX)
    assert [(row["Yes"], row["No"], row["No answer"]) for row in rows[1:5]] == [("0", "0", "2")] * 4
    assert "needs the extract Visits to children in care" in rows[4]["List to work through"]
    watched = {row["Figure"]: row["Children"] for row in screen.rows("Figures to watch")}
    assert watched["Aged 15 and a half or over, no pathway plan"] == "not supplied"
    assert "Aged 3 or over, adoption never considered" in watched
    (row,) = [row for row in screen.rows(caption("County")) if row["Child ID"] == "001"]
    assert row[heading("visited_in_time_and_alone")] == "not supplied"
    assert row["Legal track"] == "not supplied"
    assert {row[heading("assessments_complete")].split(":")[0], row[heading("entries_consistent")]} == {NO, YES}
