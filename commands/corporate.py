"""The Corporate Parenting Panel's pack on the command line: made, and published when asked."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from metrics.engine import Engine, QuestionError


def corporate_pack(engine: Engine, asked: Namespace) -> list[Path]:
    """Write the workbook to ``--out`` and the PDF beside it (or to ``--pdf``); ``--publish`` enters it in the ledger. Gives the files."""
    from casework.database import open_casework
    from packs.corporate_ledger import finish, protected, publish_pack
    from packs.saving import PDF, XLSX, check_name, save_bytes

    if asked.publish and not (asked.by or "").strip():
        raise QuestionError("Say who publishes the pack, with --by NAME.")
    if asked.service or asked.team:
        raise QuestionError("The corporate parenting pack is of the whole county; leave out --service and --team.")
    pdf = asked.pdf or asked.out.with_suffix(PDF)
    check_name(asked.out, XLSX)
    check_name(pdf, PDF)
    casework = open_casework(engine.settings, Path(asked.store))
    pack = protected(engine, casework, asked.as_at)
    made = publish_pack(engine, casework, pack, asked.by) if asked.publish else finish(engine, casework, pack)
    workbook = save_bytes(made.workbook, asked.out)
    return [workbook, save_bytes(made.document, pdf, PDF)]
