"""How every sentence of the documents stands for a council: tracked, waiting for an extract, of a policy not in use, or not tracked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas

from data.contract.contract import titles
from metrics.coverage.documents import Document, Sentence
from metrics.engine.absence import Absence
from metrics.engine.engine import Engine
from metrics.engine.policy import Policy, Rule
from words.labels import NOT_AVAILABLE, NOT_TRACKED, POLICY_NOT_IN_USE, TRACKED, WAITS_FOR_EXTRACT

# In the order in which counts and choices show them.
STANDINGS = (TRACKED, WAITS_FOR_EXTRACT, NOT_AVAILABLE, POLICY_NOT_IN_USE, NOT_TRACKED)
# What the column of each is called where they are counted.
COUNTED = dict(
    zip(
        STANDINGS,
        ("sentences_tracked", "sentences_waiting", "sentences_not_available", "sentences_not_in_use", "sentences_not_tracked"),
        strict=True,
    )
)
COLUMNS = ("document", "paragraph", "sentence", "tracked_or_not", "tracking_rules", "explanation")


@dataclass(frozen=True)
class Standing:
    """How one sentence stands (of ``STANDINGS``), and why, or what of it is missing, in sentences; empty where there is nothing to say."""

    sentence: Sentence
    standing: str
    explanation: str = ""


def _not_in_use(sentence: Sentence, policies: Mapping[str, Policy]) -> str:
    missing = [
        policy for policy in dict.fromkeys(name.partition(".")[0] for name in sentence.tracked_by) if policy not in policies
    ]
    if missing:
        return f"Add {' or '.join(missing)} to 'policies' in settings.toml to track it."
    return "The council's own file of the policy has no such rule."


def rules_in_use(policies: Mapping[str, Policy]) -> dict[str, Rule]:
    """The rules of these policies, each by the name that a sentence gives it: *policy.rule*."""
    return {f"{policy.id}.{rule.id}": rule for policy in policies.values() for rule in policy.rules}


def standing_of(
    sentence: Sentence,
    policies: Mapping[str, Policy],
    in_use: Mapping[str, Rule],
    absence: Callable[[Rule], Absence | None],
) -> Standing:
    """How a sentence stands where these policies are in use, and their rules (``rules_in_use``). ``absence``: why a rule has no figure;
    None where it has one."""
    if not sentence.tracked_by:
        return Standing(sentence, NOT_TRACKED, sentence.reason)
    mine = [in_use[name] for name in sentence.tracked_by if name in in_use]
    if not mine:
        return Standing(sentence, POLICY_NOT_IN_USE, _not_in_use(sentence, policies))
    absences = [found for rule in mine if (found := absence(rule))]
    lacking = list(dict.fromkeys(table for found in absences for table in found.tables))
    needs = f"It needs the extract {titles(lacking)}." if lacking else ""
    if len(absences) < len(mine):
        said = f"Some of its rules are not supplied. {needs}" if needs else ""
        return Standing(sentence, TRACKED, " ".join(part for part in (sentence.note, said) if part))
    if lacking:
        return Standing(sentence, WAITS_FOR_EXTRACT, needs)
    return Standing(sentence, NOT_AVAILABLE, " ".join(dict.fromkeys(found.reason for found in absences)))


def standings(engine: Engine, documents: Sequence[Document]) -> Iterator[tuple[Document, Standing]]:
    """Every sentence of the documents with how it stands on the night that is shown."""
    absences: dict[tuple[str, str], Absence | None] = {}

    def absence(rule: Rule) -> Absence | None:
        key = (rule.policy, rule.id)
        if key not in absences:
            absences[key] = engine.absence(rule)
        return absences[key]

    in_use = rules_in_use(engine.policies)
    for document in documents:
        for sentence in document.sentences:
            yield document, standing_of(sentence, engine.policies, in_use, absence)


def as_frame(found: Sequence[tuple[Document, Standing]]) -> pandas.DataFrame:
    """The sentences as rows: document, paragraph, sentence, tracked_or_not (of ``STANDINGS``), tracking_rules (policy.rule, with
    commas), explanation."""
    rows = [
        (
            document.name,
            one.sentence.source,
            one.sentence.text,
            one.standing,
            ", ".join(one.sentence.tracked_by),
            one.explanation,
        )
        for document, one in found
    ]
    return pandas.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def counts(found: Sequence[tuple[Document, Standing]]) -> pandas.DataFrame:
    """How many sentences of each document stand how: document, sentences, and a column of ``COUNTED`` for each standing."""
    by_document: dict[str, Counter[str]] = {}
    for document, one in found:
        by_document.setdefault(document.name, Counter())[one.standing] += 1
    rows = [
        {"document": name, "sentences": counted.total(), **{COUNTED[standing]: counted[standing] for standing in STANDINGS}}
        for name, counted in by_document.items()
    ]
    return pandas.DataFrame(rows, columns=["document", "sentences", *COUNTED.values()])
