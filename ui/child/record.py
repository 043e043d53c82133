"""One child: the choice by identifier, who the child is, and what the definitions say on the day."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas

from data.contract.contract import in_words, label_of
from metrics.answers.child.child import ChildAnswer
from ui.components.child_link import child_address
from ui.components.markup import element, joined, write
from ui.components.tables import Column, facts, named, show_table
from ui.context import access_record, address, cached_answers
from ui.context.page_context import PageContext
from words.columns import heading
from words.dates import british
from words.labels import NAME_NOT_RECORDED, NOT_KNOWN
from words.numbers import counted, number

CHILD = "child"


def chosen(context: PageContext) -> str | None:
    """The child that the address names by either of the case system's identifiers, or None after a sentence that says why not."""
    identifier = address.given(CHILD, (CHILD,))
    address.keep(CHILD, identifier)
    if not identifier:
        words = "Type part of a name, an identifier or a date of birth into Find a child above, or choose a child from a list."
        write(element("p", words, class_="empty"))
        return None
    found = cached_answers.find(context, identifier)
    if len(found) == 1:
        return found[0]
    if identifier in found:
        # An identifier that is one child's own and another's older number: the own one is meant, the other is offered.
        others = joined((_link(context, other) for other in found if other != identifier), ", ")
        write(element("p", f"{identifier} is also another identifier of ", others, ".", class_="notice"))
        return identifier
    if found:
        write(
            element(
                "p",
                f"{identifier} is an identifier of {len(found)} children: ",
                joined((_link(context, other) for other in found), ", "),
                class_="notice",
            )
        )
    else:
        access_record.not_found("child", identifier)
        write(
            element(
                "p",
                f"There is no child with the identifier {identifier}, or you do not have access. "
                "Restricted records are not found by a search.",
                class_="empty",
            )
        )
    return None


def _link(context: PageContext, child_id: str):
    return element("a", child_id, href=child_address(context, child_id))


def _said(value: Any) -> object:
    """A term of the spine as it is said: days as British dates, yes and no, nothing for a missing one."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if value is None or pandas.isna(value):
        return None
    return british(value) if isinstance(value, pandas.Timestamp) else number(value)


def _terms(terms: dict, context: PageContext) -> list[tuple[str, object]]:
    team = element(
        "a", terms["team"], href=address.link(address.TEAM, context.linked_day, service=terms["service"], team=terms["team"])
    )
    placement = in_words("placement_type", terms["placement_type"]) if terms["placement_known"] else NOT_KNOWN
    return [
        ("Placement", f"{placement}, since {british(terms['placement_start'])}" if terms["placement_known"] else placement),
        ("Placement moves", _said(terms["placement_moves"])),
        ("Plan", terms["plan_shown"] or f"none since {british(terms['no_plan_since'])} ({terms['no_plan_reason']})"),
        ("Legal status", in_words("legal_status", terms["legal_statuses"])),
        ("In care proceedings", _said(bool(terms["in_proceedings"]))),
        ("Placement order since", _said(terms["placement_order_since"]) or "no placement order"),
        ("Team", team),
        ("Worker", terms["worker"]),
        ("Entered care", f"{british(terms['entered_care'])} ({counted(int(terms['weeks_in_care']), 'week')})"),
        ("Age at entry", _said(terms["age_at_entry"])),
        ("Matched for adoption", _said(terms["adoption_match_date"]) or "no"),
        ("Long-term match", _said(terms["long_term_match_date"]) or "no"),
        ("Last review", _said(terms["last_review_date"])),
    ]


def _birth(person: dict) -> str:
    """The date of birth; of a child not born by the day, the date expected."""
    if expected := british(person["expected_date"]):
        return f"not born yet, expected on {expected}"
    return british(person["dob"]) + (" (estimated)" if person["dob_estimated"] else "")


def _pairs(context: PageContext, answer: ChildAnswer) -> list[tuple[str, object]]:
    person = answer.person
    return [
        ("Age", _said(person["age"])),
        (heading("birth_date"), _birth(person)),
        ("Sex", label_of("sex", person["sex"])),
        ("Ethnicity", label_of("ethnicity", person["ethnicity"])),
        (heading("legacy_id"), _said(person["legacy_id"])),
        *(_terms(answer.terms, context) if answer.terms else ()),
    ]


def show_name(answer: ChildAnswer) -> None:
    """The child's identifier and name, as a heading."""
    write(element("h2", f"{answer.person['child_id']} · {_said(answer.person['name']) or NAME_NOT_RECORDED}"))


def show(context: PageContext, answer: ChildAnswer) -> None:
    """Who the child is, and for a child in care where, with which plan, in court or not, and with whom, on the day."""
    show_name(answer)
    show_facts(context, answer)


def show_facts(context: PageContext, answer: ChildAnswer, only: Collection[str] = (), but: Collection[str] = ()) -> None:
    """The facts of ``show`` without the name; ``only`` those of these names, or all ``but`` these."""
    pairs = [pair for pair in _pairs(context, answer) if (not only or pair[0] in only) and pair[0] not in but]
    write(facts(pairs))
    if answer.terms is None and not but:
        write(element("p", f"Not a child in care on {british(answer.as_at)}.", class_="empty"))


def show_nights(context: PageContext, child_id: str) -> None:
    """What the nights showed of the plan: what an observed clock stands on."""
    shown = cached_answers.nights_shown(context, child_id)
    if shown.empty:
        write(element("p", f"No data load up to {british(context.as_at)} shows this child in care.", class_="empty"))
        return
    columns = (
        Column("plan_shown", of="shown"),
        *named("first_night", "last_night", "nights"),
    )
    words = (
        "A plan that is entered again gets a new start date in the record, but not here: "
        "an observed clock starts with the first of these data loads."
    )
    name = "The plan in each data load"
    note = element("p", words, class_="quiet")
    show_table(shown, columns, name, "child data loads", name=f"{child_id} {name}", before=[note], fold=name)
