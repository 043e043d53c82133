"""Frozen dataclasses as plain data and back, by their declared types: an answer is kept so that reading it back runs nothing."""

from __future__ import annotations

import json
import types
import typing
import zlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date


def packed(value: object) -> bytes:
    """A value as compressed JSON."""
    return zlib.compress(json.dumps(to_plain(value), ensure_ascii=False, allow_nan=False).encode(), 6)


def unpacked(content: bytes, kind: type) -> typing.Any:
    """What ``packed`` made of a value of that type. Raises ValueError, KeyError or TypeError for anything else."""
    return from_plain(json.loads(zlib.decompress(content)), kind)


def to_plain(value: object) -> object:
    """Lists, texts, numbers and fields by name."""
    if value is None or isinstance(value, (str, int, float)):
        return value  # as nearly all of them are
    if is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        # Keys may be tuples, which JSON has not.
        return [[to_plain(key), to_plain(entry)] for key, entry in value.items()]
    if isinstance(value, (tuple, list)):
        return [to_plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value


def from_plain(given: typing.Any, kind: object) -> typing.Any:
    """The value of a declared type."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        # A number or a text stands for itself; of the others a union has at most one, beside None.
        made = [one for one in inner if one is not type(None) and one not in (int, float, str, bool)]
        return from_plain(given, made[0]) if made and given is not None else given
    if origin is tuple:
        if inner == (str, ...):
            return tuple(given)
        if inner[-1] is Ellipsis:
            return tuple(from_plain(entry, inner[0]) for entry in given)
        return tuple(from_plain(entry, one) for entry, one in zip(given, inner, strict=True))
    if origin in (dict, Mapping):
        return {from_plain(key, inner[0]): from_plain(entry, inner[1]) for key, entry in given}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: from_plain(value, hints[name]) for name, value in given.items() if name in hints})
    return date.fromisoformat(given) if kind is date else given


_HINTS: dict[type, dict[str, object]] = {}


def _hints(kind: type) -> dict[str, object]:
    if kind not in _HINTS:
        _HINTS[kind] = typing.get_type_hints(kind)
    return _HINTS[kind]
