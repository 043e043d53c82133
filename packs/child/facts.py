"""Who the child is, and what the definitions say on the day, as labels and words."""

from __future__ import annotations

from data.contract.contract import in_words, label_of, titles
from packs.child.answers import SummaryAnswers
from words.columns import heading
from words.dates import british
from words.labels import NO_PLAN, NOT_KNOWN, NOT_SUPPLIED

Facts = list[tuple[str, str]]


def identity_facts(answers: SummaryAnswers) -> Facts:
    """Identifiers, name, birth, age, and who works with the child."""
    person, terms = answers.child.person, answers.child.terms
    facts = [
        (heading("child_id"), person["child_id"]),
        (heading("legacy_id"), _words(person["legacy_id"])),
        (heading("name"), _words(person["name"])),
        ("Date of birth", _birth(person)),
        ("Sex", label_of("sex", _words(person["sex"]))),
        ("Ethnicity", label_of("ethnicity", _words(person["ethnicity"]))),
    ]
    if terms:
        facts += [(heading("team"), f"{terms['team']} ({terms['service']})"), (heading("worker"), terms["worker"])]
    return facts


def _birth(person: dict) -> str:
    if _is_there(person["expected_date"]):
        return f"not born yet, expected on {_day(person['expected_date'])}"
    estimated = " (estimated)" if person["dob_estimated"] else ""
    return f"{_day(person['dob'])}{estimated}, aged {int(person['age'])}" if _is_there(person["dob"]) else ""


def care_facts(answers: SummaryAnswers) -> Facts:
    """Care, legal status, placement, plan, orders and matches on the day."""
    terms = answers.child.terms
    if terms is None:
        return [("In care", f"not a child in care on {british(answers.as_at)}")]
    return [
        ("Entered care", f"{_day(terms['entered_care'])}, {int(terms['weeks_in_care']):,} weeks ago"),
        ("Age at entry", f"{int(terms['age_at_entry'])}" if _is_there(terms["age_at_entry"]) else ""),
        ("Legal status", in_words("legal_status", terms["legal_statuses"])),
        ("In proceedings", "yes" if terms["in_proceedings"] else "no"),
        ("Placement", _placement(terms)),
        ("Placement moves", f"{int(terms['placement_moves'])} in this period of care"),
        ("Plan", _plan(answers, terms)),
        ("Placement order", _placement_order(terms)),
        ("Adoption match", _day(terms["adoption_match_date"]) or _none(answers, "ssd_permanence", "local_carer_matches")),
        ("Long-term match", _long_term_match(answers, terms)),
        ("Last review", _day(terms["last_review_date"]) or _none(answers, "ssd_cla_reviews")),
        ("Pathway plan", _day(terms["pathway_plan_date"]) or _none(answers, "ssd_care_leavers")),
    ]


def _placement(terms: dict) -> str:
    if not terms["placement_known"]:
        return NOT_KNOWN
    interrupted = "; interrupted by a temporary placement" if terms["placement_interrupted"] else ""
    return f"{in_words('placement_type', terms['placement_type'])}, since {_day(terms['placement_start'])}{interrupted}"


def _placement_order(terms: dict) -> str:
    since = terms["placement_order_since"]
    return f"since {_day(since)}" if _is_there(since) else "none"


def _plan(answers: SummaryAnswers, terms: dict) -> str:
    """The plan, and since when each of its options has been it: recorded or observed."""
    if not terms["plan_shown"]:
        return f"{NO_PLAN} since {_day(terms['no_plan_since'])} ({terms['no_plan_reason']})"
    lines = [f"{row['option']} since {_day(row['since'])}, {row['clock']}" for row in answers.child.options.to_dict("records")]
    return "\n".join([*(["parallel:"] if len(lines) > 1 else []), *lines]) or terms["plan_shown"]


def _long_term_match(answers: SummaryAnswers, terms: dict) -> str:
    if not _is_there(terms["long_term_match_date"]):
        return _none(answers, "local_carer_matches")
    return f"{_day(terms['long_term_match_date'])}, {'' if terms['long_term_match_ratified'] else 'not '}ratified"


def _none(answers: SummaryAnswers, *sources: str) -> str:
    """None, or that nothing could say so because the extracts were not supplied."""
    return "none" if any(answers.supplied[table] for table in sources) else f"{NOT_SUPPLIED} ({titles(sources, between=' or ')})"


def _is_there(value: object) -> bool:
    return value is not None and value == value


def _words(value: object) -> str:
    return value if isinstance(value, str) else ""


def _day(value: object) -> str:
    return british(value) if _is_there(value) else ""
