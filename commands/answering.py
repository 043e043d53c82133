"""The command that answers from the night that is live: measures."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from datetime import date

import pandas

from commands.arguments import add_as_at, add_store
from commands.recording import record_children
from data.store.store import Store
from metrics.answers.backlog import backlog, backlog_children
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.policy import Rule
from metrics.engine.scope import Scope
from words.dates import british, iso
from words.labels import BACKLOG
from words.shown import Column, heading_of

CHILD_COLUMNS = ["as_at", "policy", "rule", "child_id", "service", "team", "worker", "since", "limit_date", "days_over", "detail"]

# The figures of the whole council stand beside its name.
COLUMNS = (Column("council", of="county"),)


def add(commands) -> None:
    """Add measures to the command line's ``commands``."""
    parser: ArgumentParser = commands.add_parser("measures", help="print the figures, or the children behind them")
    add_store(parser)
    add_as_at(parser, "the reporting date (default: the date of the data load)")
    parser.add_argument("--policy", help="a policy in use (default: the first in settings.toml)")
    parser.add_argument("--rule", action="append", metavar="ID", help="only this rule (may be given again)")
    parser.add_argument(
        "--by", choices=("child", "worker", "team", "service", "county"), default="county", help="count by (default county)"
    )
    parser.add_argument(
        "--backlog",
        action="store_true",
        help="what began before the policy applied or before the records, in place of the figures",
    )
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="the format (default table)")
    parser.set_defaults(run=measures)


def open_engine(args: Namespace) -> Engine:
    """The engine over the store's live night. Raises QuestionError when there is none."""
    store = Store(args.store)
    night = store.current()
    if night is None and store.problems:
        raise QuestionError(f"There is no data load in {args.store} that can be shown. {' '.join(store.problems)}")
    if night is None:
        raise QuestionError(
            f"There is no data load in {args.store} yet; load one with: tracker.py nightly --extracts DIR --store {args.store}"
        )
    engine = Engine(night, store.settings)
    for problem in (*store.problems, *engine.problems):
        print(problem, file=sys.stderr)
    return engine


def policy_of(engine: Engine, args: Namespace) -> str:
    """The policy asked about: the first in use unless one is named."""
    return args.policy or next(iter(engine.policies))


def say_why_absent(engine: Engine, rule: Rule, as_at: date) -> None:
    """Say on standard error why a rule has no figure, where it has none."""
    if absence := engine.absence(rule, as_at):
        why = f"needs {', '.join(absence.tables)}" if absence.tables else absence.reason
        print(f"{rule.id}: {absence.word} ({why})", file=sys.stderr)


def _children(engine: Engine, policy: str, rules: list[str], as_at) -> pandas.DataFrame:
    # The analyst's own command line: it runs beside the extracts, which name every child, so nothing is withheld.
    frame = engine.children(policy, rules, Scope.whole_council_with_names(), as_at)
    order = {rule: place for place, rule in enumerate(rules)}
    frame = frame.sort_values("rule", key=lambda column: column.map(order), kind="stable")
    return frame[CHILD_COLUMNS]


def _backlog(engine: Engine, policy: str, rules: list[str], as_at, by: str) -> pandas.DataFrame:
    """What began before the policy or the records: the children, or how many by rule and group."""
    everybody = Scope.whole_council_with_names()
    if by == "child":
        return backlog_children(engine, policy, everybody, as_at, rules)[[*CHILD_COLUMNS, "backlog"]]
    frame = backlog(engine, policy, everybody, by, (as_at,))
    frame.insert(1, "policy", policy)
    return frame[frame["rule"].isin(rules)].rename(columns={group: group.replace(" ", "_") for group in BACKLOG})


def measures(args: Namespace) -> None:
    """Print the figures by group, or the children behind them, as a table, CSV or JSON."""
    engine = open_engine(args)
    policy = policy_of(engine, args)
    rules = (
        [engine.rule(policy, rule_id) for rule_id in args.rule]
        if args.rule
        else list(engine.policies[policy].rules)
        if policy in engine.policies
        else [engine.rule(policy, "")]
    )
    ids = [rule.id for rule in rules]
    as_at = args.as_at or engine.as_at
    if args.backlog:
        frame = iso(_backlog(engine, policy, ids, as_at, args.by))
    elif args.by == "child":
        frame = iso(_children(engine, policy, ids, as_at))
    else:
        frame = engine.figures(policy, Scope.whole_council_with_names(), args.by, (as_at,))
        frame = frame[frame["rule"].isin(ids)]
        words = {column: engine.in_words(policy, frame, column) for column in ("children", "population")}
        frame = iso(frame.assign(**words).drop(columns="in_care"))
    for rule in rules:
        say_why_absent(engine, rule, as_at)
        if engine.is_recomputed(rule):
            loaded = british(engine.night.as_at)
            print(
                f"{rule.id}: counted again, because it or one of its settings has changed since the load of {loaded}",
                file=sys.stderr,
            )
    if "child_id" in frame:
        record_children(args, "measures", engine, frame["child_id"])
    print_frame(frame, args.format)


def print_frame(frame: pandas.DataFrame, form: str) -> None:
    """Print a frame as a table with headings, or as CSV or JSON, whose names programs read."""
    if form == "csv":
        frame.to_csv(sys.stdout, index=False, lineterminator="\n")
    elif form == "json":
        rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
        print(json.dumps(rows, indent=2, ensure_ascii=False, default=int))
    else:
        print(_headed(frame).to_string(index=False, na_rep="") if len(frame) else "No child is on these lists.")


def _headed(frame: pandas.DataFrame) -> pandas.DataFrame:
    return frame.set_axis([heading_of(name, COLUMNS) for name in frame.columns], axis="columns")


def check_scope(engine: Engine, args: Namespace, *dates: date | None) -> None:
    """A service or team that is misspelt is an error, not an empty answer; it need be there on one of the dates only."""
    groups = pandas.concat([engine.groups(Scope.whole_council_with_names(), day) for day in dates])
    for column, value in (("service", args.service), ("team", args.team)):
        if value and value not in set(groups[column]):
            raise QuestionError(
                f"There is no {column} '{value}' with children in care; there are {', '.join(sorted(set(groups[column])))}."
            )
