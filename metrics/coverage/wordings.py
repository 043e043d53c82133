"""Whether the rules quote their documents: each wording whole and word for word, and each sentence tracked by rules that there are.

A wording cut short has turned a rule round before: *ratified by the panel* without *prior to the child returning home*. So a wording may
leave words of a sentence out only at an ellipsis, and never words that hold a condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from metrics.coverage.documents import Document, Sentence
from metrics.engine.measure_header import did_you_mean
from metrics.engine.policy import Policy, Rule

CUT = "…"
# Marks of a list and the stop behind a sentence are the page's, and not the sentence's.
MARKS = {"·", "•", "-"}
STOPS = ".;:,"
# Words that make what is asked for depend on something: a quotation that leaves them out says something else.
CONDITIONS = (
    "if", "unless", "until", "before", "prior", "where", "within", "no later", "at least", "at the latest", "more than", "less than",
    "except", "exception", "excluding", "under", "over", "when", "after", "following", "by", "only", "not", "minimum", "maximum",
)  # fmt: skip


@dataclass(frozen=True)
class _Found:
    """A part of a wording as it stands in a sentence: from which word to before which."""

    sentence: Sentence
    start: int
    end: int


def words(text: str) -> list[str]:
    """A text's words as they are compared: without the marks of a list, and without the stop at the end."""
    found = [word for word in text.split() if word not in MARKS]
    if found:
        found[-1] = found[-1].rstrip(STOPS)
    return found


def _same(part: Sequence[str], run: Sequence[str]) -> bool:
    """Whether a part is a run of a sentence's words; at its end the sentence may go on with a comma or a stop."""
    return [*part[:-1]] == [*run[:-1]] and part[-1] == run[-1].rstrip(STOPS)


def _find(part: Sequence[str], sentences: Iterable[Sentence]) -> _Found | None:
    """A part of a wording in the first sentence that has it."""
    for sentence in sentences:
        whole = words(sentence.text)
        for start in range(len(whole) - len(part) + 1):
            if _same(part, whole[start : start + len(part)]):
                return _Found(sentence, start, start + len(part))
    return None


def condition_in(left_out: Sequence[str]) -> str | None:
    """The first word of condition among words that are left out; None where there is none."""
    plain = " ".join(word.strip("()“”\"'’‘.,;:").casefold() for word in left_out)
    return next((word for word in CONDITIONS if f" {word} " in f" {plain} "), None)


def _left_out(found: Sequence[_Found]) -> Iterator[tuple[_Found, Sequence[str], bool]]:
    """The words of each quoted sentence that a wording leaves out: the part beside them, the words, and whether they stand before it."""
    by_sentence: dict[int, list[_Found]] = {}
    for one in found:
        by_sentence.setdefault(one.sentence.line, []).append(one)
    for parts in by_sentence.values():
        whole = words(parts[0].sentence.text)
        yield parts[0], whole[: parts[0].start], True
        for one, following in zip(parts, [*parts[1:], None], strict=True):
            yield one, whole[one.end : following.start if following else len(whole)], False


def wording_faults(rule: Rule, document: Document) -> list[str]:
    """What is wrong with a rule's wording, in sentences; empty where it quotes sentences of the document that the rule tracks."""
    where = f"policies/{rule.policy}.toml, rule '{rule.id}', key 'wording'"
    mine = [sentence for sentence in document.sentences if f"{rule.policy}.{rule.id}" in sentence.tracked_by]
    parts = [words(part) for part in rule.wording.split(CUT)]
    found: list[_Found] = []
    for part in parts:
        if not part:
            continue
        if one := _find(part, mine):
            found.append(one)
            continue
        other = _find(part, document.sentences)
        why = f"{document.at(other.sentence)} has it; name the rule there under tracked_by" if other else "copy it word for word"
        return [f"{where}: '{' '.join(part)}' is in no sentence of {document.file} that the rule tracks; {why}."]
    faults = []
    for one, left, is_before in _left_out(found):
        if not left:
            continue
        said = f"{where}: it leaves '{' '.join(left)}' out of its sentence ({document.at(one.sentence)})"
        if condition := condition_in(left):
            faults.append(f"{said}, which holds the condition '{condition}'; quote it.")
        elif (one is found[0] and is_before and parts[0]) or (one is found[-1] and not is_before and parts[-1]):
            faults.append(f"{said}; put {CUT} in their place.")
    return faults


def _rule_faults(document: Document, policies: Mapping[str, Policy]) -> Iterator[str]:
    """Rules that a document's sentences name and that there are not."""
    names = {f"{policy.id}.{rule.id}" for policy in policies.values() for rule in policy.rules}
    for sentence in document.sentences:
        for name in sentence.tracked_by:
            if name not in names:
                yield f"{document.at(sentence)}, key 'tracked_by': there is no rule '{name}'; {did_you_mean(name, names)}"


def _policy_faults(document: Document, policies: Mapping[str, Policy]) -> Iterator[str]:
    """Rules of a document's policies that track none of its sentences, or do not quote it as it is."""
    for rule in (rule for policy in document.policies if policy in policies for rule in policies[policy].rules):
        name = f"{rule.policy}.{rule.id}"
        if any(name in sentence.tracked_by for sentence in document.sentences):
            yield from wording_faults(rule, document)
        else:
            yield f"{document.file}: no sentence is tracked by {name}; name it under the tracked_by of its sentence."


def faults(documents: Sequence[Document], policies: Mapping[str, Policy]) -> list[str]:
    """Everything wrong between the documents and the policies, in sentences: wordings, rules that track nothing, names of no rule."""
    found: list[str] = []
    for policy_id in policies:
        if sum(policy_id in document.policies for document in documents) != 1:
            found.append(f"policies/{policy_id}.toml: name the policy in one document of policies/coverage, under 'policies'.")
    for document in documents:
        found += [f"{document.file}: there is no policy '{policy}'." for policy in document.policies if policy not in policies]
        found += _rule_faults(document, policies)
    for document in documents:
        if not document.not_held:
            found += _policy_faults(document, policies)
    return found
