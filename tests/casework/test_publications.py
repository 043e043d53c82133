"""The ledger of packs: one at a time, each against what was read before, with the files as they were published."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier

import pytest
from sqlalchemy import text

from casework.checking import check
from casework.publishing.publications import LedgerMoved, draft_answer, keep_draft, ledger, publications, publish, published_file
from casework.records.errors import CaseworkError
from casework.records.records import DOCUMENT, WORKBOOK, Draft, Publication
from tests.casework.processes import publish_beside_what_was_read, publish_in_a_process
from tests.casework.test_chain import past_the_triggers
from tests.support.at_once import ends_of

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
PACK = Publication("corporate", "2026-10-31", NOW, "Pat Clerk", "night", "{}", "[]", "a" * 64)
DRAFT = Draft("corporate", "2026-10-31", NOW, "The night", "night", "seal", "basis", "", b"cells", b"answer")
FILES = {WORKBOOK: b"the workbook", DOCUMENT: b"the document"}


def _publish_beside_what_was_read(casework, name: str, start: Barrier) -> None:
    start.wait()
    publish_beside_what_was_read(casework, replace(PACK, period=name))


def _each_knew_all_before_it(casework, packs: int) -> None:
    with casework.reading() as session:
        knew = session.execute(text("select pattern from publication order by id")).scalars().all()
    assert knew == [str(number) for number in range(packs)], "a pack was entered that had not seen the one before"
    assert check(casework) == []


def test_a_pack_that_was_worked_out_beside_an_older_ledger_is_refused(casework):
    read = ledger(casework, "corporate").state
    keep_draft(casework, DRAFT, read)
    with pytest.raises(LedgerMoved, match="was added to the ledger after this one"):
        publish(casework, PACK, read)
    with pytest.raises(LedgerMoved):
        keep_draft(casework, DRAFT, read)
    publish(casework, PACK, ledger(casework, "corporate").state)
    assert len(publications(casework)) == 1 and len(ledger(casework, "corporate").drafts) == 1


def test_threads_that_publish_at_once_each_know_the_packs_before(casework):
    start = Barrier(6)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda name: _publish_beside_what_was_read(casework, name, start), "ABCDEF"))
    _each_knew_all_before_it(casework, 6)


def test_processes_that_publish_at_once_each_know_the_packs_before(casework, settings):
    packs = [[replace(PACK, period=f"{name} {number}") for number in range(4)] for name in "AB"]
    records = (settings.casework_database, settings.folder)
    assert ends_of(publish_in_a_process, [(*records, mine) for mine in packs]) == [0, 0]
    _each_knew_all_before_it(casework, 8)


def test_a_pack_can_be_had_again_exactly_as_it_was_published(casework):
    entered = publish(casework, PACK, ledger(casework, "corporate").state, FILES)
    assert published_file(casework, entered.id, WORKBOOK).content == FILES[WORKBOOK]
    assert published_file(casework, entered.id, DOCUMENT).content == FILES[DOCUMENT]
    assert published_file(casework, entered.id, "another") is None
    with pytest.raises(CaseworkError, match="kept for good"), casework.writing() as session:
        session.execute(text("delete from publication_file"))


def test_a_file_that_was_altered_is_named_and_not_given_out(casework):
    entered = publish(casework, PACK, ledger(casework, "corporate").state, FILES)
    value = "x'00'" if casework.path else "'\\x00'::bytea"
    past_the_triggers(casework, f"update publication_file set content = {value} where what = '{WORKBOOK}'")
    with pytest.raises(CaseworkError, match="has changed since it was published"):
        published_file(casework, entered.id, WORKBOOK)
    assert any("workbook of publication 1 has changed since it was published" in problem for problem in check(casework))
    assert any("File of a published pack 1 has changed since it was written" in problem for problem in check(casework))


def test_a_draft_is_kept_and_needs_somebody(casework):
    kept = keep_draft(casework, DRAFT, "")
    (read,) = ledger(casework, "corporate").drafts
    assert read == replace(kept, answer=b"") and draft_answer(casework, kept.id) == b"answer"
    with pytest.raises(CaseworkError, match="Enter your name"):
        keep_draft(casework, replace(DRAFT, made_by=" "), ledger(casework, "corporate").state)
    with pytest.raises(CaseworkError, match="not in the ledger"):
        draft_answer(casework, 99)
    assert ledger(casework, "another").drafts == ()
