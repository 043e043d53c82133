"""What has been published stays published: earlier packs, kept as plain data, and the next pack solved with them.

A period has one set of figures and one pattern of ``[c]``, in every pack that shows it. The record holds the true counts of
hidden figures too, so that a later pack can be solved: it is as confidential as the lists themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from metrics.disclosure import drafts
from metrics.disclosure.cells import HIDDEN, Cell, DisclosureError, Key, Relation, TableSystem


@dataclass(frozen=True)
class Publication:
    """One finished pack, or a draft of one: its cells as they were printed, and the relations that tied them."""

    title: str
    cells: tuple[Cell, ...]
    relations: tuple[Relation, ...]

    def renamed(self, name: Callable[[Key], Key]) -> Publication:
        """The same pack with its keys as they are now; what was two figures and is one now is one here."""
        cells: dict[Key, Cell] = {}
        for old in self.cells:
            cell = replace(old, key=name(old.key))
            cells[cell.key] = _merged(cells[cell.key], cell) if cell.key in cells else cell
        relations = (replace(entry, terms=_renamed(entry.terms, name)) for entry in self.relations)
        return Publication(self.title, tuple(cells.values()), tuple(entry for entry in relations if entry.terms))

    def to_json(self) -> dict:
        """Plain data for ``json.dumps``: lists, texts and whole numbers."""
        return {
            "title": self.title,
            "cells": [[list(cell.key), cell.count, cell.published, cell.words] for cell in self.cells],
            "relations": [[[[list(key), factor] for key, factor in entry.terms], entry.constant] for entry in self.relations],
            "draft": any(cell.drafted for cell in self.cells),
        }

    @staticmethod
    def from_json(given: dict) -> Publication:
        """Read back what ``to_json`` gave."""
        cells = (
            Cell(tuple(key), count, printed=bool(published), cost=0.0, words=words, published=published, here=False)
            for key, count, published, words in given["cells"]
        )
        relations = (
            Relation(tuple((tuple(key), factor) for key, factor in terms), constant) for terms, constant in given["relations"]
        )
        # What was published before there were drafts does not say.
        kept = map(drafts.as_drafted, cells) if given.get("draft") else cells
        return Publication(given["title"], tuple(kept), tuple(relations))


def _renamed(terms: Iterable[tuple[Key, int]], name: Callable[[Key], Key]) -> tuple[tuple[Key, int], ...]:
    found: dict[Key, int] = {}
    for key, factor in terms:
        one = name(key)
        found[one] = found.get(one, 0) + factor
    return tuple(sorted((key, factor) for key, factor in found.items() if factor))


def publication(title: str, system: TableSystem, printed: Mapping[Key, int | str], draft: bool = False) -> Publication:
    """The record of a finished pack, or of a draft. ``printed`` is what was read back from it: each count, or ``[c]``."""
    cells = []
    for cell in system.cells.values():
        if cell.drafted and not cell.here:
            continue  # a figure of another draft, whose own record has it
        if cell.printed and cell.here:
            if cell.key not in printed:
                raise DisclosureError(f"{cell.name} was not found in the finished pack; it cannot be recorded as published.")
            cell = replace(cell, published="hidden" if printed[cell.key] == HIDDEN else "open")
        cell = replace(cell, here=False, cost=0.0, drafted="")
        cells.append(drafts.as_drafted(cell) if draft else cell)
    keys = {cell.key for cell in cells}
    return Publication(
        title, tuple(cells), tuple(entry for entry in system.relations if all(key in keys for key, _ in entry.terms))
    )


def settled(system: TableSystem, past: Iterable[Publication]) -> TableSystem:
    """The system with every past publication in it, and then every draft: past figures keep the count and the ``[c]`` they were
    published with, and what a draft hid stays hidden (``metrics.disclosure.drafts``).

    ``revised`` of the answer lists the relations that tie a figure as published to records that have changed since.
    """
    cells, relations = dict(system.cells), {entry.terms: entry.constant for entry in system.relations}
    for pack in past:
        names = drafts.apart(pack.cells, cells)
        for entry in pack.cells:
            old = drafts.renamed(entry, names)
            new = cells.get(old.key)
            cells[old.key] = _merged(old, new) if new else old
        renamed = [drafts.renamed_relation(entry, names) for entry in pack.relations]
        relations = {entry.terms: entry.constant for entry in renamed} | relations
    entries = tuple(Relation(terms, sum(factor * cells[key].count for key, factor in terms)) for terms in relations)
    own, near = {entry.terms for entry in system.relations}, _near(system, cells, entries)
    kept = tuple(entry for entry in entries if entry.terms in own or any(key in near for key, _ in entry.terms))
    named = {key for entry in kept for key, _ in entry.terms} | set(system.cells)
    revised = tuple(entry for entry in kept if entry.constant != relations[entry.terms])
    return TableSystem({key: cell for key, cell in cells.items() if key in named}, kept, system.derived, revised)


def _merged(old: Cell, new: Cell) -> Cell:
    """One figure, published or drafted before and standing in this pack (or in a pack between) as well."""
    if old.drafted:
        return drafts.merged(old, new)
    published = "open" if "open" in (old.published, new.published) else new.published or old.published
    count = new.count if new.published else old.count
    here, printed = new.here and new.printed, new.printed or old.printed
    return replace(new, count=count, published=published, printed=printed, here=here, words=new.words or old.words)


def _near(system: TableSystem, cells: Mapping[Key, Cell], relations: tuple[Relation, ...]) -> set[Key]:
    """This pack's figures, and every past one that hangs together with them through figures that are not known."""
    touching: dict[Key, list[Relation]] = {}
    for entry in relations:
        for key, _ in entry.terms:
            touching.setdefault(key, []).append(entry)
    near = {key for key in system.cells if not cells[key].known}
    waiting = list(near)
    while waiting:
        for entry in touching.get(waiting.pop(), ()):
            for key, _ in entry.terms:
                if key not in near and not cells[key].known:
                    near.add(key)
                    waiting.append(key)
    return near
