"""Earlier drafts beside a new pack: what they hid stays hidden, and what they printed is known, without their numbers standing permanently.

A draft is not published, so its numbers move with the records; but it may have been passed on, so it may give nothing away together with
a later draft or with the pack. The outsider is supposed to know which figures have not changed since a draft. So a figure with the same
number is the same figure; one whose number has changed is another, tied to the rest of its draft as the draft was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from metrics.disclosure.cells import HIDDEN, Cell, Key, Relation

OPEN, HID, IMPLIED = "open", "hidden", "implied"
CHANGED = "as drafted"


def as_drafted(cell: Cell) -> Cell:
    """A figure of a draft, as later packs meet it."""
    return replace(cell, drafted=cell.published or IMPLIED)


def only_hidden(drafted: Iterable[Cell]) -> tuple[Cell, ...]:
    """What a draft binds when what it printed is left aside: what it hid stays hidden."""
    return tuple(cell for cell in drafted if cell.drafted == HID)


def apart(drafted: tuple[Cell, ...], cells: dict[Key, Cell]) -> dict[Key, Key]:
    """The names under which the figures of a draft stand whose numbers have changed since. What the draft hid is hidden in ``cells`` too,
    whatever its number is now, unless that is 0: zeros are printed."""
    names: dict[Key, Key] = {}
    for old in drafted:
        now = cells.get(old.key)
        if not old.drafted or now is None or now.count == old.count:
            continue
        names[old.key] = (*old.key, CHANGED, str(old.count))
        if old.drafted == HID and now.here and now.printed and now.count and now.is_free:
            cells[old.key] = _hidden(now)
    return names


def renamed(old: Cell, names: Mapping[Key, Key]) -> Cell:
    if old.key not in names:
        return old
    return replace(old, key=names[old.key], words=f"{old.name}, as in an earlier draft")


def renamed_relation(entry: Relation, names: Mapping[Key, Key]) -> Relation:
    if not any(key in names for key, _ in entry.terms):
        return entry
    return Relation(tuple(sorted((names.get(key, key), factor) for key, factor in entry.terms)), entry.constant)


def merged(old: Cell, now: Cell) -> Cell:
    """A figure that stood in a draft with the same number."""
    if old.drafted == IMPLIED:
        return now
    if not now.printed:
        return replace(old, words=now.words or old.words)
    if now.published and not now.drafted:
        # Published. It stands as it was published; but what a draft printed is known to anyone who has the draft.
        return replace(now, published=OPEN, drafted=HID) if (now.published, old.drafted) == (HID, OPEN) else now
    if old.drafted == HID:
        return _hidden(now)
    return replace(now, published=OPEN, drafted=HID if now.published == HID or now.drafted == HID else OPEN)


def _hidden(now: Cell) -> Cell:
    """Hidden from now on; known to the outsider all the same where an earlier draft printed the same number."""
    return replace(now, published=now.published or HID, drafted=HID)


def differences(
    before: Mapping[Key, Cell], printed: Mapping[Key, int | float | str], threshold: int, cells: Mapping[Key, Cell]
) -> list[str]:
    """Why figures of a new draft differ from those of the draft before (its cells), a sentence each. No hidden number is told."""
    small: list[str] = []
    others: list[str] = []
    zeros: list[str] = []
    changed = 0
    for key, old in before.items():
        if old.drafted not in (OPEN, HID) or key not in cells or key not in printed:
            continue
        now = cells[key]
        changed += now.count != old.count
        if old.drafted == OPEN and printed[key] == HIDDEN:
            (small if now.is_small(threshold) else others).append(now.name)
        elif old.drafted == HID and printed[key] != HIDDEN:
            zeros.append(now.name)
    sentences = []
    if changed:
        sentences.append(
            f"{changed} {'number differs' if changed == 1 else 'numbers differ'}: the records have changed since the previous draft."
        )
    sentences += [f"{name}: hidden now, shown in the previous draft, because it is a small number now." for name in small]
    sentences += [
        f"{name}: hidden now, shown in the previous draft, because a small number could be worked out from it and the two drafts together."
        for name in others
    ]
    return sentences + [f"{name}: 0 now, hidden in the previous draft; zeros are shown." for name in zeros]
