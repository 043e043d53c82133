"""What a step's figures say, in the same words on the page and in the pack."""

from __future__ import annotations

from metrics.answers.journeys import ALL_YEARS, ENDED, OUT_OF_ORDER, REACHED, WAITING, RouteAnswer, StepAnswer, YearFigures
from metrics.answers.journeys.curves import FEWEST

NOT_REACHED, TOO_FEW = "not reached", "too few"
HALF = 1
STATES = {
    REACHED: "reached",
    WAITING: "still waiting",
    ENDED: "ended another way",
    OUT_OF_ORDER: "dates out of order",
}
HOW_TO_READ = (
    "The curve starts with all children waiting and comes down when a child reaches the stage. A child who still waits, or who left "
    "care, turned 18 or whose plan changed first, counts as waiting up to that day and is not followed further. Where many ended "
    "another way, fewer reach the stage than the curve suggests: read it beside their number. 'Not reached': the curve has not come "
    "down so far. The median of those who reached it leaves out everybody who still waits, so it looks better than it is."
)


def quarter_words(figures: YearFigures, place: int) -> str:
    """The days by which a quarter (0), half (1) or three quarters (2) had reached the stage."""
    if figures.too_few:
        return TOO_FEW
    days = figures.quarters[place]
    return NOT_REACHED if days is None else f"{days:,}"


def median_words(figures: YearFigures) -> str:
    """The plain median of the days of those who reached the stage."""
    if figures.too_few:
        return TOO_FEW
    return "nobody yet" if figures.median_reached is None else f"{figures.median_reached:,.0f}"


def _children(count: int) -> str:
    return f"{count:,} {'child' if count == 1 else 'children'}"


def years_words(answer: RouteAnswer, year: str) -> str:
    """The years of entry: one, or from the first counted to the last."""
    return year if year != ALL_YEARS else f"{answer.years[-1]} to {answer.years[0]}"


def sentence(answer: RouteAnswer, of_step: StepAnswer, year: str = ALL_YEARS) -> str:
    """The headline of a step in plain English; ``of_step`` is supplied."""
    figures, step = of_step.figures(year), of_step.step
    who = f"entered care in {years_words(answer, year)}"
    if figures.started == 0:
        return f"No child who {who} has started this step."
    begun = f"{_children(figures.started)} who {who}"
    waiting = f"{figures.waiting:,}" if figures.waiting else "nobody"
    rest = f"{waiting} {'are' if figures.waiting > 1 else 'is'} still waiting"
    if figures.ended:
        rest += f", and for {figures.ended:,} the wait ended another way"
    if figures.too_few:
        return f"Of {begun}, {figures.reached:,} had {step.done}; {rest}. With fewer than {FEWEST} there are no quartiles."
    days = figures.quarters[HALF]
    if days is None:
        return f"Of the {begun}, fewer than half are known to have had {step.done} so far: {figures.reached:,} had; {rest}."
    return (
        f"Half of the {begun} had {step.done} within {days:,} {'day' if days == 1 else 'days'} of {_start(step.start)}; {rest}."
    )


def _start(stage: str) -> str:
    return "entering care" if stage == "Entered care" else f"the stage before ({stage.lower()})"


def left_out_words(of_step: StepAnswer, year: str = ALL_YEARS) -> str:
    """Who is in no figure, and why; empty where everybody is counted."""
    out_of_order, before = of_step.figures(year).out_of_order, of_step.started_before
    parts = []
    if out_of_order:
        parts.append(f"{_children(out_of_order)} left out of these figures: the record has the later stage first")
    if before and year == ALL_YEARS:
        parts.append(
            f"{_children(before)} entered care before the years counted: for those years the extracts only have the children who stayed, "
            "so they are not in the figures; those still waiting may be among the longest below"
        )
    return ". ".join(parts) + "." if parts else ""
