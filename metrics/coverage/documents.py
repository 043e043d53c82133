"""The documents of ``policies/coverage``: every sentence that a tracker could track, word for word, and what tracks it or why nothing does.

A council reads there what its document asks for; the rules' wordings are checked against these sentences (``wordings``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.errors import TrackerError
from data.toml_lines import at_line
from metrics.engine.measure_header import did_you_mean
from metrics.engine.policy import FOLDER as POLICIES

FOLDER = POLICIES / "coverage"
SECTIONS = ("document", "sentence")
DOCUMENT_KEYS = ("name", "title", "policies", "not_held")
SENTENCE_KEYS = ("text", "source", "tracked_by", "reason", "note")
RULE_NAME = re.compile(r"[a-z]\w*\.[a-z]\w*")
SENTENCE = re.compile(r"^\s*\[\[\s*sentence\s*\]\]")
ONE_OF = "give either tracked_by, the rules that track it, or a reason why none does"


class CoverageError(TrackerError):
    """A file of ``policies/coverage`` cannot be used; the message names the file, the line, the key and what to do."""


@dataclass(frozen=True)
class Sentence:
    """A sentence, bullet or table cell of a document, whole and word for word, with the paragraph that it is in (``source``).

    ``tracked_by``: the rules that track it, each *policy.rule*. ``reason``: why no rule
    tracks it; empty where one does. ``note``: what of the sentence its rules do not track. ``line``: of its entry in the file.
    """

    text: str
    source: str
    tracked_by: tuple[str, ...] = ()
    reason: str = ""
    note: str = ""
    line: int = 0


@dataclass(frozen=True)
class Document:
    """A council's document: its short ``name`` and its ``title``, the ``policies`` made from it, and its sentences in their order.

    ``id``: the file's name. ``not_held``: why its text is not held here, in which case there are no sentences.
    """

    id: str
    name: str
    title: str
    policies: tuple[str, ...]
    sentences: tuple[Sentence, ...] = ()
    not_held: str = ""

    @property
    def file(self) -> str:
        """The file as messages name it."""
        return f"coverage/{self.id}.toml"

    def at(self, sentence: Sentence) -> str:
        """Where a sentence stands, for a message."""
        return f"{self.file}, line {sentence.line}"


def _text(where: str, entry: dict, key: str, needed: bool = True) -> str:
    value = entry.get(key, "")
    if (key in entry or needed) and not (isinstance(value, str) and value.strip()):
        raise CoverageError(
            f"{where}, key '{key}': " + (f"{value!r} is not text" if key in entry else "missing") + "; write it in quotes."
        )
    return value


def _names(where: str, entry: dict, key: str) -> tuple[str, ...]:
    """The rules that an entry names under a key, each *policy.rule* and once."""
    value = entry.get(key, [])
    if not isinstance(value, list) or (key in entry and not value):
        raise CoverageError(f"{where}, key '{key}': {value!r} is not a list of rules; write it as {key} = [\"policy.rule\"].")
    for name in value:
        if not isinstance(name, str) or not RULE_NAME.fullmatch(name):
            raise CoverageError(f"{where}, key '{key}': {name!r} is not a rule; write it as \"policy.rule\".")
        if value.count(name) > 1:
            raise CoverageError(f"{where}, key '{key}': {name} is named twice; take one of them out.")
    return tuple(value)


def _check_keys(where: str, entry: object, known: Sequence[str]) -> dict:
    if not isinstance(entry, dict):
        raise CoverageError(f"{where}: {entry!r} is not a table; begin each sentence with [[sentence]].")
    for key in entry:
        if key not in known:
            raise CoverageError(f"{where}: the key '{key}' is not known; {did_you_mean(key, known)}")
    return entry


def _sentence(where: str, given: object, line: int) -> Sentence:
    entry = _check_keys(where, given, SENTENCE_KEYS)
    text, source = _text(where, entry, "text"), _text(where, entry, "source")
    tracked_by = _names(where, entry, "tracked_by")
    reason, note = _text(where, entry, "reason", needed=False), _text(where, entry, "note", needed=False)
    if bool(tracked_by) == bool(reason):
        raise CoverageError(f"{where}: {ONE_OF}{', not both' if reason else ''}.")
    if note and reason:
        raise CoverageError(
            f"{where}, key 'note': a note says what the rules do not track, and no rule tracks this; put it in the reason."
        )
    return Sentence(text, source, tracked_by, reason, note, line)


def read_document(path: Path) -> Document:
    """Read and check one file. Raises CoverageError, naming the file, the line, the key and the remedy."""
    name = f"coverage/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
        declared = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CoverageError(f"{name} cannot be read: {error}.") from error
    for key in declared:
        if key not in SECTIONS:
            raise CoverageError(f"{name}{at_line(text, key)}: '{key}' is not known; {did_you_mean(key, SECTIONS)}")
    where = f"{name}{at_line(text, 'document')}, [document]"
    heading = _check_keys(where, declared.get("document", {}), DOCUMENT_KEYS)
    policies = heading.get("policies", [])
    if not isinstance(policies, list) or not policies or not all(isinstance(policy, str) for policy in policies):
        raise CoverageError(f"{where}, key 'policies': name the policies that are made from the document, in a list.")
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if SENTENCE.match(line)]
    entries = declared.get("sentence", [])
    if not isinstance(entries, list) or len(entries) != len(lines):
        raise CoverageError(f"{name}: begin each sentence with [[sentence]] on a line of its own.")
    sentences: dict[tuple[str, str], Sentence] = {}
    for entry, line in zip(entries, lines, strict=True):
        sentence = _sentence(f"{name}, line {line}", entry, line)
        if (first := sentences.get((sentence.text, sentence.source))) is not None:
            raise CoverageError(f"{name}, line {line}: this sentence stands in line {first.line} too; take one of them out.")
        sentences[sentence.text, sentence.source] = sentence
    not_held = _text(where, heading, "not_held", needed=False)
    if bool(sentences) == bool(not_held):
        raise CoverageError(f"{where}: give the document's sentences, or say under not_held why its text is not held here.")
    titles = (_text(where, heading, "name"), _text(where, heading, "title"))
    return Document(path.stem, *titles, tuple(policies), tuple(sentences.values()), not_held)


@cache
def read_documents(folder: Path = FOLDER) -> tuple[Document, ...]:
    """Every document, by its file's name; a folder is read once. Raises CoverageError."""
    return tuple(read_document(path) for path in sorted(folder.glob("*.toml")))
