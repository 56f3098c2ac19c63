"""The one writer: nothing is acknowledged before it is committed.

SQLite knows one writer at a time; many who back off from its lock make its long tail (p99 of 1 s at 32 connections).
So one thread takes the waiting deeds, runs each in a savepoint, commits them together and answers after the commit. A
batch that fails is run again one by one: one bad write harms nobody else. PostgreSQL takes a pool of threads.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

T = TypeVar("T")
Deed = Callable[[Connection], T]

BATCH = 64
"""Deeds committed together at most: the last one waits for the others."""


class NotSaved(Exception):
    """The database is away, locked or full: nothing was written, and nobody was told otherwise."""


class Writer(Protocol):
    """Runs a deed in a transaction and answers after its commit. Raises NotSaved, or what the deed raises."""

    async def write(self, deed: Deed[T]) -> T: ...
    def close(self) -> None: ...


class Reader(Protocol):
    """Runs a deed that only reads."""

    async def read(self, deed: Deed[T]) -> T: ...
    def close(self) -> None: ...


def writer_of(engine: Engine) -> Writer:
    """The writer that fits the database."""
    return GroupWriter(engine) if engine.dialect.name == "sqlite" else PoolWriter(engine)


def reader_of(engine: Engine) -> Reader:
    """The reader that fits the database."""
    return InlineReader(engine) if engine.dialect.name == "sqlite" else PoolReader(engine)


class GroupWriter:
    """SQLite: one thread, one transaction for all who wait."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(write=True)
        self._waiting: queue.SimpleQueue[tuple[Deed[Any], Future[Any]] | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    async def write(self, deed: Deed[T]) -> T:
        if self._closed:
            raise NotSaved("the writer is closed")
        future: Future[T] = Future()
        self._waiting.put((deed, future))
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Finish what is waiting, then stop."""
        if not self._closed:
            self._closed = True
            self._waiting.put(None)
            self._thread.join(timeout=10)

    def _work(self) -> None:
        open_ = True
        while open_:
            first = self._waiting.get()
            if first is None:
                return
            batch = [first]
            while len(batch) < BATCH and not self._waiting.empty():
                following = self._waiting.get()
                if following is None:
                    open_ = False
                    break
                batch.append(following)
            self._run(batch)

    def _run(self, batch: list[tuple[Deed[Any], Future[Any]]]) -> None:
        try:
            results = self._together([deed for deed, _ in batch])
        except Exception as why:
            if len(batch) == 1:
                batch[0][1].set_exception(_said(why))
            else:
                for one in batch:
                    self._run([one])
            return
        for (_, future), (result, error) in zip(batch, results, strict=True):
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(_said(error))

    def _together(self, deeds: list[Deed[Any]]) -> list[tuple[Any, Exception | None]]:
        """One transaction, a savepoint each; raises when the transaction itself fails."""
        results: list[tuple[Any, Exception | None]] = []
        with self._engine.begin() as connection:
            if len(deeds) == 1:
                return [(deeds[0](connection), None)]
            for deed in deeds:
                try:
                    with connection.begin_nested():
                        results.append((deed(connection), None))
                except (OperationalError, InterfaceError):
                    raise  # the database, not the deed: all are run again, one by one
                except Exception as why:
                    results.append((None, why))
        return results


class PoolWriter:
    """PostgreSQL: a transaction each, in a pool of threads."""

    def __init__(self, engine: Engine, threads: int = 8) -> None:
        self._engine = engine
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="writer")

    async def write(self, deed: Deed[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._run, deed)

    def close(self) -> None:
        self._pool.shutdown(wait=True)

    def _run(self, deed: Deed[T]) -> T:
        try:
            with self._engine.begin() as connection:
                return deed(connection)
        except Exception as why:
            raise _said(why) from why


class InlineReader:
    """SQLite: a small read costs less than a thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def read(self, deed: Deed[T]) -> T:
        try:
            with self._engine.connect() as connection:
                return deed(connection)
        except Exception as why:
            raise _said(why) from why

    def close(self) -> None:
        """Nothing is kept open."""


class PoolReader:
    """PostgreSQL: reads wait in threads, not on the event loop."""

    def __init__(self, engine: Engine, threads: int = 8) -> None:
        self._engine = engine
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="reader")

    async def read(self, deed: Deed[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._run, deed)

    def close(self) -> None:
        self._pool.shutdown(wait=True)

    def _run(self, deed: Deed[T]) -> T:
        try:
            with self._engine.connect() as connection:
                return deed(connection)
        except Exception as why:
            raise _said(why) from why


def _said(why: Exception) -> Exception:
    """A database that is away, locked or full becomes NotSaved; everything else stays what it is."""
    if isinstance(why, OperationalError | InterfaceError | PoolTimeout):
        return NotSaved(str(why).splitlines()[0])
    if isinstance(why, DBAPIError) and why.connection_invalidated:
        return NotSaved("the connection was lost")
    return why
