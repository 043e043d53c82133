"""What is to be said of the measures' definitions: which should have been read again, and which say nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from data.settings import Settings
from metrics.engine.catalogue import Measure, measure_files
from metrics.engine.policy import Policy


def review_remarks(policies: Mapping[str, Policy], settings: Settings, day: date) -> tuple[str, ...]:
    """Remarks about the measures in use, on a day: none of them is a mistake, and no figure changes by them."""
    measures = {
        rule.measure.id: rule.measure for policy in policies.values() for rule in policy.rules if not rule.measure.problem
    }
    return (*_due(measures.values(), day), *_without(measures.values(), settings))


def _due(measures, day: date) -> list[str]:
    by_day: dict[date, list[str]] = {}
    for measure in measures:
        if measure.review.is_due(day):
            by_day.setdefault(measure.review.next_review, []).append(measure.id)
    return [
        f"{'A measure was' if len(names) == 1 else f'{len(names)} measures were'} to be reviewed by {due:%d/%m/%Y}: "
        f"{', '.join(sorted(names))}. Read each against its source, and put new days into its header."
        for due, names in sorted(by_day.items())
    ]


def _without(measures, settings: Settings) -> list[str]:
    """The council's own measures whose headers lack keys that ours have."""
    own = set(measure_files(settings.folder / "measures")) - set(measure_files()) if settings.folder else set()
    return [_lacking(measure) for measure in measures if measure.id in own and measure.review.missing]


def _lacking(measure: Measure) -> str:
    missing = ", ".join(f"'{key}'" for key in measure.review.missing)
    return f"measures/{measure.id}.sql is used as it is; its header does not give {missing}."
