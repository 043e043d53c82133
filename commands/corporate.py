"""The Corporate Parenting Panel's pack on the command line: its draft, made with the night or when asked for, and published when asked."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from data.errors import TrackerError
from data.store.store import Store
from metrics.engine.engine import Engine, QuestionError
from words.dates import british

COMMAND_LINE = "The command line"


def corporate_pack(engine: Engine, args: Namespace) -> list[Path]:
    """Write the workbook to ``--out`` and the PDF beside it (or to ``--pdf``); ``--publish`` enters it in the ledger. Gives the files.

    The pack is the draft of its reporting date as it is kept, or made again from the night that is shown where that is another one.
    """
    from casework.publishing.publications import ledger
    from casework.storage.opening import open_casework
    from packs.corporate.drafts import KIND, default_day, is_of_older_night, newest_draft, prepare
    from packs.corporate.publishing import finish, publish_pack
    from packs.saving import PDF, XLSX, check_name, save_bytes

    if args.publish and not (args.by or "").strip():
        raise QuestionError("Give the name of the person who publishes the pack, with --by NAME.")
    pdf = args.pdf or args.out.with_suffix(PDF)
    check_name(args.out, XLSX)
    check_name(pdf, PDF)
    casework = open_casework(engine.settings, Path(args.store))
    day = args.as_at or default_day(engine)
    there = newest_draft(ledger(casework, KIND), day)
    older = there is not None and is_of_older_night(engine, there)
    draft = prepare(engine, casework, day, (args.by or "").strip() or COMMAND_LINE, again=older, say=_say)
    for reason in draft.draft.reasons.splitlines():
        _say(reason)
    made = publish_pack(engine, casework, day, args.by) if args.publish else finish(engine, casework, draft.pack)
    if args.publish:
        _say(f"The pack as at {british(day)} is published in the name of {args.by}")
    workbook = save_bytes(made.workbook, args.out)
    return [workbook, save_bytes(made.document, pdf, PDF)]


def prepare_draft(store: Store) -> None:
    """With the night: the councillors' draft of the latest month end, so that nobody waits for it on the page.

    What stands in its way is told and stops nothing: the night is published already.
    """
    from casework.storage.opening import open_casework
    from packs.corporate.drafts import prepare

    try:
        night = store.current()
        if night is None:
            return
        engine = Engine(night, store.settings)
        prepare(engine, open_casework(engine.settings, store.path), say=_say)
    except TrackerError as error:
        _say(f"The corporate parenting draft was not made: {error}")


def _say(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)
