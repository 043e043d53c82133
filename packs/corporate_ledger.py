"""The pack and the ledger: what was published before, and the record of one that is published now."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from casework.commentary import commentaries
from casework.database import Casework
from casework.publications import ledger, publications, publish
from casework.records import Publication as Entry
from metrics.disclosure.cells import HIDDEN
from metrics.disclosure.ledger import Publication, publication
from metrics.engine import Engine
from metrics.strategic.answer import StrategicPack, strategic_pack
from metrics.strategic.identities import refuse_identities
from packs.corporate import DRAFT, PUBLISHED, make_workbook
from packs.corporate_document import make_document

KIND = "corporate"


@dataclass(frozen=True)
class Finished:
    """The two files of a pack, from one protected answer."""

    pack: StrategicPack
    workbook: bytes
    document: bytes


def past(casework: Casework) -> tuple[Publication, ...]:
    """Every pack published so far, oldest first, as the protection needs it."""
    return tuple(Publication.from_json(json.loads(entry.cells)) for entry in publications(casework, KIND))


def protected(engine: Engine, casework: Casework, as_at: date | None = None) -> StrategicPack:
    """The protected answer beside what is in the ledger: what the page shows and the pack prints."""
    return strategic_pack(engine, as_at, past(casework))


def words_of(engine: Engine, casework: Casework, as_at: date) -> dict[str, str]:
    """The commentary of a pack, by measure. Raises CommentaryError where it names a child."""
    said = {measure: entry.text for measure, entry in commentaries(casework, KIND, as_at.isoformat()).items()}
    for text in said.values():
        refuse_identities(engine, text)
    return said


def finish(engine: Engine, casework: Casework, pack: StrategicPack, standing: str = DRAFT) -> Finished:
    """Make and audit the two files. Raises DisclosureError and CommentaryError."""
    said = words_of(engine, casework, pack.as_at)
    return Finished(pack, make_workbook(pack, said, standing), make_document(pack, said, standing))


def publish_pack(engine: Engine, casework: Casework, pack: StrategicPack, who: str) -> Finished:
    """Make the pack as published and enter it in the ledger. The files come back only when the ledger has it."""
    state = ledger(casework, KIND).state
    made = finish(engine, casework, pack, PUBLISHED)
    counts = {key: value for key, value in pack.printed.items() if key in pack.system.cells}
    record = publication(f"Corporate Parenting Panel pack, {pack.as_at:%d/%m/%Y}", pack.system, counts)
    entry = Entry(
        KIND,
        pack.as_at.isoformat(),
        casework.clock(),
        who,
        pack.night_name,
        json.dumps(record.to_json()),
        json.dumps(sorted(list(key) for key, value in pack.printed.items() if value == HIDDEN)),
        hashlib.sha256(made.workbook).hexdigest(),
    )
    publish(casework, entry, state)
    return made
