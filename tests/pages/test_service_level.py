"""The pages of the service level: their numbers are the answers', their links lead on, and odd or missing data does no harm."""

from __future__ import annotations

from pathlib import Path

import pandas
import pytest

from data.store.store import Store
from metrics.answers.headlines import headlines
from metrics.answers.service import adopters, adoption, connected_persons, long_term_fostering, papers, proceedings, weekly
from metrics.engine.engine import Engine
from tests.deep import some
from tests.pages import odd_night
from tests.pages.screen import Screen
from tests.support.copies import copy_of
from tests.support.extracts import write_extracts
from tests.support.scopes import asking
from tests.support.service_nights import service_store
from ui.service.weekly import figure
from words.few import FEWEST_IN_CARE, share_words
from words.labels import RESTRICTED_RECORD, TOO_FEW

POLICY = "hertfordshire_service"
PAGES = ("weekly", "papers", "adoption", "long_term_fostering", "connected_persons", "proceedings")
MARKUP = "<b>Aunt</b> ![x](http://elsewhere.example)"
LOCAL = ("local_meetings", "local_permanence_options", "local_carer_matches", "local_care_proceedings", "ssd_permanence",
         "ssd_cla_reviews", "ssd_pre_proceedings", "local_documents")  # fmt: skip


@pytest.fixture
def served(service_county_store: Store, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setenv("TRACKER_STORE", str(service_county_store.path))
    return Engine(service_county_store.current(), service_county_store.settings)


@pytest.fixture(scope="module")
def odd_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The odd night, whose two children are on every list of these pages; one of them is restricted."""
    folder = tmp_path_factory.mktemp("odd service")
    found = odd_night.odd_records() | {table: [] for table in LOCAL}
    for child in ("001", "002"):
        found["local_permanence_options"] += [
            {"person_id": child, "option_type": kind, "referral_date": "2026-01-10", "carer_label": MARKUP}
            for kind in ("SGO", "ADOPTION")
        ]
        found["local_care_proceedings"].append({"person_id": child, "issued_date": "2026-02-01"})
        found["ssd_pre_proceedings"].append(
            {"prep_person_id": child, "prep_pre_pro_decision_date": "2026-03-01", "prep_legal_gateway_outcome": MARKUP}
        )
        found["local_documents"].append(
            {"person_id": child, "document_type": "PROFILE", "sent_date": "2026-10-01", "sent_to": "FOSTERING_TEAMS"}
        )
    for table, started in (
        ("ssd_cla_episodes", "clae_cla_episode_start_date"),
        ("ssd_cla_care_plan", "lacp_cla_care_plan_start_date"),
    ):
        found[table] = [row | {started: "2025-11-01"} for row in found[table]]
    return service_store(folder / "store", write_extracts(folder / "extracts", found, someone_else=True), odd_night.AS_AT)


@pytest.fixture
def odd(odd_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("TRACKER_STORE", str(odd_store.path))
    return odd_store


@pytest.fixture
def team(served: Engine) -> dict[str, str]:
    """The team with the most children without a planning meeting."""
    rows = weekly.without_meeting(served, POLICY, asking()).groupby(["service", "team"]).size()
    service, team = rows.idxmax()
    return {"service": service, "team": team}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_says_its_policy_and_answers_for_any_other_day(served: Engine, page: str):
    screen = Screen(page)
    assert not screen.broken
    assert "policy: Hertfordshire, service level" in screen.text
    other = Screen(page, date="2026-10-15")
    assert not other.broken and "As at 15/10/2026" in other.text


def test_the_pages_are_there_only_where_the_policy_is_in_use(shared_store: Store):
    assert "which this council does not use" in Screen("weekly").text


def test_the_headline_is_the_share_of_the_tracked_children_with_a_meeting(served: Engine):
    [found] = weekly.tracked(served, POLICY, asking()).to_dict("records")
    text = Screen("weekly").text
    assert f"{found['share']:.1f}%" in text
    assert f"{found['with_meeting']} of {found['population']} children" in text
    assert f"{found['without_meeting']} have not" in text


def test_the_teams_add_up_and_each_number_leads_to_its_children(served: Engine):
    screen = Screen("weekly")
    rows = screen.rows("Weekly tracking by team")
    assert sum(int(row["No meeting"]) for row in rows) == len(screen.rows("No planning meeting, County"))
    heading, *cells = screen.tables["Weekly tracking by team"]
    place = [title for title, _ in heading].index("No meeting")
    count, link = next(row[place] for row in cells if row[place][1])
    listed = next(rows for caption, rows in Screen.at(link).tables.items() if caption.startswith("Children on the list"))
    assert len(listed) - 1 == int(count)


def test_no_share_is_said_of_a_team_or_worker_with_too_few_children(served: Engine, team):
    county, small = Screen("weekly"), Screen("weekly", **team)
    rows = [*county.rows("Weekly tracking by team"), *small.rows("Weekly tracking by worker")]
    rows += small.rows("Weekly tracking by month end, as now known")
    assert any(row["Share with a meeting"] == TOO_FEW for row in rows)
    for row in rows:
        assert row["Share with a meeting"] == share_words(int(row["Meeting held"]), int(row["On the tool"]))
    [found] = weekly.tracked(served, POLICY, asking(services=(team["service"],), teams=(team["team"],))).to_dict("records")
    assert found["population"] < FEWEST_IN_CARE
    headline = small.text.split("Children without a planning meeting")[0]
    assert TOO_FEW in headline and "%" not in headline.replace("90.3%", "")
    assert f"{found['with_meeting']} of {found['population']} children" in small.text


def test_a_month_with_too_few_children_is_no_point_of_the_chart(served: Engine):
    """And a chart that would have none is not drawn."""
    groups = served.groups(asking()).sort_values("children")
    of = groups.iloc[0]
    text = Screen("weekly", service=of["service"], team=of["team"]).text
    assert f"Fewer than {FEWEST_IN_CARE} children at each month end: {TOO_FEW}." in text
    assert "children at each month end:" not in Screen("weekly").text
    months = pandas.DataFrame({"as_at": pandas.to_datetime(["2026-09-30", "2026-10-31"]), "population": [19, 20]})
    assert figure(months.assign(share=[50.0, 25.0]))["data"][0]["y"] == [None, 25.0]


def test_a_teams_page_is_that_teams_and_its_workers(served: Engine, team):
    screen = Screen("weekly", **team)
    scope = asking(services=(team["service"],), teams=(team["team"],))
    expected = weekly.without_meeting(served, POLICY, scope)
    rows = screen.rows(f"No planning meeting, {team['team']}")
    assert [row["Child ID"] for row in rows] == list(expected["child_id"])
    assert sum(int(row["No meeting"]) for row in screen.rows("Weekly tracking by worker")) == len(expected)


def test_what_else_to_watch_is_the_engines_figures(served: Engine):
    shown = {row["Figure"]: row["Children"] for row in Screen("weekly").rows("Figures to watch")}
    counted = {headline.rule.title: headline.children for headline in headlines(served, POLICY, asking())}
    assert len(shown) == 7
    assert {title.removesuffix(": overdue"): int(count) for title, count in shown.items()} == {
        title: count for title, count in counted.items() if title in {name.removesuffix(": overdue") for name in shown}
    }
    assert "Second review: overdue" in shown


def test_the_adoption_tracker_shows_its_answers(served: Engine):
    screen = Screen("adoption", show="all")
    before = adoption.before_decision(served, POLICY, asking())
    after = adoption.journeys(served, POLICY, asking())
    assert len(screen.rows("Before the agency decision, County")) == len(before)
    assert len(screen.rows("After the agency decision, County")) == (after["rule"] == "post_adm").sum()
    medians = adoption.medians(served, POLICY, asking())
    shown = screen.rows("Days between the stages")
    assert [row["From and to"] for row in shown] == list(medians["step"])
    assert [int(row["Children"]) for row in shown] == list(medians["children"])
    longest = [int(row["Days since entry"].replace(",", "")) for row in screen.rows("The longest journeys, County")]
    assert longest == sorted(longest, reverse=True) and longest[0] == after["days_so_far"].max()
    stages = {row["Stage"]: int(row["Adopters"]) for row in screen.rows("Prospective adopters by stage")}
    assert stages == adopters.by_stage(served).set_index("stage")["adopters"].to_dict()


def test_before_the_decision_the_two_reasons_are_apart(served: Engine):
    before = adoption.before_decision(served, POLICY, asking())
    legal = (before["detail"] == "legal planning meeting held").sum()
    caption = "Before the agency decision, County"
    assert len(Screen("adoption").tables.get(caption, [()])) - 1 == len(before) - legal
    assert len(Screen("adoption", show="legal").rows(caption)) == legal > 0


def test_long_term_fostering_counts_and_lists_those_who_wait(served: Engine):
    [latest] = long_term_fostering.waiting(served, POLICY, asking(), [served.as_at]).to_dict("records")
    text = Screen("long_term_fostering").text
    assert f"{latest['match']} waiting for a match" in text
    assert f"{latest['ratification']} aged 14 or over waiting for ratification by review" in text
    rows = Screen("long_term_fostering", show="ratification").rows("Waiting for ratification, County")
    named = [row for row in rows if row["Child ID"] != RESTRICTED_RECORD]  # a restricted record stays on the list
    assert {row["Waits for"] for row in named} == {"ratification"} and len(named) <= latest["ratification"]
    assert all(int(row["Age"]) >= 14 for row in named)


def test_connected_persons_counts_by_stage_and_month(served: Engine):
    screen = Screen("connected_persons")
    days = served.trend_dates(served.as_at)
    stages = connected_persons.by_stage(served, POLICY, asking(), days)
    assert [int(row["Children"]) for row in screen.rows("Open by stage")] == list(stages["children"])
    activity = connected_persons.activity(served, POLICY, asking(), days)
    assert [int(row["Referral"]) for row in screen.rows("Activity by month")] == list(activity["referral"])
    rows = Screen("connected_persons", stage="assessment").rows("Open options, County")
    assert {row["Stage of the child"] for row in rows} == {"assessment"}


def test_proceedings_lists_those_in_care_and_those_who_are_not(served: Engine):
    screen = Screen("proceedings")
    for title, rule in (("In pre-proceedings", proceedings.BEFORE), ("In care proceedings", proceedings.IN_COURT)):
        expected = proceedings.court(served, POLICY, rule, asking())
        rows = screen.rows(f"{title}, County")
        assert [row["Child ID"] for row in rows] == list(expected["child_id"])[:100]
        assert [int(row["Weeks"]) for row in rows if row["Weeks"]] == list(expected["weeks"].dropna())[:100]


def test_papers_counts_what_is_overdue_and_leads_to_the_children(served: Engine):
    rules = papers.rules(served.policies[POLICY])
    frame, screen = served.children(POLICY, [rule.id for rule in rules], asking()), Screen("papers")
    rows = screen.tables["Papers and meetings"]
    overdue = {row[0][0]: row[1] for row in rows[1:]}
    for rule in rules:
        assert int(overdue[rule.title][0].replace(",", "")) == (frame["rule"] == rule.id).sum()
    rule = max(rules, key=lambda rule: (frame["rule"] == rule.id).sum())
    there = Screen.at(overdue[rule.title][1])
    listed = [row["Child ID"] for row in there.rows(f"{rule.title}, County")]
    assert listed and listed == list(frame[frame["rule"] == rule.id]["child_id"])[:100]


def test_papers_opens_on_the_first_paper_that_children_wait_for(served: Engine):
    rules = [rule.id for rule in papers.rules(served.policies[POLICY])]
    rows = served.children(POLICY, rules, asking(), served.as_at)
    waiting = rows[rows["team"].notna()].groupby("team")["rule"].agg(set)
    # A team for which children do not wait for the first paper, and one for which they do, where there are such.
    begins = {next(rule for rule in rules if rule in found): team for team, found in waiting.items()}
    assert set(begins) - {rules[0]}
    for first, team in begins.items():
        assert Screen("papers", team=team).app.query_params["paper"] == first


def test_a_paper_whose_extract_is_missing_is_not_supplied(bare: Store):
    screen = Screen("papers", paper="life_story_work")
    assert not screen.broken
    rows = {row["Paper or meeting"]: row["Overdue or missing"] for row in screen.rows("Papers and meetings")}
    assert rows["Life story work not started"] == "not supplied"
    assert "not supplied. It needs the extract Documents and who was told (local)" in screen.text


def test_a_paper_whose_rule_has_a_mistake_is_not_available(bare_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    store = copy_of(bare_store, tmp_path / "store")
    with (store.path / "settings.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[limits.{POLICY}.plan_updated_28d]\ndays = "x"\n')
    monkeypatch.setenv("TRACKER_STORE", str(store.path))
    screen = Screen("papers")
    words = {row["Paper or meeting"]: row["Overdue or missing"] for row in screen.rows("Papers and meetings")}
    assert not screen.broken and words["Care plan updated after the first review"] == "not available"


def test_a_childs_page_shows_the_rows_of_the_extract_behind_the_service_level(served: Engine):
    rules = [rule.id for rule in served.policies[POLICY].rules]
    frame = served.children(POLICY, rules, asking())
    for rule_id, mine in some(frame[frame["name"].notna()].groupby("rule"), 4):
        screen = Screen("child", child=mine.iloc[0]["child_id"])
        assert not screen.broken
        title = served.rule(POLICY, rule_id).title
        assert title in screen.text
        assert screen.tables.get(f"Extract rows behind: {title}"), rule_id


@pytest.mark.parametrize("page", PAGES)
def test_data_is_shown_as_text_and_a_restricted_child_nowhere(odd: Store, page: str):
    screen = Screen(page, show="all", **({"paper": "life_story_work"} if page == "papers" else {}))
    assert not screen.broken
    assert "<b>" not in screen.html and "<img" not in screen.html
    assert f'href="http://{odd_night.ELSEWHERE}' not in screen.html
    assert not any(name in screen.html for name in odd_night.RESTRICTED_NAME.split())
    named = [rows for caption, rows in screen.tables.items() if ", County" in caption and rows[0][0][0] == "Child ID"]
    assert any("Restricted record" in {row[0][0] for row in rows} for rows in named) and "001" in screen.text


def test_what_streamlit_reads_as_markdown_holds_no_data(odd: Store):
    for page in PAGES:
        for element in Screen(page).app.main:
            words = str(getattr(element, "label", "") or "") if element.type != "html" else ""
            assert odd_night.ELSEWHERE not in words and "Aunt" not in words


@pytest.mark.parametrize(("page", "says"), [
    ("weekly", "Weekly tracking: no planning meeting: not supplied. It needs the extract Meetings (local)."),
    ("adoption", "Adoption: after the agency decision: not supplied. It needs the extract Permanence"),
    ("adoption", "Not supplied. It needs the extract Prospective adopters (local)."),
    ("long_term_fostering", "Long-term fostering: awaiting a match: not supplied. It needs the extract Matches with carers (local)."),
    ("connected_persons", "Connected person's assessment open: not supplied. It needs the extract"),
    ("proceedings", "In pre-proceedings: not supplied. It needs the extract Pre-proceedings."),
    ("proceedings", "In care proceedings: not supplied. It needs the extract Care proceedings (local)."),
])  # fmt: skip
def test_what_was_not_supplied_is_said_with_the_extract_that_would_bring_it(bare: Store, page: str, says: str):
    screen = Screen(page)
    assert not screen.broken
    assert says in screen.text


@pytest.fixture(scope="module")
def bare_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return odd_night.publish_odd_night(tmp_path_factory, tmp_path_factory.mktemp("bare service"), POLICY)


@pytest.fixture
def bare(bare_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("TRACKER_STORE", str(bare_store.path))
    return bare_store


def test_a_policy_without_countywide_rules_leaves_the_countywide_page_calm(served: Engine):
    screen = Screen("countywide", policy=POLICY)
    assert not screen.broken
    assert f"The policy {served.policies[POLICY].name} has no rule for this page." in screen.text
