"""What the panel's records look like to everyone else: frozen dataclasses. ``version`` is the version a change is built on (0: new)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from casework.records.errors import CaseworkError
from words.dates import british
from words.labels import RESTRICTED_RECORD

OPEN, CLOSED = "open", "closed"
DONE, CANCELLED = "done", "cancelled"
# Why a child is on an agenda.
FROM_LIST, CARRIED, OFF_LIST, BY_HAND = "list", "carried", "off_list", "by_hand"
SOURCES = {
    FROM_LIST: "on a list",
    CARRIED: "carried forward",
    OFF_LIST: "off the list since",
    BY_HAND: "added by hand",
}
# The files of a published pack: the two that are given out, and what the page shows of it.
WORKBOOK, DOCUMENT, SHOWN = "workbook", "document", "shown"
# What an action is about; the patterns count by it.
ACTION_KINDS = {
    "assessment": "Assessment",
    "court": "Court and legal",
    "family_finding": "Family finding and matching",
    "meeting": "Meeting or review",
    "support": "Support package",
    "contact": "Contact and family",
    "identity": "Immigration, nationality, passport",
    "recording": "Putting the record right",
    "other": "Other",
}


@dataclass(frozen=True)
class Freeze:
    """When a panel was frozen, by whom, and over which night. ``night_hash`` is the seal in the night's manifest."""

    as_at: date
    night_name: str
    night_hash: str
    frozen_at: datetime
    frozen_by: str
    content_hash: str


@dataclass(frozen=True)
class Panel:
    """One meeting of a policy's panel: for an area of the council (``panel_areas`` of the settings), or "" for the whole of it.

    ``lists``: the rules from whose lists its agenda was last made, none where it has not been made, or was made before that was kept;
    ``services``: those that it was made for (none: all). ``freeze`` is None until its lists are frozen.
    """

    policy_id: str
    panel_date: date
    area: str = ""
    status: str = OPEN
    notes: str = ""
    lists: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    freeze: Freeze | None = None
    id: int = 0
    version: int = 0

    @property
    def frozen(self) -> Freeze:
        """When it was frozen. Raises CaseworkError where it has not been frozen yet."""
        if self.freeze is None:
            raise CaseworkError(f"The panel of {self.when} has not been frozen yet.")
        return self.freeze

    @property
    def when(self) -> str:
        """Its day and its area, as every sentence calls a panel: *24/11/2026 (East)*."""
        return f"{british(self.panel_date)} ({self.area})" if self.area else british(self.panel_date)

    @property
    def name(self) -> str:
        """Its day and its area, as addresses and names of files call it: *2026-11-24 East*."""
        return f"{self.panel_date.isoformat()} {self.area}" if self.area else self.panel_date.isoformat()


@dataclass(frozen=True)
class Theme:
    """A barrier of the coded list. A code never changes; its label, order and whether it is offered may change."""

    code: str
    label: str
    active: bool = True
    place: int = 0
    id: int = 0
    version: int = 0


@dataclass(frozen=True)
class AgendaItem:
    """A child on a panel's agenda. ``rules``: the lists it comes from; ``carried_from``: the panel that last had the child.

    ``source`` is a key of SOURCES; ``reason`` says why it was added or removed by hand. A restricted child's item has
    RESTRICTED_RECORD in place of ``child_id``.
    """

    panel_id: int
    child_id: str
    rules: tuple[str, ...] = ()
    source: str = FROM_LIST
    place: int = 0
    carried_from: int | None = None
    reason: str = ""
    removed: bool = False
    id: int = 0
    version: int = 0

    @property
    def restricted(self) -> bool:
        return self.child_id == RESTRICTED_RECORD


@dataclass(frozen=True)
class Discussion:
    """What a panel said about a child: barriers (codes of themes), summary, decision, outcome, and when the child comes back."""

    panel_id: int
    child_id: str
    themes: frozenset[str] = frozenset()
    summary: str = ""
    decision: str = ""
    outcome: str = ""
    next_panel_date: date | None = None
    id: int = 0
    version: int = 0


@dataclass(frozen=True)
class Action:
    """Something that ``owner`` is to do for a child by ``due_date``. ``panel_id``: the panel that asked; ``kind``: of ACTION_KINDS."""

    panel_id: int
    child_id: str
    text: str
    owner: str = ""
    due_date: date | None = None
    kind: str = "other"
    state: str = OPEN
    done_date: date | None = None
    outcome_note: str = ""
    id: int = 0
    version: int = 0

    def overdue(self, on: date) -> bool:
        """Open, and due before the day: what is due today is not overdue."""
        return self.days_overdue(on) is not None

    def days_overdue(self, on: date) -> int | None:
        """How many days an open action is overdue on a day; None when it is not."""
        if self.state != OPEN or self.due_date is None or self.due_date >= on:
            return None
        return (on - self.due_date).days


@dataclass(frozen=True)
class Note:
    """What a person notes about a child outside panels; ``withdrawn`` when it should not have been written."""

    child_id: str
    text: str = ""
    withdrawn: bool = False
    id: int = 0
    version: int = 0


@dataclass(frozen=True)
class Commentary:
    """The words beside a measure of a pack: ``kind`` (the pack), ``period`` and ``measure_id`` are its key."""

    kind: str
    period: str
    measure_id: str
    text: str = ""
    id: int = 0
    version: int = 0


@dataclass(frozen=True)
class Change:
    """One field before and after a revision."""

    field: str
    before: object
    after: object


@dataclass(frozen=True)
class Revision:
    """One entry of a record's history. ``applied`` is false for words that met another's and were kept aside."""

    version: int | None
    based_on: int
    changes: tuple[Change, ...]
    who: str
    at: datetime
    applied: bool


@dataclass(frozen=True)
class Publication:
    """A pack that was published. ``cells`` and ``pattern`` are JSON text that the pack's own lane reads."""

    kind: str
    period: str
    published_at: datetime
    published_by: str
    night_name: str
    cells: str
    pattern: str
    sha256: str
    id: int = 0


@dataclass(frozen=True)
class PublishedFile:
    """A file of a published pack, byte for byte. ``what`` is one of WORKBOOK, DOCUMENT, SHOWN."""

    what: str
    content: bytes
    sha256: str


@dataclass(frozen=True)
class Draft:
    """A draft of a pack, kept from the first on. ``basis`` is a hash of what it was made from besides the night and the ledger.

    ``cells`` and ``answer`` are for the pack's own lane to read; ``reasons`` are sentences, a line each, that say why its figures differ
    from those of the draft before.
    """

    kind: str
    period: str
    made_at: datetime
    made_by: str
    night_name: str
    night_hash: str
    basis: str
    reasons: str
    cells: bytes
    answer: bytes
    id: int = 0


@dataclass(frozen=True)
class Ledger:
    """Everything that is kept of one kind of pack, oldest first. ``state`` changes whenever a draft or a publication joins; ``newest`` is
    the entry that joined last: ``("draft", its number)`` or ``("publication", its number)``."""

    state: str
    newest: tuple[str, int] | None
    publications: tuple[Publication, ...]
    drafts: tuple[Draft, ...]
