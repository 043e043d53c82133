"""The Monday pack: the engine's answers, for a team, a service or the county, and one file for every team."""

from __future__ import annotations

from pathlib import Path

import pytest

import tracker
from data.store.store import Store
from metrics.answers.headlines import headlines
from metrics.answers.service import weekly
from metrics.engine.engine import Engine
from packs.lists.answers import COMING_DAYS
from packs.saving import PackError
from packs.weekly.pack import write_weekly_pack, write_weekly_packs
from tests.packs.reading_back import number, read_pack, table
from tests.support.scopes import asking
from words.few import FEWEST_IN_CARE
from words.labels import TOO_FEW

POLICY = "hertfordshire_service"
RULES = (
    "weekly_no_ppm",
    "ppm_10_weeks",
    "second_review",
    "ppm_before_second_review",
    "placement_order_review_3m",
    "placement_order_6m",
    "three_moves_under_12",
    "parp_referred",
)


@pytest.fixture(scope="module")
def store(service_county_store: Store) -> Store:
    return service_county_store


@pytest.fixture(scope="module")
def served(store: Store) -> Engine:
    return Engine(store.current(), store.settings)


@pytest.fixture(scope="module")
def team(served: Engine) -> tuple[str, str]:
    """The team with the most children without a planning meeting."""
    return weekly.without_meeting(served, POLICY, asking()).groupby(["service", "team"]).size().idxmax()


@pytest.fixture(scope="module")
def pack(served: Engine, team, tmp_path_factory: pytest.TempPathFactory):
    return read_pack(write_weekly_pack(served, tmp_path_factory.mktemp("pack") / "monday.xlsx", POLICY, *team))


def test_the_front_says_the_headline_of_the_team(pack, served: Engine, team):
    [found] = weekly.tracked(served, POLICY, asking(services=team[:1], teams=team[1:])).to_dict("records")
    words = " ".join(str(cell.value) for row in pack["Front"].iter_rows() for cell in row if cell.value is not None)
    assert f"Weekly tracking pack: {team[1]}" in words
    assert found["population"] < FEWEST_IN_CARE
    assert f"Too few to tell: {found['with_meeting']} of {found['population']} children" in words


def test_every_list_of_the_pack_is_the_engines_list(pack, served: Engine, team):
    scope = asking(services=team[:1], teams=team[1:])
    front = table(pack["Front"], "List")
    figures = {headline.rule.id: headline for headline in headlines(served, POLICY, scope)}
    assert [number(row["Children"]) for row in front] == [figures[rule].children for rule in RULES]
    for place, rule in enumerate(RULES, start=1):
        sheets = [sheet for sheet in pack if sheet.title.startswith(f"{place} ")]
        listed = [row["Child ID"] for sheet in sheets for row in table(sheet, "Child ID") if row.get("Since")]
        assert listed == list(served.children(POLICY, (rule,), scope)["child_id"])
        # A list without a child is a zero on the front, and no empty page.
        assert len(sheets) == (1 if figures[rule].children else 0)
    assert front[0]["Children"] > 0


def test_the_workers_add_up_to_the_team(pack):
    headline, *_ = table(pack["Front"], "List")
    assert sum(row["No meeting"] for row in table(pack["Workers"], "Worker")) == headline["Children"]


def test_coming_next_is_who_reaches_a_limit_in_four_weeks(pack, served: Engine, team):
    coming = served.coming_next(POLICY, asking(services=team[:1], teams=team[1:]), within_days=COMING_DAYS)
    expected = coming[coming["rule"].isin(RULES)]
    rows = [row for row in table(pack["Coming next"], "Child ID") if row.get("Since")]
    assert [(row["Child ID"], row["Days left"]) for row in rows] == list(
        zip(expected["child_id"], expected["due_in"], strict=True)
    )


def test_no_cell_is_a_formula_and_every_sheet_is_linked_from_the_front(pack):
    cells = [cell for sheet in pack for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    linked = {cell.hyperlink.location.split("'")[1] for row in pack["Front"] for cell in row if cell.hyperlink}
    assert linked == set(pack.sheetnames) - {"Front"}


def test_the_headline_of_the_county_and_the_shares_of_its_workers(served: Engine, tmp_path: Path):
    """A share where there are twenty children or more, as on the page, and else that they are too few."""
    pack = read_pack(write_weekly_pack(served, tmp_path / "county.xlsx", POLICY))
    [found] = weekly.tracked(served, POLICY, asking()).to_dict("records")
    words = " ".join(str(cell.value) for row in pack["Front"].iter_rows() for cell in row if cell.value is not None)
    assert f"{found['share']:.1f}%: {found['with_meeting']} of {found['population']} children" in words
    for row in (*table(pack["Workers"], "Worker"), *table(pack["Front"], "Share with a meeting")):
        held, of = row["Meeting held"], row["On the tool"]
        assert row["Share with a meeting"] == (TOO_FEW if of < FEWEST_IN_CARE else pytest.approx(held / of))


def test_a_folder_has_a_pack_for_every_team(served: Engine, team, tmp_path: Path):
    service = team[0]
    written = write_weekly_packs(served, tmp_path, POLICY, service)
    teams = served.groups(asking()).query("service == @service")["team"]
    assert sorted(path.name for path in written) == sorted(f"weekly {name} 2026-10-31.xlsx" for name in teams)
    assert all(path.exists() for path in written)
    with pytest.raises(PackError, match="does not exist"):
        write_weekly_packs(served, tmp_path / "nowhere")


def test_the_command_line_writes_one_pack_or_one_for_every_team(store: Store, team, tmp_path: Path, capsys):
    command = ["pack", "weekly", "--store", str(store.path), "--service", team[0]]
    assert tracker.main([*command, "--team", team[1], "--out", str(tmp_path / "monday.xlsx")]) == 0
    assert read_pack(tmp_path / "monday.xlsx")["Front"]["A1"].value == f"Weekly tracking pack: {team[1]}"
    (tmp_path / "teams").mkdir()
    assert tracker.main([*command, "--out", str(tmp_path / "teams")]) == 0
    assert capsys.readouterr().out.count("Written to") == 1 + len(list((tmp_path / "teams").iterdir()))


def test_without_the_policy_it_is_refused(county_store: Store, tmp_path: Path, capsys):
    assert tracker.main(["pack", "weekly", "--store", str(county_store.path), "--out", str(tmp_path / "monday.xlsx")]) == 1
    assert "No policy in use brings the page 'weekly': settings.toml has hertfordshire." in capsys.readouterr().err
