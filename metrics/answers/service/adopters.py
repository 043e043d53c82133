"""Prospective adopters, by the stage that they have reached. They are not children: no rule lists them, and no team."""

from __future__ import annotations

from datetime import date

import pandas

from metrics.answers.service.lists import ask
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope

TABLE = "local_prospective_adopters"
STAGES = ("stage 1", "stage 2", "approved and waiting", "matched", "placed")


def adopters(engine: Engine, as_at: date | None = None) -> pandas.DataFrame:
    """Every prospective adopter on the day who has begun stage 1 and has not left, by stage, the longest in it first.

    Columns: adopter_id, stage, since (the day the stage began), days (in the stage), early_permanence, waits_for (in words, where
    a stage has ended and the next has not begun). Nobody where the extract was not supplied: see ``engine.supplied``.
    """
    frame = ask(engine, None, "adopters", (as_at or engine.as_at,), Scope.nobody())
    frame.insert(1, "stage", frame.pop("place").map(dict(enumerate(STAGES, start=1))))
    return frame.astype({"days": "Int64"})


def by_stage(engine: Engine, as_at: date | None = None) -> pandas.DataFrame:
    """How many are in each stage: stage, adopters, early_permanence (of these), median_days and longest_days in the stage."""
    found = (
        adopters(engine, as_at)
        .groupby("stage")
        .agg(
            adopters=("adopter_id", "count"),
            early_permanence=("early_permanence", "sum"),
            median_days=("days", "median"),
            longest_days=("days", "max"),
        )
    )
    found = found.reindex(list(STAGES)).rename_axis("stage").reset_index()
    counts = {name: found[name].fillna(0).astype("Int64") for name in ("adopters", "early_permanence")}
    return found.assign(**counts).astype({"median_days": "Float64", "longest_days": "Int64"})
