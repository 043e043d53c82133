"""The sentences of what matters: each of parts, of which some name the list or team that they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.answers.reported import Reported
from metrics.answers.what_matters.moves import FEWEST_CHANGES, FEWEST_MOVED, FEWEST_MOVED_IN_TEAM, Compared, Move
from metrics.engine.absence import Absence
from metrics.engine.policy import Rule
from words.dates import british
from words.few import FEWEST_IN_CARE
from words.labels import figure_title
from words.numbers import children, counted

MOST_NAMED, MOST_LISTS = 3, 2


@dataclass(frozen=True)
class Part:
    """Words of a sentence; ``rule`` and ``team``: whose list, or which team, a page links them to. ``coming``: the list of who comes."""

    text: str
    rule: str = ""
    team: str = ""
    coming: bool = False


@dataclass(frozen=True)
class Sentence:
    """``about``: *moved*, *teams*, *coming* or *missing*."""

    about: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True)
class LastPanel:
    """The panel before: its day, the day of its lists (``as_at``), and these as they were ``reported``, where they were frozen."""

    panel_date: date
    as_at: date
    reported: Reported | None = None


@dataclass(frozen=True)
class Coming:
    """How many ``children`` reach a limit by a day (``until``); by rule, most first: a child may reach two. ``planned``: on it is a
    panel."""

    children: int
    by_rule: tuple[tuple[Rule, int], ...]
    until: date
    planned: bool


def _sentence(about: str, *parts: Part | str) -> Sentence:
    return Sentence(about, tuple(Part(part) if isinstance(part, str) else part for part in parts))


def _joined(items: Sequence[Sequence[Part | str]]) -> list[Part | str]:
    """Items in a row: a, b and c."""
    found: list[Part | str] = []
    for place, item in enumerate(items):
        found += ["" if place == 0 else " and " if place == len(items) - 1 else ", ", *item]
    return found


def _since(last: LastPanel | None, days: Compared) -> str:
    if last is None:
        return f"Since {british(days.since)} (no earlier panel is compared with)"
    lists = "" if last.as_at == last.panel_date else f" (lists of {british(last.as_at)})"
    return f"Since the panel of {british(last.panel_date)}{lists}"


def _usual(days: Compared) -> str:
    """What the change is measured with: *more than in any of the 12 earlier months with figures*."""
    changes = len(days.history) - 1
    if days.months == 1:
        return f"more than in any of the {changes} earlier months with figures"
    return f"more than over any {days.months} months among the {changes} earlier months with figures"


def _fewest(fewest: int) -> str:
    return f"by {fewest} children or more and by "


def _verb(move: Move) -> str:
    return f"{'rose' if move.rose else 'fell'} from {move.before:,} to {move.now:,}"


def _better(move: Move) -> str:
    return "" if move.worse is None else " (worse)" if move.worse else " (better)"


def moved(found: Sequence[Move], last: LastPanel | None, days: Compared) -> Sentence:
    """What rose and fell in the whole scope, what is worse first."""
    since = _since(last, days)
    if not found:
        return _sentence("moved", f"{since}, no figure has changed {_fewest(FEWEST_MOVED)}{_usual(days)}.")
    items: list[list[Part | str]] = [
        [Part(figure_title(move.rule), rule=move.rule.id), f" {_verb(move)}{_better(move)}"] for move in found[:MOST_NAMED]
    ]
    if more := len(found) - MOST_NAMED:
        items += [[counted(more, "more figure") + " changed"]] if more > 0 else []
    return _sentence("moved", f"{since}, ", *_joined(items), f": {_usual(days)}.")


def of_teams(found: Sequence[Move], teams: int, large: int) -> tuple[Sentence, ...]:
    """What became worse in single teams; nothing where there is one team alone. ``large``: how many have children enough."""
    if teams < 2:
        return ()
    if not large:
        return (_sentence("teams", f"No team has {FEWEST_IN_CARE} children in care, so none is compared by itself."),)
    if not found:
        of = "In no team" if large == teams else f"In none of the {counted(large, 'team')} with {FEWEST_IN_CARE} children or more"
        if large == 1 and large != teams:
            of = f"Not in the one team with {FEWEST_IN_CARE} children or more"
        worse = f"has a figure become worse {_fewest(FEWEST_MOVED_IN_TEAM)}more than it has changed there before."
        return (_sentence("teams", f"{of} {worse}"),)
    items: list[list[Part | str]] = [
        [Part(move.team, team=move.team), f" {_verb(move)} on ", Part(figure_title(move.rule), rule=move.rule.id, team=move.team)]
        for move in found[:MOST_NAMED]
    ]
    if (more := len(found) - MOST_NAMED) > 0:
        items += [[counted(more, "more team figure")]]
    return (_sentence("teams", "By team: ", *_joined(items), "."),)


def coming(who: Coming, day: date) -> Sentence:
    """Who reaches a limit by the next panel if nothing changes."""
    ahead = (who.until - day).days
    by = (
        f"by the panel of {british(who.until)}"
        if who.planned
        else f"in the next {counted(ahead, 'day')} (no later panel is known)"
    )
    if not who.children:
        return _sentence("coming", f"No child reaches a limit {by}.")
    verb = "reaches" if who.children == 1 else "reach"
    items: list[list[Part | str]] = [
        [Part(f"{rule.title} ({count:,})", rule=rule.id)] for rule, count in who.by_rule[:MOST_LISTS]
    ]
    if (more := len(who.by_rule) - MOST_LISTS) > 0:
        items.append([counted(more, "other list")])
    many = Part(children(who.children), coming=True)
    return _sentence("coming", "If nothing changes, ", many, f" {verb} a limit {by}: ", *_joined(items), ".")


def not_compared(untold: Sequence[Rule], rules: int, days: Compared) -> tuple[Sentence, ...]:
    """Which figures have no earlier figures to be compared with."""
    if not untold:
        return ()
    why = f": there is no figure of {british(days.since)}, or there are too few months before it"
    if len(untold) > MOST_NAMED:
        return (_sentence("missing", f"{len(untold):,} of the {rules:,} figures cannot be compared with the day before{why}."),)
    items: list[list[Part | str]] = [[Part(rule.title, rule=rule.id)] for rule in untold]
    return (_sentence("missing", *_joined(items), f" cannot be compared with the day before{why}."),)


def too_few(in_care: int, day: date) -> Sentence:
    """So few children that no change is told."""
    if not in_care:
        return _sentence("moved", f"No child is in care here on {british(day)}.")
    are = "is" if in_care == 1 else "are"
    return _sentence("moved", f"{children(in_care)} {are} in care here on {british(day)}: too few to tell a change from chance.")


def too_early(days: Compared) -> Sentence:
    """So few month ends that nobody knows what is ordinary."""
    known = counted(max(0, len(days.history) - days.months), "earlier change")
    return _sentence("moved", f"There are too few months before to tell what is ordinary: {known}, of {FEWEST_CHANGES} needed.")


def no_earlier_day(day: date) -> Sentence:
    """The records begin on the day itself."""
    return _sentence("moved", f"The records begin on {british(day)}: there is no earlier day to compare with.")


def missing(absences: Sequence[tuple[Rule, Absence]], rules: int) -> tuple[Sentence, ...]:
    """Which figures nothing is said of, and why."""
    by_word: dict[str, list[Rule]] = {}
    for rule, absence in absences:
        by_word.setdefault(absence.word, []).append(rule)
    return tuple(_missing(word, of, rules) for word, of in by_word.items())


def _missing(word: str, absent: Sequence[Rule], rules: int) -> Sentence:
    if len(absent) == rules:
        return _sentence(
            "missing",
            f"None of the {counted(rules, 'figure')} can be counted: {word}." if rules > 1 else f"The figure is {word}.",
        )
    if len(absent) > MOST_NAMED:
        return _sentence("missing", f"{len(absent):,} of the {rules:,} figures are {word}, so nothing is said of them.")
    items: list[list[Part | str]] = [[Part(rule.title, rule=rule.id)] for rule in absent]
    are, them = ("is", "it") if len(absent) == 1 else ("are", "them")
    return _sentence("missing", *_joined(items), f" {are} {word}, so nothing is said of {them}.")
