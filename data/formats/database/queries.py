"""The queries of mapping.toml, asked of the database of the settings, all at one moment of it."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING

from data.errors import NightRefused
from data.settings import Settings

if TYPE_CHECKING:
    from data.formats.database.connecting import Opened


class Queries:
    """Asks one query after another. Where a load reads its tables from the database, they are asked of the connection that is ``opened``
    for these; else of one that the first query opens, until the end of the context."""

    def __init__(self, settings: Settings, opened: Opened | None = None) -> None:
        self.settings, self.opened = settings, opened
        self.until_end = ExitStack()
        self.refused: NightRefused | None = None
        self.asking: Generator[list[str | None]] | None = None

    def __enter__(self) -> Queries:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._end()
        self.until_end.close()

    def ask(self, query: str, place: str) -> Iterator[list[str | None]]:
        """The names of a query's columns, and then its rows. ``place``: what asks, in words. Reading them raises NightRefused."""
        self._end()
        self.asking = self._rows(query, place)
        return self.asking

    def _end(self) -> None:
        # What somebody has stopped to read goes on no longer, or the connection would not be free.
        if self.asking:
            self.asking.close()
        self.asking = None

    def _ask_of(self, place: str) -> Opened:
        if not self.settings.database.url:
            raise NightRefused(f"{place} needs a database; name it in settings.toml (database.url).")
        if self.refused:
            raise self.refused
        if self.opened is None:
            from data.formats.database.connecting import connected

            try:
                self.opened = self.until_end.enter_context(connected(self.settings))
            except NightRefused as refused:
                self.refused = refused
                raise
        return self.opened

    def _rows(self, query: str, place: str) -> Generator[list[str | None]]:
        connections, server, _ = self._ask_of(place)
        # SQLAlchemy is slow to import, and most loads need none of it.
        from sqlalchemy import text
        from sqlalchemy.exc import SQLAlchemyError

        from data.formats.database.connecting import by_itself, refusal
        from data.formats.database.servers import text_of

        connection = connections[0]
        try:
            with by_itself(connection, server):
                result = connection.execute(text(query).execution_options(stream_results=True))
                try:
                    yield list(result.keys())
                    for page in result.partitions(1_000):
                        yield from ([text_of(value, server) for value in row] for row in page)
                finally:
                    result.close()
        except SQLAlchemyError as error:
            raise refusal(error, server, connection.engine.url, place) from None
