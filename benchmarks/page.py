"""A page's whole rerun on the server, against the same page with its answers already in memory; and the data part alone."""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable
from pathlib import Path

import streamlit
from streamlit.testing.v1 import AppTest

from benchmarks.machine import Figure, Times, clock, ratios
from benchmarks.published import published_store
from metrics.engine.engine import Engine
from metrics.engine.scope import NO_ROLES, Scope
from metrics.strategic.declared import panel_policy

APP = Path(__file__).parent.parent / "app.py"
RATIO_BAR = 1.3
DATA_BAR = 50.0
WARM_UPS = 2
MOST_SECONDS = 120


def _largest_team(engine: Engine) -> dict[str, str]:
    groups = engine.groups(Scope.whole_council(roles=NO_ROLES)).sort_values("children", ascending=False)
    return groups[["service", "team"]].iloc[0].to_dict()


def _page(name: str, choices: dict[str, str]) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=MOST_SECONDS)
    app.run()
    if name != "countywide":
        app.switch_page(f"pages/{name}.py")
    for choice, value in choices.items():
        app.query_params[choice] = value
    return app


def _rerun(app: AppTest) -> float:
    seconds = clock(app.run)
    if app.exception or not any('id="page-done"' in part.proto.body for part in app.get("html")):
        raise RuntimeError(f"the page did not come to its end: {[problem.value for problem in app.exception]}")
    return seconds


def page_figure(name: str, choices: dict[str, str], runs: int) -> Figure:
    """A page's rerun when it must ask the engine, over its rerun when every answer is in memory."""
    app = _page(name, choices)
    for _ in range(WARM_UPS):
        _rerun(app)
    asked, remembered = [], []
    for _ in range(runs):
        streamlit.cache_data.clear()
        asked.append(_rerun(app))
        remembered.append(_rerun(app))
    ours, theirs = Times(tuple(asked)), Times(tuple(remembered))
    ratio, spread = ratios(ours, theirs)
    measured = {"asking": str(ours), "answers in memory": str(theirs), "ratios": spread}
    return Figure(f"the {name} page's rerun over the same with its answers in memory", ratio, RATIO_BAR, " times", measured)


def data_figure(engine: Engine, children: int, runs: int) -> Figure:
    """The questions of one team's page: its figures over thirteen months, and its children with who comes next. Milliseconds."""
    team = _largest_team(engine)
    scope = Scope.whole_council(roles=NO_ROLES).narrowed(team["service"], team["team"])
    questions: dict[str, Callable[[], object]] = {
        "figures": lambda: engine.figures(panel_policy(engine), scope, "county", engine.trend_dates(engine.as_at)),
        "children and coming next": lambda: engine.listed_and_coming(panel_policy(engine), scope),
    }
    for ask in questions.values():
        ask()
    times = {name: Times(tuple(clock(ask) for _ in range(runs))) for name, ask in questions.items()}
    whole = [sum(each) * 1000 for each in zip(*(one.seconds for one in times.values()), strict=True)]
    measured = {name: str(one) for name, one in times.items()} | {"team": team["team"]}
    return Figure(
        f"data part of a team's page, {children:,} children in care", statistics.median(whole), DATA_BAR, " ms", measured
    )


def run(county: int, england: int, runs: int, progress: Callable[[str], None]) -> list[Figure]:
    """The pages at a county's size, and the data part at both sizes (``england`` 0: at the county's alone)."""
    figures = []
    with published_store(county, progress) as store:
        os.environ["TRACKER_STORE"] = str(store.path)
        engine = Engine(store.current(), store.settings)
        progress("rerunning pages")
        figures.append(page_figure("countywide", {}, runs))
        figures.append(page_figure("team", _largest_team(engine), runs))
        figures.append(data_figure(engine, county, runs))
    if england:
        with published_store(england, progress) as store:
            figures.append(data_figure(Engine(store.current(), store.settings), england, runs))
    return figures
