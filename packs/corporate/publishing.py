"""The finished pack: its two files, and its entry in the ledger beside every pack that was published before."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from casework.changes.saving import allowed
from casework.publishing.commentary import commentaries
from casework.publishing.publications import LedgerMoved, ledger, publish, published_file
from casework.records.records import DOCUMENT, SHOWN, WORKBOOK, Ledger
from casework.records.records import Publication as Entry
from casework.storage.database import Casework
from data.errors import TrackerError
from data.invented import check_named
from metrics.disclosure.cells import HIDDEN, Key, TableSystem
from metrics.disclosure.ledger import Publication, publication
from metrics.disclosure.pairs import attack, require_as_recorded
from metrics.engine.engine import Engine
from metrics.strategic.answer import StrategicPack
from metrics.strategic.identities import refuse_identities
from metrics.strategic.series import one_key
from packs.corporate import document
from packs.corporate.drafts import KIND, TRIES, Kept, alone, counts, kept, make, newest_draft, why_again
from packs.corporate.plain_data import packed, unpacked
from packs.corporate.workbook import DRAFT, PUBLISHED, make_workbook, read_back
from words.dates import british


class DraftMoved(TrackerError):
    """The draft that was read is no longer the draft of its period; nothing was published."""


@dataclass(frozen=True)
class Finished:
    """The two files of a pack, from one protected answer; ``printed`` was read back from them."""

    pack: StrategicPack
    workbook: bytes
    document: bytes
    printed: dict[Key, int | float | str]
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shown:
    """What the page shows of a published pack. ``pack`` has no true counts: its ``system`` is empty."""

    pack: StrategicPack
    said: tuple[tuple[str, str], ...]


def words_of(engine: Engine, casework: Casework, as_at: date) -> dict[str, str]:
    """The commentary of a pack, by measure. Raises CommentaryError where it names a child."""
    said = {measure: entry.text for measure, entry in commentaries(casework, KIND, as_at.isoformat()).items()}
    for text in said.values():
        refuse_identities(engine, text)
    return said


def finish(engine: Engine, casework: Casework, pack: StrategicPack, standing: str = DRAFT) -> Finished:
    """Make and audit the two files. Raises DisclosureError and CommentaryError."""
    said = words_of(engine, casework, pack.as_at)
    workbook = make_workbook(pack, said, standing)
    printed = read_back(workbook)
    written = document.make_document(pack, said, printed, standing)
    return Finished(pack, workbook.content, written, printed, pack.said_of(said))


def publish_pack(engine: Engine, casework: Casework, as_at: date, who: str, read: int | None = None) -> Finished:
    """Publish the draft of a reporting date: one transaction against the newest ledger. The files come back only when the ledger has them.

    The draft must have been solved against exactly the ledger's newest entry; else it is solved again. ``read`` is the number of the
    draft that somebody read and wants to be published: where it had to be solved again and shows other figures, DraftMoved asks to
    read it again. Each published pack and this one are attacked together before it is accepted.
    Raises DisclosureError, CommentaryError, CaseworkError and CouncilNotNamed too.
    """
    check_named(engine.council)
    who = allowed(casework, who, Entry)
    with alone(engine):
        return _published(engine, casework, as_at, who, read)


def _published(engine: Engine, casework: Casework, as_at: date, who: str, read: int | None) -> Finished:
    wanted = None
    for _ in range(TRIES):
        book = ledger(casework, KIND)
        there = newest_draft(book, as_at)
        if read is not None and wanted is None:
            wanted = _as_read(casework, book, as_at, read)
        if there is None or book.newest != ("draft", there.id) or why_again(engine, book, there):
            with suppress(LedgerMoved):
                make(engine, casework, book, as_at, who)
            continue  # with the ledger as it is now, this draft being its newest entry
        draft = kept(casework, there)
        if wanted is not None and draft.pack.printed != wanted.pack.printed:
            raise DraftMoved(
                "The ledger or the settings have changed since this draft was read, so it was made again: some figures "
                "are now hidden or different. Read it again, then publish it."
            )
        made = finish(engine, casework, draft.pack, PUBLISHED)
        attack_pairs(casework, book, made)
        try:
            publish(casework, _entry(casework, draft, made, who), book.state, _files(made))
        except LedgerMoved:
            continue
        return made
    raise LedgerMoved("Somebody else added to the ledger while the pack was being made; try again in a moment.")


def attack_pairs(casework: Casework, book: Ledger, made: Finished) -> None:
    """Attack this pack together with each that was published, as both files have it. Raises DisclosureError naming the figure."""
    pack = made.pack
    for entry in book.publications:
        earlier = Publication.from_json(json.loads(entry.cells))
        paper, shown = published_file(casework, entry.id, DOCUMENT), published_file(casework, entry.id, SHOWN)
        if paper and shown:
            said = document.read_back(unpacked(shown.content, Shown).pack, paper.content)
            require_as_recorded(earlier, said)
        # A pack may have been published when a figure had another key than it has now.
        attack(pack.system, made.printed, earlier.renamed(one_key(pack.measures)), pack.threshold, pack.range).require_safe()


def shown_of(casework: Casework, entry: Entry) -> Shown | None:
    """A published pack as the page shows it, None where it was published before packs were kept."""
    found = published_file(casework, entry.id, SHOWN)
    return unpacked(found.content, Shown) if found else None


def _as_read(casework: Casework, book: Ledger, as_at: date, read: int) -> Kept:
    found = next((draft for draft in book.drafts if draft.id == read and draft.period == as_at.isoformat()), None)
    there = newest_draft(book, as_at)
    if found is None or there is None or found.id != there.id:
        raise DraftMoved("Somebody has made this draft again since you read it. Read the new draft, then publish it.")
    return kept(casework, found)


def _entry(casework: Casework, draft: Kept, made: Finished, who: str) -> Entry:
    pack = draft.pack
    record = publication(f"Corporate Parenting Panel pack, {british(pack.as_at)}", pack.system, counts(pack))
    return Entry(
        KIND,
        pack.as_at.isoformat(),
        casework.clock(),
        who,
        pack.night_name,
        json.dumps(record.to_json()),
        json.dumps(sorted(list(key) for key, value in pack.printed.items() if value == HIDDEN)),
        hashlib.sha256(made.workbook).hexdigest(),
    )


def _files(made: Finished) -> dict[str, bytes]:
    shown = Shown(replace(made.pack, system=TableSystem({}, ())), made.said)
    return {WORKBOOK: made.workbook, DOCUMENT: made.document, SHOWN: packed(shown)}
