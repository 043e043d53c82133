"""One pass over a file's bytes before anything is made of them: its hash, its encoding, and whether it is whole.

A file that does not decode is refused, never patched: a replaced letter is another name. DuckDB is only ever given UTF-8;
files in another encoding are written out as UTF-8 in a scratch folder first.
"""

from __future__ import annotations

import codecs
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from data.errors import NightRefused
from data.settings import Settings

BLOCK = 1 << 20
BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True)
class Decoded:
    """A file found whole. ``readable`` is the UTF-8 file to read; ``lines`` counts its line endings; ``text`` is what it holds, as UTF-8,
    if that is little; ``wrapped``: a field of it may be written ``="..."``."""

    path: Path
    readable: Path
    encoding: str
    sha256: str
    size: int
    lines: int
    ends_with_line_ending: bool
    text: bytes | None = field(default=None, repr=False)
    wrapped: bool = False


class _Undecodable(Exception):
    """At the byte ``offset``: so many line feeds (``lines``) after the first ``read`` bytes."""

    def __init__(self, offset: int, read: int, lines: int = 0):
        self.offset, self.read, self.lines = offset, read, lines


def decode(path: Path, settings: Settings, scratch: Path) -> Decoded:
    """Read the bytes of a CSV file once, strictly, and say what they are.

    Raises NightRefused, naming file, row and byte, for a file that is empty, does not decode, holds NUL characters, has a
    quotation mark that is never closed, is cut short, or changes while it is being read.
    """
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        if before.st_size == 0:
            raise NightRefused(f"{path.name} is empty (0 bytes); export it again.")
        mark = next((mark for mark in BYTE_ORDER_MARKS if file.peek(3).startswith(mark)), b"")
        encoding = BYTE_ORDER_MARKS.get(mark, "utf-8")
        try:
            decoded = _read(file, path, encoding, scratch, settings)
        except _Undecodable as fault:
            if mark or not settings.fallback_encoding:
                raise NightRefused(_does_not_decode(path, encoding, fault, settings)) from None
            try:
                decoded = _read(file, path, settings.fallback_encoding, scratch, settings)
            except _Undecodable as second:
                raise NightRefused(_does_not_decode(path, settings.fallback_encoding, second, settings)) from None
    after = path.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise NightRefused(f"{path.name} changed while it was being read; run this again when the export has finished.")
    return decoded


def _read(file: BinaryIO, path: Path, encoding: str, scratch: Path, settings: Settings) -> Decoded:
    readable = path if encoding == "utf-8" else scratch / f"{path.stem}.utf-8.csv"
    digest = hashlib.sha256()
    quotes = newlines = returns = size = 0
    last = b""
    only: bytes | None = None
    wrapped = False
    written = None if readable == path else readable.open("wb")
    try:
        for raw, text in _blocks(file, encoding):
            digest.update(raw)
            only = text if size == 0 else None
            size += len(raw)
            if b"\0" in text:
                row = newlines + text[: text.index(b"\0")].count(b"\n") + 1
                raise NightRefused(
                    f"{path.name} holds a NUL character on line {row}; it is damaged, or UTF-16 without a byte-order mark: "
                    "export it again as UTF-8."
                )
            if marks := _count(text, b'"'):
                quotes += marks
                wrapped = wrapped or b'="' in text or (last == b"=" and text.startswith(b'"'))
            newlines += _count(text, b"\n")
            returns += _count(text, b"\r")
            last = text[-1:] or last
            if written:
                written.write(text)
    finally:
        if written:
            written.close()
    if quotes % 2:
        raise NightRefused(
            f"{path.name} has a quotation mark that is never closed (the last one is on line {_line_of_last_quote(readable)}); "
            "export it again, with every quotation mark inside a field doubled."
        )
    ends = last in (b"\n", b"\r")
    if settings.final_line_ending_required and not ends:
        raise NightRefused(
            f"{path.name} is cut short: its last line (line {newlines + 1}) has no line ending; export it again, or, if the "
            "system never writes one, set final_line_ending_required = false in settings.toml."
        )
    return Decoded(path, readable, encoding, digest.hexdigest(), size, newlines or returns, ends, only, wrapped)


def _count(text: bytes, mark: bytes) -> int:
    # Most files have no quotation mark and one kind of line ending, and to find that takes a tenth of what counting does.
    return text.count(mark) if mark in text else 0


def _blocks(file: BinaryIO, encoding: str) -> Iterator[tuple[bytes, bytes]]:
    """The file's bytes from its beginning, as they are, and the same block as UTF-8."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    offset = file.seek(0)
    while True:
        raw = file.read(BLOCK)
        pending = decoder.getstate()[0]
        if raw and encoding == "utf-8" and not pending and raw.isascii():
            yield raw, raw
            offset += len(raw)
            continue
        try:
            text = decoder.decode(raw, final=not raw)
        except UnicodeDecodeError as fault:
            lines = fault.object[: fault.start].count(b"\n")
            raise _Undecodable(offset + fault.start - len(pending), offset, lines) from None
        except UnicodeError:
            raise _Undecodable(offset, offset) from None
        if not raw:
            return
        yield raw, raw if encoding == "utf-8" else text.encode("utf-8")
        offset += len(raw)


def _does_not_decode(path: Path, encoding: str, fault: _Undecodable, settings: Settings) -> str:
    advice = "export it again as UTF-8"
    if encoding == "utf-8" and not settings.fallback_encoding:
        advice += ', or, if it is a Windows file, set fallback_encoding = "cp1252" in settings.toml'
    row = _line_feeds(path, fault.read) + fault.lines + 1
    return f"{path.name} is not {encoding}: row {row} (byte {fault.offset}) does not decode; {advice}."


def _line_feeds(path: Path, size: int) -> int:
    """How many there are in so many bytes of a file."""
    found = 0
    with path.open("rb") as file:
        while block := file.read(min(BLOCK, size)):
            found += block.count(b"\n")
            size -= len(block)
    return found


def _line_of_last_quote(path: Path) -> int:
    line = last = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            at = block.rfind(b'"')
            if at >= 0:
                last = line + block[:at].count(b"\n") + 1
            line += block.count(b"\n")
    return last


def open_text(path: Path, errors: str = "strict") -> TextIO:
    """A CSV file as text, to look into it: UTF-8 or UTF-16, as its first bytes say. ``errors``: as for ``open``."""
    file = path.open("rb")
    encoding = "utf-16" if file.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
    return TextIOWrapper(file, encoding, errors=errors, newline="")
