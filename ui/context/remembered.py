"""Answers that are kept in memory for whoever asks the same again: what decides an answer must be in the arguments."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import streamlit
from streamlit.runtime.caching.cache_utils import CachedFunc

P = ParamSpec("P")
R = TypeVar("R")


def remembered(most: int) -> Callable[[Callable[P, R]], CachedFunc[P, R]]:
    """Keep ``most`` of a function's answers. Everybody who asks gets a copy of their own.

    No argument's name may begin with an underscore, since Streamlit leaves those out of what it compares.
    """

    def decorate(function: Callable[P, R]) -> CachedFunc[P, R]:
        signature = inspect.signature(function)
        if hidden := [name for name in signature.parameters if name.startswith("_")]:
            raise TypeError(f"{function.__qualname__} would give one answer for every {hidden[0]}.")
        # Else Streamlit works it out again for every argument of every call.
        function.__signature__ = signature  # type: ignore[attr-defined]
        return streamlit.cache_data(max_entries=most, show_spinner=False)(function)

    return decorate
