"""The command that tells how lists moved between two dates: drift."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from contextlib import closing

import pandas

from commands.answering import check_scope, open_engine, policy_of, print_frame, say_why_absent
from commands.arguments import add_store, day
from commands.recording import record_children
from data.store.store import Store
from metrics.answers.drift.drift import COUNTS, Movements, movements
from metrics.answers.reported import Reported, reported_from_night, reported_nights
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.scope import Scope
from words.dates import british, iso
from words.labels import NOT_SUPPLIED

CHILD_COLUMNS = [
    "rule",
    "movement",
    "child_id",
    "service",
    "team",
    "worker",
    "first_team",
    "second_team",
    "since",
    "limit_date",
    "days_over",
    "left_date",
    "left_reason",
    "earlier_date",
    "recorded_late",
]
ABOUT = ("from_date", "to_date", "policy")


def add(commands) -> None:
    """Add drift to the command line's ``commands``."""
    parser: ArgumentParser = commands.add_parser("drift", help="print who joined and who left each list between two dates")
    add_store(parser)
    parser.add_argument("--from", dest="first", type=day, metavar="DATE", required=True, help="the earlier date, as 2026-10-31")
    parser.add_argument(
        "--to", dest="second", type=day, metavar="DATE", help="the later date (default: the date of the data load)"
    )
    parser.add_argument("--policy", help="a policy in use (default: the first in settings.toml)")
    parser.add_argument("--rule", action="append", metavar="ID", help="only this rule (may be given again)")
    parser.add_argument("--service", help="only this service")
    parser.add_argument("--team", help="only this team")
    parser.add_argument(
        "--as-reported",
        action="store_true",
        help="take the first list as a panel froze it, or as that day's data load showed it; also lists what was recorded late",
    )
    parser.add_argument("--by", choices=("rule", "child"), default="rule", help="a row a rule, or a row a child (default rule)")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="the format (default table)")
    parser.set_defaults(run=drift)


def drift(args: Namespace) -> None:
    """Print the movements by rule, or the children behind them, as a table, CSV or JSON."""
    engine = open_engine(args)
    policy, second = policy_of(engine, args), args.second or engine.as_at
    check_scope(engine, args, args.first, second)
    # The analyst's own command line: it runs beside the extracts, which name every child, so nothing is withheld.
    scope = Scope.whole_council_with_names().narrowed(args.service or None, args.team or None)
    reported = _reported(args, engine, policy) if args.as_reported else None
    answer = movements(engine, policy, scope, args.first, second, args.rule, reported)
    frame = _children(answer) if args.by == "child" else _rules(answer)
    if "child_id" in frame:
        record_children(args, "drift", engine, frame["child_id"])
    print_frame(frame, args.format)
    _tell(engine, answer)


def _reported(args: Namespace, engine: Engine, policy: str) -> Reported:
    """The list that a panel froze for the first date, else the one that the night of that date showed."""
    from casework.freezing.reported import frozen_lists, frozen_panels
    from casework.storage.opening import records_if_any  # SQLAlchemy is slow to import, and only this question needs it

    panels, nights = {}, reported_nights(Store(args.store))
    records = records_if_any(engine.settings, args.store)
    if records is not None:
        with closing(records):
            panels = frozen_panels(records, policy)
            if args.first in panels:
                return frozen_lists(records, panels[args.first].id)
    if args.first not in nights:
        kept = ", ".join(british(kept) for kept in sorted({*nights, *panels}))
        raise QuestionError(
            f"No panel was frozen with the lists of {british(args.first)} and no data load of that day is kept, so its list as reported is "
            f"not known; lists are available for {kept}."
        )
    return reported_from_night(nights[args.first], policy)


def _about(answer: Movements) -> dict:
    return {"from_date": answer.first.isoformat(), "to_date": answer.second.isoformat(), "policy": answer.policy_id}


def _rules(answer: Movements) -> pandas.DataFrame:
    """A row a rule; *not supplied* where the number would be, or that the rule was not counted then."""
    rows = []
    for one in answer.rules:
        absent = one.absence.word if one.absence else NOT_SUPPLIED
        counts = {name: absent if getattr(one, name) is None else getattr(one, name) for name in COUNTS}
        rows.append(_about(answer) | {"rule": one.rule.id} | counts)
    return pandas.DataFrame(rows, columns=[*ABOUT, "rule", *COUNTS])


def _children(answer: Movements) -> pandas.DataFrame:
    """A row for every child and rule, those who stayed on the list too."""
    return iso(answer.children[CHILD_COLUMNS].assign(**_about(answer)))[[*ABOUT, *CHILD_COLUMNS]]


def _tell(engine: Engine, answer: Movements) -> None:
    """What the figures do not say: what is lacking, what was looked at, what was recorded late."""
    for one in answer.rules:
        say_why_absent(engine, one.rule, answer.second)
    if answer.looked_at:
        first, last = answer.looked_at[0], answer.looked_at[-1]
        print(f"re-entered: on the list at a month end from {british(first)} to {british(last)}", file=sys.stderr)
    if answer.reported is None:
        return
    print(f"{british(answer.first)} as reported: {answer.reported.label}", file=sys.stderr)
    if answer.late is None:
        return
    for (rule, difference), children in answer.late.groupby(["rule", "difference"], sort=False).size().items():
        print(f"late recording, {rule}: {children} {difference}", file=sys.stderr)
