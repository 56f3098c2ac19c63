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
from contextlib import ExitStack
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.storage.engine import ERASED, leave_no_trace

T = TypeVar("T")
Deed = Callable[[Connection], T]
_Waiting = tuple[Callable[[Connection], Any], Future[Any]]

BATCH = 64
"""Deeds committed together at most: the last one waits for the others."""


CLOSED = "the site is stopping"


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
        self._waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._door = threading.Lock()
        self._closed = False
        self._traces = False
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    async def write(self, deed: Deed[T]) -> T:
        future: Future[T] = Future()
        with self._door:
            if self._closed:
                raise NotSaved(CLOSED)
            self._waiting.put((deed, future))
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Finish what is waiting, then stop."""
        with self._door:
            if self._closed:
                return
            self._closed = True
            self._waiting.put(None)
        self._thread.join(timeout=10)

    def _work(self) -> None:
        batch: list[_Waiting] = []
        while (one := self._waiting.get()) is not None:
            batch.append(one)
            if len(batch) < BATCH and not self._waiting.empty():
                continue
            self._run(batch)
            batch = []
        self._run(batch)

    def _run(self, batch: list[_Waiting]) -> None:
        # who hung up meanwhile is left out, and can't hang up once their deed has begun
        wanted = [(deed, future) for deed, future in batch if future.set_running_or_notify_cancel()]
        if wanted:
            self._answer(wanted)
        if self._traces:
            self._traces = not leave_no_trace(self._engine)

    def _answer(self, batch: list[_Waiting]) -> None:
        try:
            results = self._together([deed for deed, _ in batch])
        except _Away as why:
            for _, future in batch:
                future.set_exception(_said(why.reason))
        except Exception as why:
            if len(batch) == 1:
                batch[0][1].set_exception(_said(why))
                return
            for one in batch:
                self._answer([one])
        else:
            for (_, future), (result, error) in zip(batch, results, strict=True):
                if error is None:
                    future.set_result(result)
                else:
                    future.set_exception(_said(error))

    def _together(self, deeds: list[Deed[Any]]) -> list[tuple[Any, Exception | None]]:
        """One transaction, a savepoint each; raises when the transaction itself fails, _Away when it can't begin."""
        results: list[tuple[Any, Exception | None]] = []
        with ExitStack() as stack:
            try:
                connection = stack.enter_context(self._engine.begin())
            except DBAPIError as why:
                raise _Away(why) from why
            if len(deeds) == 1:
                results.append((deeds[0](connection), None))
            else:
                results += [_apart(connection, deed) for deed in deeds]
            erased = connection.info.pop(ERASED, False)
        self._traces = self._traces or erased
        return results


class _Away(Exception):
    """No transaction could begin: nobody's deed is at fault, and trying each alone would only make all wait longer."""

    def __init__(self, reason: Exception) -> None:
        super().__init__(str(reason))
        self.reason = reason


def _apart(connection: Connection, deed: Deed[Any]) -> tuple[Any, Exception | None]:
    """A deed in a savepoint of its own: its result, or what it raised."""
    try:
        with connection.begin_nested():
            return deed(connection), None
    except (OperationalError, InterfaceError):
        raise  # the database, not the deed: all are run again, one by one
    except Exception as why:
        return None, why


class PoolWriter:
    """PostgreSQL: a transaction each, in a pool of threads."""

    def __init__(self, engine: Engine, threads: int = 8) -> None:
        self._engine = engine
        self._pool = _Pool(threads, "writer")

    async def write(self, deed: Deed[T]) -> T:
        return await self._pool.run(self._run, deed)

    def close(self) -> None:
        self._pool.close()

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
        return _read(self._engine, deed)

    def close(self) -> None:
        """Nothing is kept open."""


class PoolReader:
    """PostgreSQL: reads wait in threads, not on the event loop."""

    def __init__(self, engine: Engine, threads: int = 8) -> None:
        self._engine = engine
        self._pool = _Pool(threads, "reader")

    async def read(self, deed: Deed[T]) -> T:
        return await self._pool.run(lambda asked: _read(self._engine, asked), deed)

    def close(self) -> None:
        self._pool.close()


class _Pool:
    """Threads that say NotSaved, not a crash, to who comes after they were closed."""

    def __init__(self, threads: int, name: str) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._closed = False

    async def run(self, work: Callable[[Deed[T]], T], deed: Deed[T]) -> T:
        if self._closed:
            raise NotSaved(CLOSED)
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, deed)

    def close(self) -> None:
        self._closed = True
        self._threads.shutdown(wait=True)


def _read(engine: Engine, deed: Deed[T]) -> T:
    try:
        with engine.connect() as connection:
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
