"""PDFs: a template and what it says, compiled by Typst. Every word reaches the document as data, never as its markup."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

import typst


def make_pdf(template: Path, given: Mapping[str, object], pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The bytes of a tagged PDF (PDF/UA-1). The template reads ``pack.json`` (``given``) and the ``pictures`` by their names."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in (pictures or {}).items():
            (root / name).write_bytes(content)
        (root / "pack.json").write_text(json.dumps(given), encoding="utf-8")
        (root / "pack.typ").write_text(template.read_text(encoding="utf-8"), encoding="utf-8")
        return typst.compile(str(root / "pack.typ"), root=str(root), format="pdf", pdf_standards=["ua-1"])
