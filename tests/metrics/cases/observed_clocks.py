"""An option's clock after several nights: the earlier of what is recorded and what the nights showed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.metrics.cases.kinds import TERM
from tests.support.builder import Child, Records, child, day, records

HOME, ADOPTION = ("return_home",), ("adoption",)
BOTH = ("return_home", "adoption")
NOTHING = ()
NOT_IN_CARE = None


@dataclass(frozen=True)
class ObservedCase:
    """Since when each option has been the plan: ``expected`` is {option: (since, recorded since, observed since)}.

    ``shown``: what each night showed of the one child.
    """

    sentence: str
    records: Records
    shown: dict[date, tuple[str, ...] | None]
    as_at: date
    expected: dict[str, tuple[date, date, date | None]]
    term: str = "option clock"
    rule: str = TERM

    @property
    def in_words(self) -> str:
        return "; ".join(f"{option.replace('_', ' ')}: {_words(*days)}" for option, days in self.expected.items())


def _words(since: date, recorded: date, observed: date | None) -> str:
    if since != recorded:
        return f"observed since {since:%d/%m/%Y} (recorded {recorded:%d/%m/%Y})"
    return f"recorded since {since:%d/%m/%Y} ({f'observed {observed:%d/%m/%Y}' if observed else 'not observed'})"


def case(sentence: str, one: Child, as_at: str, shown: dict, **expected: tuple[str, str | None]) -> ObservedCase:
    """A case of child A: ``shown`` is {night: options}, ``expected`` {option: (recorded, observed)}. Days are ISO text."""
    actual = {option: tuple(map(day, days)) for option, days in expected.items()}
    return ObservedCase(
        sentence,
        records(one),
        {day(night): options for night, options in shown.items()},
        day(as_at),
        {option: (min(filter(None, days)), *days) for option, days in actual.items()},
    )


def typed_again(ticks: str = "RETURN6M"):
    """In care since 2024; what had been the plan for months is typed again on 10 June 2025."""
    return child().in_care("2024-01-10").plan(ticks, "2025-06-10")


def back_in_care():
    """Left care on 25 May 2025, and came back on 1 June."""
    return (
        child()
        .in_care("2024-01-10", "2025-05-25", period="P1")
        .in_care("2025-06-01", period="P2")
        .plan("RETURN6M", "2024-02-01", "2025-05-25")
        .plan("RETURN6M", "2025-06-10")
    )


CASES = (
    case(
        "A plan entered again on 10 June that a data load of 31 May had already shown keeps the clock of that data load.",
        typed_again(), "2025-06-15", {"2025-05-31": HOME, "2025-06-15": HOME}, return_home=("2025-06-10", "2025-05-31"),
    ),
    case(
        "With a single data load the clock is recorded.",
        typed_again(), "2025-06-15", {"2025-06-15": HOME}, return_home=("2025-06-10", "2025-06-15"),
    ),
    case("With no data load up to the day, nothing was observed.", typed_again(), "2025-06-15", {}, return_home=("2025-06-10", None)),
    case(
        "From a data load of 3 June to one of 1 July is 28 days: unbroken.",
        typed_again(), "2025-07-01", {"2025-06-03": HOME, "2025-07-01": HOME}, return_home=("2025-06-10", "2025-06-03"),
    ),
    case(
        "From a data load of 2 June to one of 1 July is 29 days: broken.",
        typed_again(), "2025-07-01", {"2025-06-02": HOME, "2025-07-01": HOME}, return_home=("2025-06-10", "2025-07-01"),
    ),
    case(
        "The 28 days count from each data load to the next, not from the first to the last.",
        typed_again(), "2025-06-15", {"2025-04-20": HOME, "2025-05-18": HOME, "2025-06-15": HOME},
        return_home=("2025-06-10", "2025-04-20"),
    ),
    case(
        "Twenty-nine days without a data load break the run, even where the plan stayed the same.",
        typed_again(), "2025-06-15", {"2025-04-19": HOME, "2025-05-18": HOME, "2025-06-15": HOME},
        return_home=("2025-06-10", "2025-05-18"),
    ),
    case(
        "A single data load that showed adoption alone breaks the run of return home.",
        typed_again(), "2025-06-15", {"2025-05-20": HOME, "2025-06-01": ADOPTION, "2025-06-05": HOME, "2025-06-15": HOME},
        return_home=("2025-06-10", "2025-06-05"),
    ),
    case(
        "A data load that showed adoption beside it does not break the run.",
        typed_again(), "2025-06-15", {"2025-05-20": HOME, "2025-06-01": BOTH, "2025-06-15": HOME},
        return_home=("2025-06-10", "2025-05-20"),
    ),
    case(
        "Data loads with nothing ticked do not break a run within 28 days, from 18 May to 15 June.",
        typed_again(), "2025-06-15", {"2025-05-18": HOME, "2025-06-01": NOTHING, "2025-06-15": HOME},
        return_home=("2025-06-10", "2025-05-18"),
    ),
    case(
        "Data loads with nothing ticked break it when there are 29 days between those that showed it.",
        typed_again(), "2025-06-15", {"2025-05-17": HOME, "2025-06-01": NOTHING, "2025-06-15": HOME},
        return_home=("2025-06-10", "2025-06-15"),
    ),
    case(
        "A data load in which the extracts had lost the child does not break the run either.",
        typed_again(), "2025-06-15", {"2025-05-18": HOME, "2025-06-01": NOT_IN_CARE, "2025-06-15": HOME},
        return_home=("2025-06-10", "2025-05-18"),
    ),
    case(
        "Data loads before entry to this period of care do not count; one on the day of entry does.",
        back_in_care(), "2025-06-15", {"2025-05-20": HOME, "2025-05-31": NOT_IN_CARE, "2025-06-01": HOME, "2025-06-15": HOME},
        return_home=("2025-06-10", "2025-06-01"),
    ),
    case(
        "A run of data loads from before entry to after it counts from the first data load on or after entry.",
        back_in_care(), "2025-06-15", {"2025-05-20": HOME, "2025-06-03": HOME, "2025-06-15": HOME},
        return_home=("2025-06-10", "2025-06-03"),
    ),
    case(
        "A data load on the day of entry counts, even where the next data load showed nothing.",
        back_in_care(), "2025-06-15", {"2025-05-20": HOME, "2025-06-01": HOME, "2025-06-08": NOTHING, "2025-06-15": HOME},
        return_home=("2025-06-10", "2025-06-01"),
    ),
    case(
        "Between two data loads that showed it, 4 May and 1 June, 28 days with nothing ticked do not break the run.",
        typed_again(), "2025-06-15", {"2025-05-04": HOME, "2025-05-20": NOTHING, "2025-06-01": HOME, "2025-06-15": HOME},
        return_home=("2025-06-10", "2025-05-04"),
    ),
    case(
        "Between 3 May and 1 June, 29 days with nothing ticked break it.",
        typed_again(), "2025-06-15", {"2025-05-03": HOME, "2025-05-20": NOTHING, "2025-06-01": HOME, "2025-06-15": HOME},
        return_home=("2025-06-10", "2025-06-01"),
    ),
    case(
        "After five weeks without a data load, the first one that shows another plan starts its run.",
        typed_again(), "2025-06-15", {"2025-05-01": ADOPTION, "2025-06-05": HOME, "2025-06-15": HOME},
        return_home=("2025-06-10", "2025-06-05"),
    ),
    case(
        "Where the record starts before the first data load that showed the option, the clock is recorded.",
        child().in_care("2024-01-10").plan("RETURN6M", "2024-02-01"), "2025-06-15", {"2025-06-01": HOME, "2025-06-15": HOME},
        return_home=("2024-02-01", "2025-06-01"),
    ),
    case(
        "Data loads after the reporting date, and what the data load of that date itself showed, change nothing.",
        typed_again(), "2025-06-15", {"2025-06-01": HOME, "2025-06-15": ADOPTION, "2025-06-20": ADOPTION},
        return_home=("2025-06-10", "2025-06-01"),
    ),
    case(
        "On a day with no data load, the run goes back to the data loads before it.",
        typed_again(), "2025-06-12", {"2025-06-01": HOME, "2025-06-30": HOME}, return_home=("2025-06-10", "2025-06-01"),
    ),
    case(
        "On a day with no data load, and none before it, nothing was observed.",
        typed_again(), "2025-06-12", {"2025-06-30": HOME}, return_home=("2025-06-10", None),
    ),
    case(
        "Of two options each has its own clock: return home was shown first, adoption later.",
        typed_again("RETURN6M ADOPTION"), "2025-06-15", {"2025-05-20": HOME, "2025-06-01": BOTH, "2025-06-15": BOTH},
        return_home=("2025-06-10", "2025-05-20"), adoption=("2025-06-10", "2025-06-01"),
    ),
    case(
        "A plan for adoption dated 20 June is not shown on 19 June, and takes no clock with it.",
        typed_again().plan("ADOPTION", "2025-06-20"), "2025-06-19", {"2025-06-01": HOME, "2025-06-19": HOME},
        return_home=("2025-06-10", "2025-06-01"),
    ),
    case(
        "On 20 June the plan for adoption starts its own clock, although earlier data loads had shown return home.",
        typed_again().plan("ADOPTION", "2025-06-20"), "2025-06-20", {"2025-06-01": HOME, "2025-06-20": ADOPTION},
        adoption=("2025-06-20", "2025-06-20"),
    ),
)  # fmt: skip
