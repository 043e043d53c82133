"""The one draft of a period: kept from the first on, with its pattern, and made again beside it.

A period is a reporting date. A draft stays as it is, also when a newer night has been loaded, until somebody asks for it again; it is
made again by itself where it may no longer stand: settings or policies have changed, or the ledger hides what it shows.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

from filelock import FileLock, Timeout

import metrics.disclosure
import metrics.strategic
from casework.publishing.publications import LedgerMoved, draft_answer, keep_draft, ledger
from casework.records.records import Draft, Ledger
from casework.storage.database import Casework
from data.contract.contract import EARLIER_RECORDS
from metrics.disclosure.auditor import audit
from metrics.disclosure.cells import HIDDEN, DisclosureError
from metrics.disclosure.drafts import differences, only_hidden
from metrics.disclosure.ledger import Publication, publication, settled
from metrics.engine.counting import fingerprint
from metrics.engine.engine import Engine, QuestionError
from metrics.strategic.answer import StrategicPack, strategic_pack
from metrics.strategic.comparators import FILE_NAME as COMPARATORS
from packs.corporate.plain_data import packed, unpacked
from words.dates import british

KIND = "corporate"
THE_NIGHT = "The nightly load"
SETTINGS = (
    "council", "area", "policies", "month_ends", "disclosure_threshold", "disclosure_range", "population_under_18", "population_source",
    "direction_months", "direction_band_points", "targets", "limits",
)  # fmt: skip
TRIES = 5
LONGEST_WAIT = 600  # seconds
CHANGED_SETTINGS = "settings, policies or comparators have changed since it was made"


@dataclass(frozen=True)
class Kept:
    """A draft as it is kept, with its protected answer."""

    draft: Draft
    pack: StrategicPack


def default_day(engine: Engine) -> date:
    """The reporting date of the pack that is being prepared: the latest month end that the night covers."""
    day = engine.as_at
    return day if (day + timedelta(days=1)).day == 1 else day.replace(day=1) - timedelta(days=1)


def newest_draft(read: Ledger, as_at: date) -> Draft | None:
    """The draft of a period as it is, None where there is none."""
    return next((draft for draft in reversed(read.drafts) if draft.period == as_at.isoformat()), None)


def kept(casework: Casework, draft: Draft) -> Kept:
    """A draft with its answer. Raises CaseworkError where it is not in the ledger."""
    return Kept(draft, unpacked(draft_answer(casework, draft.id), StrategicPack))


def why_again(engine: Engine, read: Ledger, draft: Draft) -> str:
    """Why a draft may no longer stand, in words; empty when it may."""
    if draft.basis != basis(engine):
        return CHANGED_SETTINGS
    mine = _of_draft(draft.cells)
    others = [(f"the pack of {entry.period}", _of_publication(entry.cells)) for entry in read.publications]
    others += [(f"the draft of {other.period}", _of_draft(other.cells)) for other in read.drafts if other.period != draft.period]
    return next((f"{where} {why}" for where, other in others if (why := _disagrees(mine, other))), "")


def is_of_older_night(engine: Engine, draft: Draft) -> bool:
    """Whether another night is shown now than the one that the draft was made from."""
    return draft.night_hash != engine.night.manifest["seal"]


def prepare(
    engine: Engine,
    casework: Casework,
    as_at: date | None = None,
    who: str = THE_NIGHT,
    again: bool = False,
    say: Callable[[str], None] = lambda text: None,
) -> Kept:
    """The draft of a reporting date (unless given, ``default_day``) as page, night and command line have it.

    It is made where there is none, where it may no longer stand, and where somebody wants it ``again``; otherwise it is the one
    that is kept. ``say`` is told what is being worked out, and why.
    Raises DisclosureError, CommentaryError, QuestionError, ComparatorsError and CaseworkError.
    """
    if not engine.supplied[EARLIER_RECORDS]:
        raise QuestionError(
            f"The data load of {british(engine.as_at)} shows one day, and the corporate parenting pack compares periods; make it from a "
            "load that holds earlier records."
        )
    day = as_at or default_day(engine)
    found, _ = _standing(engine, casework, day, again)
    if found:
        return found
    with alone(engine):
        for _ in range(TRIES):
            found, why = _standing(engine, casework, day, again)
            if found:
                return found
            say(f"Preparing the draft as at {british(day)} ({why}); this takes some seconds")
            with suppress(LedgerMoved):
                return make(engine, casework, ledger(casework, KIND), day, who)
    raise LedgerMoved("Somebody else added to the ledger while the draft was being made; try again in a moment.")


def _standing(engine: Engine, casework: Casework, day: date, again: bool) -> tuple[Kept | None, str]:
    """The draft that is kept, where it may stand; else None and why it is worked out."""
    read = ledger(casework, KIND)
    there = newest_draft(read, day)
    if again:
        return None, "a new one was requested"
    if there is None:
        return None, "there is none yet"
    why = why_again(engine, read, there)
    return (None, why) if why else (kept(casework, there), "")


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """One at a time in a store works out a draft or publishes: two at once would go on moving the ledger under each other.

    On several servers with one database the ledger itself refuses what was solved beside an older one. Raises LedgerMoved when another
    takes longer than ten minutes.
    """
    folder = engine.settings.folder
    try:
        with FileLock(folder / "publishing.lock", timeout=LONGEST_WAIT, mode=0o600) if folder else nullcontext():
            yield
    except Timeout as error:
        raise LedgerMoved("Another draft is being made in this store; try again in a few minutes.") from error


def make(engine: Engine, casework: Casework, read: Ledger, day: date, who: str) -> Kept:
    """Solve a draft beside the ledger as it was read, and keep it. Raises LedgerMoved where another entry joined in the meantime."""
    pack, reasons = _solved(engine, read, day)
    record = publication(f"the draft as at {british(day)}", pack.system, counts(pack), draft=True)
    before = newest_draft(read, day)
    if before is not None:
        cells = {cell.key: cell for cell in _of_draft(before.cells).cells}
        reasons += differences(cells, pack.printed, pack.threshold, pack.system.cells)
    draft = Draft(
        KIND,
        day.isoformat(),
        casework.clock(),
        who,
        pack.night_name,
        engine.night.manifest["seal"],
        basis(engine),
        "\n".join(reasons),
        zlib.compress(json.dumps(record.to_json() | {"asked": [pack.threshold, pack.range]}, ensure_ascii=False).encode()),
        packed(pack),
    )
    return Kept(keep_draft(casework, draft, read.state), pack)


def _solved(engine: Engine, read: Ledger, day: date) -> tuple[StrategicPack, list[str]]:
    """The answer beside everything in the ledger, and what has to be said of earlier drafts.

    A draft that was made with other settings may print what is small by those of today, and no later pattern can take that back. Where
    that leaves no safe pattern, what such drafts printed is left aside: what they hid stays hidden, no number that was small by the
    settings of a draft may follow from it and the new one together, and the ledger says that they must not be passed on.
    """
    try:
        return strategic_pack(engine, day, past(read)), []
    except DisclosureError:
        now = basis(engine)
        older = [draft for draft in read.drafts if draft.basis != now]
        if not older:
            raise
    pack = strategic_pack(engine, day, past(read, {draft.id for draft in older}))
    for draft in older:
        threshold, top = _asked(draft.cells)
        audit(settled(pack.system, (_of_draft(draft.cells),)), pack.printed, threshold, top).require_safe()
    warning = "shows numbers that are small under the current settings; do not pass it on."
    return pack, [f"The draft as at {draft.period} made on {british(draft.made_at)} {warning}" for draft in older]


def counts(pack: StrategicPack) -> dict:
    """What a pack prints for every count of it."""
    return {key: value for key, value in pack.printed.items() if key in pack.system.cells}


def past(read: Ledger, aside: Container[int] = ()) -> tuple[Publication, ...]:
    """What binds the next pack: every pack that was published, then every draft, each oldest first.

    Of the drafts ``aside``, by number, only what they hid.
    """
    published = (_of_publication(entry.cells) for entry in read.publications)
    drafts = (
        replace(record, cells=only_hidden(record.cells), relations=()) if draft.id in aside else record
        for draft in read.drafts
        for record in (_of_draft(draft.cells),)
    )
    return (*published, *drafts)


def basis(engine: Engine) -> str:
    """A hash of what decides a draft besides the night and the ledger: settings, policies, comparators, and the program's own part."""
    settings = engine.settings
    rules = [
        (policy.id, rule.id, rule.title, fingerprint(rule, settings), repr(rule.target))
        for policy in engine.policies.values()
        for rule in policy.rules
    ]
    comparators = settings.folder / COMPARATORS if settings.folder else None
    parts = (
        [repr(getattr(settings, name)) for name in SETTINGS],
        rules,
        comparators.read_bytes().hex() if comparators and comparators.exists() else "",
        _program(),
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@cache
def _program() -> str:
    folders = [Path(folder) for part in (metrics.strategic, metrics.disclosure) for folder in part.__path__]
    files = [path for folder in folders for path in sorted(folder.iterdir()) if path.suffix in (".py", ".toml", ".sql")]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def _disagrees(mine: Publication, other: Publication) -> str:
    """What another pack or draft hides or prints otherwise than a draft; an earlier draft's numbers may differ."""
    there = {cell.key: cell for cell in other.cells if cell.published}
    for cell in mine.cells:
        found = there.get(cell.key)
        if found is None or not cell.published:
            continue
        if found.published == "hidden" and cell.published == "open" and cell.count:
            return f"has {HIDDEN} where it has a number"
        if not found.drafted and found.count != cell.count:
            return "was published with another number"
    return ""


@lru_cache(maxsize=256)
def _of_publication(cells: str) -> Publication:
    return Publication.from_json(json.loads(cells))


def _asked(cells: bytes) -> tuple[int, int]:
    """The threshold and range that a draft was made with."""
    return tuple(json.loads(zlib.decompress(cells))["asked"])


@lru_cache(maxsize=256)
def _of_draft(cells: bytes) -> Publication:
    return Publication.from_json(json.loads(zlib.decompress(cells)))
