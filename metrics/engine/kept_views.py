"""Views of a night that were opened before, for the next who asks the same: a page asks some questions of one scope, one after another.

A view keeps the gate's own tables and views, which cost more to make than a question costs. It is lent to one question at a time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Lock

from metrics.engine.gate import View

VIEWS_KEPT = 24


class KeptViews:
    """Idle views by whose they are. Safe to share between threads."""

    def __init__(self) -> None:
        self._idle: OrderedDict[Hashable, list[View]] = OrderedDict()
        self._lock = Lock()

    @contextmanager
    def lent(self, whose: Hashable, opened: Callable[[], View]) -> Iterator[View]:
        """A view of anyone who is named, a new one where none is idle. After an error, or with tables of a question's own, it is closed."""
        with self._lock:
            view = self._take(whose) if whose in self._idle else None
        view = view or opened()
        try:
            yield view
        except BaseException:
            view.close()
            raise
        if view.is_plain:
            self._put_back(whose, view)
        else:
            view.close()

    def _take(self, whose: Hashable) -> View:
        """An idle view of theirs. Who has none left is forgotten, so that nobody looks for one there."""
        views = self._idle[whose]
        view = views.pop()
        if not views:
            del self._idle[whose]
        return view

    def _put_back(self, whose: Hashable, view: View) -> None:
        with self._lock:
            self._idle.setdefault(whose, []).append(view)
            self._idle.move_to_end(whose)
            while sum(map(len, self._idle.values())) > VIEWS_KEPT:
                self._take(next(iter(self._idle))).close()
