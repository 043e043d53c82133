"""The pack of journeys, read back: every figure, share and child in it is the answer's."""

from __future__ import annotations

from pathlib import Path

import pytest

import tracker
from data.store.store import Store
from metrics.answers.journeys import ROUTES, journeys, longest
from metrics.answers.journeys.words import STATES, sentence
from metrics.engine.engine import Engine
from packs.journeys.pack import write_journeys_pack
from tests.packs.reading_back import read_pack
from tests.support.scopes import asking

NOBODY = asking(roles=frozenset())


def cells(sheet) -> list[tuple]:
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


@pytest.fixture(scope="module")
def pack(engine: Engine, tmp_path_factory: pytest.TempPathFactory):
    return read_pack(write_journeys_pack(engine, tmp_path_factory.mktemp("pack") / "journeys.xlsx"))


def test_there_is_a_sheet_for_every_route_and_the_front_says_every_headline(pack, engine: Engine):
    assert pack.sheetnames == ["Front", *(route.title for route in ROUTES)]
    said = {row[2] for row in cells(pack["Front"])}
    for route in ROUTES:
        answer = journeys(engine, route.id, NOBODY)
        assert {sentence(answer, of_step) for of_step in answer.steps} <= said


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.id)
def test_the_figures_the_curves_and_the_longest_are_the_answers(pack, engine: Engine, route):
    rows, answer = cells(pack[route.title]), journeys(engine, route.id, NOBODY)
    for of_step in answer.steps:
        for figures in of_step.years:
            [found] = [row for row in rows if row[:2] == (of_step.step.title, figures.year)]
            assert found[2:6] == (figures.started, figures.reached, figures.waiting, figures.ended)
            expected = ["too few"] * 3 if figures.too_few else ["not reached" if day is None else day for day in figures.quarters]
            assert list(found[6:9]) == expected
        listed = [(row[1], row[8], row[9]) for row in rows if row[0] == of_step.step.title and row[9] in STATES.values()]
        asked = longest(engine, route.id, of_step.step.id, NOBODY)
        assert listed == [
            (child, days, STATES[state])
            for child, days, state in zip(asked["child_id"], asked["days"], asked["state"], strict=True)
        ]
    # On paper each step's ten may be the first on a page.
    assert sum(row[:2] == ("Step", "Child ID") for row in rows) == len(answer.steps)
    [head] = [place for place, row in enumerate(rows) if row[0] == "Months"]
    shares = {title: column for column, title in enumerate(rows[head]) if title}
    for of_step in answer.steps:
        months = of_step.figures().waits.curve().by_month()
        for place, share in enumerate(months["waiting"], start=head + 1):
            assert rows[place][shares[of_step.step.title]] == pytest.approx(share)


def test_every_route_has_a_native_chart_with_a_line_for_each_step(pack, engine: Engine):
    for route in ROUTES:
        drawn = [of_step for of_step in journeys(engine, route.id, NOBODY).steps if not of_step.figures().too_few]
        [chart] = pack[route.title]._charts
        assert len(chart.series) == len(drawn)


def test_the_command_writes_the_pack_of_a_team_and_refuses_one_that_is_not_there(
    county_store: Store, engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture
):
    group = engine.groups(asking()).iloc[0]
    out = tmp_path / "team.xlsx"
    asked = ["pack", "journeys", "--store", str(county_store.path), "--out", str(out)]
    assert tracker.main([*asked, "--service", group["service"], "--team", group["team"]]) == 0
    [row] = [row for row in cells(read_pack(out)["All children"]) if row[:2] == ("Entry to a plan", "All years")]
    own = journeys(engine, "all", asking(services=(group["service"],), teams=(group["team"],))).steps[0].figures()
    assert row[2] == own.started
    assert tracker.main([*asked, "--team", "Nowhere"]) == 1
    assert "There is no team 'Nowhere'" in capsys.readouterr().err


def test_no_chart_is_cut_by_the_end_of_a_page(pack):
    """A page as LibreOffice and Excel print it: A4 landscape less its margins, at the sheet's scale."""
    charts = 0
    for sheet in pack.worksheets[1:]:
        page = (210 / 25.4 - 1.2) * 72 * 100 / sheet.page_setup.scale
        breaks = {one.id for one in sheet.row_breaks.brk}
        for chart in sheet._charts:
            charts += 1
            first, last = chart.anchor._from.row + 1, chart.anchor._from.row + 20
            begins = max((row for row in breaks if row < first), default=0)
            heights = [(sheet.row_dimensions[row].height or 15) for row in range(begins + 1, last + 1)]
            before = sum(heights[: first - begins - 1])
            assert not any(first <= row < last for row in breaks)
            assert before % page + sum(heights[first - begins - 1 :]) <= page
    assert charts >= 3
