"""How figures are made: each rule's wording, limit, source and file, and the worked examples of the tests."""

from __future__ import annotations

import re
from datetime import date

import pytest

from data.settings import Settings
from metrics.engine.catalogue import measure_files, read_measure
from metrics.engine.policies import policies_in_use
from metrics.engine.sql_terms import spoken
from metrics.engine.terms import made, terms
from metrics.reviews import review_remarks
from tests.metrics.boundary_cases import as_rows
from tests.pages.odd_night import publish_odd_night
from tests.pages.screen import Screen
from tests.support.copies import copy_of

NIGHT = date(2026, 10, 31)
RULES = policies_in_use(Settings())["hertfordshire"].rules


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_explained_from_its_own_file(rule):
    screen = Screen("figures", rule=rule.id)
    words = " ".join(screen.text.split())
    assert rule.wording in words
    assert rule.source in words
    assert rule.reading in words
    assert rule.measure.why in words
    # The terms of the SQL are links, and a tag is read as a space.
    assert "".join(rule.measure.text.split()) in "".join(words.split())
    assert (rule.limits[0].words if rule.limits else "none: a child is listed as soon as the condition is met") in words


def test_how_a_wording_is_read_is_said_beside_it_where_it_can_be_read_in_more_than_one_way():
    words = " ".join(Screen("figures", rule="placement_order_12m").text.split())
    assert "How the wording is read A placement order counts for as long as its legal status is open" in words
    assert "How the wording is read" not in Screen("figures", rule="plan_residential").text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_worked_examples_of_a_rule_are_the_sentences_of_its_tests(rule):
    shown = [row["Case"] for row in Screen("figures", rule=rule.id).rows(f"Worked examples of {rule.title}")]
    assert shown == [row["sentence"] for row in as_rows() if row["rule"] == rule.id]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_term_of_a_rules_sql_leads_to_its_definition_on_the_page(rule):
    html = Screen("figures", rule=rule.id).html
    sought = re.findall(r'href="#(term-[^"]+)"', html)
    assert len(sought) == len(spoken(rule.measure.sql).mentions) > 0
    assert set(sought) <= set(re.findall(r'id="(term-[^"]+)"', html))
    assert len(re.findall(r'id="(term-[^"]+)"', html)) == len(set(re.findall(r'id="(term-[^"]+)"', html)))


def test_a_term_has_its_definition_its_sql_and_its_worked_examples():
    screen = Screen("figures", rule="no_current_plan")
    columns = {row["Column"]: row for row in screen.rows("Columns of spine in this SQL")}
    assert columns["no_plan_since"]["What it means"] == terms()["spine.no_plan_since"].words
    examples = [row["sentence"] for row in as_rows() if row["term"] == "Since when there is no plan"]
    assert columns["no_plan_since"]["Worked examples"] == f"Since when there is no plan: {len(examples)}"
    assert re.search('href="#examples-spine"[^>]*>Since when there is no plan: ', screen.html)
    assert 'id="examples-spine"' in screen.html
    assert set(examples) <= {row["Case"] for row in screen.rows("Worked examples of the term spine")}
    assert "".join(made()["spine"].sql.split()) in "".join(screen.text.split())
    assert "The SQL that makes it: metrics/spine/10_spine.sql" in screen.text


def test_a_definition_that_was_to_be_reviewed_by_now_is_said_to_be_overdue(county_store, tmp_path, monkeypatch):
    own = copy_of(county_store, tmp_path / "store")
    text = read_measure(measure_files()["no_current_plan"]).text
    (own.path / "measures").mkdir()
    (own.path / "policies").mkdir()
    reviewed = text.replace("reviewed: 2026-11-28", "reviewed: 2024-10-30").replace(
        "next_review: 2027-11-28", "next_review: 2025-10-30"
    )
    (own.path / "measures" / "ours.sql").write_text(
        reviewed.replace("owner: Performance and analysis team\n", "owner: The IRO service\n")
    )
    (own.path / "measures" / "bare.sql").write_text(text[: text.index("-- out of")] + text[text.index("select\n") :])
    rule = '\n[[rule]]\nid = "{0}"\ntitle = "{0}"\nmeasure = "{0}"\nparameters = {{ due_months = 4, pathway_plan_age = 15 }}\n'
    rule += 'level = "service"\nwording = "No plan"\nsource = "1"\n'
    heading = '[policy]\nid = "own"\nname = "Own"\ndocument = "Ours"\n'
    (own.path / "policies" / "own.toml").write_text(heading + rule.format("ours") + rule.format("bare"))
    (own.path / "settings.toml").write_text('policies = ["own"]\n')
    monkeypatch.setenv("TRACKER_STORE", str(own.path))
    screen = Screen("figures", rule="ours")
    assert "30/10/2024; next review by 30/10/2025 (overdue)" in screen.text
    assert "The IRO service" in screen.text
    assert "not named" in Screen("figures", rule="bare").text
    remarks = review_remarks(policies_in_use(own.settings), own.settings, NIGHT)
    assert remarks[0].startswith("A measure was to be reviewed by 30/10/2025: ours.")
    assert remarks[1].startswith("measures/bare.sql is used as it is; its header does not give 'out of', 'owner'")
    assert len(remarks) == 2
    assert review_remarks(policies_in_use(own.settings), own.settings, date(2025, 10, 30))[0].startswith("measures/bare.sql")
    (own.path / "settings.toml").write_text('policies = ["own"]\nowner_of_figures = "Children\'s performance"\n')
    assert "Children's performance" in Screen("figures", rule="ours").text
    (own.path / "policies" / "own.toml").write_text(heading + 'owner = "The panel"\n' + rule.format("ours"))
    assert "The panel" in Screen("figures", rule="ours").text


def test_an_extract_that_was_not_supplied_is_said_to_be_so(county_store, tmp_path_factory, tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_STORE", str(publish_odd_night(tmp_path_factory, tmp_path).path))
    screen = Screen("figures", rule="no_current_plan")
    assert "Not supplied. It needs the extract Care leavers and pathway plans." in screen.alerts
    assert "ssd_care_leavers, not supplied" in screen.text
