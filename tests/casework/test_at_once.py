"""Many people at once, for real: threads, processes, and every order in which two can write."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from casework.agenda.discussions import discussion, save_discussion
from casework.changes.history import history
from casework.changes.restricted import NOBODY
from casework.checking import check
from casework.freezing.freezing import freeze
from casework.freezing.frozen import Pack, check_frozen
from casework.panels import panels, plan_panel
from casework.records.errors import CaseworkError, EditedMeanwhile
from casework.records.records import Discussion
from casework.storage.opening import open_casework
from tests.casework.processes import append, append_in_a_process, open_in_a_process
from tests.casework.test_freezing import PANEL_DATE
from tests.deep import examples
from tests.support.at_once import ends_of

WRITERS, EDITS = 6, 8
FIELDS = ("summary", "decision", "outcome")
THEMES = ("court_delay", "health", "contact")


def _append(casework, panel_id: int, name: str, start: Barrier) -> None:
    start.wait()
    append(casework, panel_id, name, EDITS)


def _nothing_is_lost(casework, panel_id: int, names: list[str]) -> None:
    final = discussion(casework, panel_id, "C1", NOBODY)
    for name in names:
        assert [final.summary.count(f"[{name}{number}]") for number in range(EDITS)] == [1] * EDITS
    assert final.version == len(names) * EDITS
    assert check(casework) == []


def test_threads_that_write_in_one_record_at_once_lose_nothing(casework, panel):
    names = [f"thread{number}-" for number in range(WRITERS)]
    start = Barrier(WRITERS)
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda name: _append(casework, panel.id, name, start), names))
    _nothing_is_lost(casework, panel.id, names)


def test_processes_that_write_in_one_record_at_once_lose_nothing(casework, settings, panel):
    names = [f"process{number}-" for number in range(examples(2, 3))]
    records = (settings.casework_database, settings.folder)
    assert set(ends_of(append_in_a_process, [(*records, panel.id, name, EDITS) for name in names])) == {0}
    _nothing_is_lost(casework, panel.id, names)


def test_processes_that_open_empty_records_at_once_make_them_once(settings, tmp_path):
    found = [tmp_path / f"themes{number}.txt" for number in range(examples(2, 3))]
    records = (settings.casework_database, settings.folder)
    assert set(ends_of(open_in_a_process, [(*records, path) for path in found])) == {0}
    assert len({path.read_text(encoding="utf-8") for path in found}) == 1
    assert check(open_casework(settings)) == []


def test_one_of_two_who_freeze_at_once_is_refused_and_the_panel_is_whole(casework, engine):
    start = Barrier(2)

    def attempt(name: str):
        start.wait()
        try:
            return freeze(casework, engine, "hertfordshire", PANEL_DATE, name, Pack(f"{name}.xlsx", name.encode()))
        except CaseworkError as refused:
            return str(refused)

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(attempt, ("Ann", "Bob")))
    assert sum(isinstance(answer, str) for answer in said) == 1, said
    (held,) = panels(casework)
    assert held.freeze.frozen_by in ("Ann", "Bob")
    assert check_frozen(casework, held.id) is None


def test_two_who_plan_the_same_panel_at_once_get_the_one(casework):
    start = Barrier(4)

    def plan(name: str) -> int:
        start.wait()
        return plan_panel(casework, "hertfordshire", PANEL_DATE, name).id

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(plan, "ABCD"))) == 1
    assert len(panels(casework)) == 1


class Model:
    """The same record in a few plain lines: every version kept, and each save compared with the version it was built on."""

    def __init__(self) -> None:
        self.versions = [{**dict.fromkeys(FIELDS, ""), "themes": frozenset()}]

    def save(self, base_number: int, mine: dict) -> bool:
        base, now = self.versions[base_number], self.versions[-1]
        new = {}
        for field in FIELDS:
            i_changed, they_changed = mine[field] != base[field], now[field] != base[field]
            if i_changed and they_changed and mine[field] != now[field]:
                return False
            new[field] = mine[field] if i_changed else now[field]
        kept = {
            theme for theme in THEMES if theme in now["themes"] and not (theme in base["themes"] and theme not in mine["themes"])
        }
        new["themes"] = frozenset(kept | {theme for theme in mine["themes"] if theme not in base["themes"]})
        if new != now or len(self.versions) == 1:
            self.versions.append(new)
        return True


# A step: who, whether to open the record afresh first, which field to write what in, which theme to add or take off.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("Ann", "Bob")),
        st.booleans(),
        st.one_of(st.none(), st.tuples(st.sampled_from(FIELDS), st.sampled_from(("", "one", "two", "three")))),
        st.one_of(st.none(), st.sampled_from(THEMES)),
    ),
    min_size=1,
    max_size=12,
)
CHILDREN = iter(range(1, 10_000_000))


@effort(max_examples=examples(6, 60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_the_order_of_two_peoples_edits_nothing_is_lost(casework, panel, steps):
    child, model = f"child{next(CHILDREN)}", Model()
    opened = {name: (discussion(casework, panel.id, child, NOBODY), 0) for name in ("Ann", "Bob")}
    refused_words = 0
    for who, afresh, words, theme in steps:
        held, number = opened[who]
        if afresh:
            held, number = discussion(casework, panel.id, child, NOBODY), len(model.versions) - 1
        mine = replace(held, **dict([words])) if words else held
        mine = replace(mine, themes=mine.themes ^ {theme}) if theme else mine
        accepted = model.save(number, {**{field: getattr(mine, field) for field in FIELDS}, "themes": mine.themes})
        try:
            saved = save_discussion(casework, mine, who)
            assert accepted
        except EditedMeanwhile as refused:
            assert not accepted
            refused_words += 1
            saved = refused.current
        opened[who] = (saved, len(model.versions) - 1)
    _is_as_the_model_says(casework, discussion(casework, panel.id, child, NOBODY), model, refused_words)


def _is_as_the_model_says(casework, final: Discussion, model: Model, refused_words: int) -> None:
    assert {**{field: getattr(final, field) for field in FIELDS}, "themes": final.themes} == model.versions[-1]
    kept = history(casework, final, NOBODY)
    applied = [revision for revision in reversed(kept) if revision.applied]
    assert len(kept) - len(applied) == refused_words
    assert final.version == len(applied) == len(model.versions) - 1
    now = dict(model.versions[0])
    for revision, version in zip(applied, model.versions[1:], strict=True):
        for change in revision.changes:
            now[change.field] = change.after
        assert now == version
