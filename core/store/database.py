"""An open store, a file or a database in PostgreSQL, shared between threads: read, written, remembered and counted.

An in-memory DuckDB attaches it as `store`, then shuts every other door: no other file, no network, no extension, no
setting (core.store.files, core.store.postgres). It is opened in core.store.opening.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple, NoReturn, TypeVar, cast

import duckdb

from core.errors import Message, StoreError
from core.model.context import Until
from core.store import acknowledged, errors, files, postgres, row_digests
from core.store.acknowledged import AcknowledgedFile
from core.store.address import Address, Place
from core.store.loss import Shortfall
from core.store.session import Explain
from core.store.session import Session as Session  # the rest of the house takes it from here
from core.store.watch import Watch

T = TypeVar("T")
Look = Callable[[Session], None]
"""Called first in the transaction of a write, for whatever the write rests on; it may refuse by raising."""
_MOST_REMEMBERED = 256
_TRIED = 1 << 16
"""Bytes put on the disk to see whether there is room: as much as some hundred scores take."""
_LONGEST = 2.0
"""Seconds to wait for somebody's write when a write is only tried: who is writing needs no trial."""
_log = logging.getLogger(__name__)


class Versions(NamedTuple):
    """Counters of writes, as far as this process knows of them: two equal values mean that nothing came in between.

    Its own writes count at once; other processes' (a store in PostgreSQL has them) about a second later.
    """

    data: int
    """Everything that hardly ever changes: imports, and rounds and sheets being made."""
    scores: int
    """Score events, and whatever else people do on sheets."""


class _Undone(Exception):  # noqa: N818
    """Ends a trial."""


class Store:
    """An open store. Safe to share between threads: each call has a cursor of its own."""

    location: str
    """As it was asked for, without a password."""
    place: Place
    read_only: bool
    short: Shortfall | None
    """The rows missing of those acknowledged; the store is read-only then."""
    refused: errors.StoreNotWritable | None = None
    """The reason for which it was opened to be read only, where somebody wanted to write."""

    def __init__(
        self,
        location: str,
        place: Place,
        root: duckdb.DuckDBPyConnection,
        *,
        read_only: bool,
        short: Shortfall | None = None,
    ) -> None:
        self.location = location
        self.place = place
        self.read_only = read_only or short is not None
        self.short = short
        self.asked_read_only = read_only
        self._root = root
        self._explain = explainer(place)
        self._mark = (
            None if self.read_only or isinstance(place, Address) else AcknowledgedFile(acknowledged.path_of(place))
        )
        self._write_lock = threading.Lock()
        self._versions = Versions(0, 0)
        self._steps = 0  # writes of people other than scores, within `_versions.scores`
        self._remembered: dict[tuple[object, ...], tuple[object, object]] = {}
        self._file = files.identity(place) if isinstance(place, Path) else None
        self._left = files.left(place) if isinstance(place, Path) else files.Left(None, None)
        self.gone = False
        # Last: it begins to look at once.
        self._watch = Watch(self.reading, self.follow) if isinstance(place, Address) else None

    def moved(self) -> bool:
        """Tell whether somebody has moved the file away, or put another one there: what is written would be lost.

        Once it was, `gone` says so without looking.
        """
        self.gone = self.gone or (isinstance(self.place, Path) and files.identity(self.place) != self._file)
        return self.gone

    @property
    def versions(self) -> Versions:
        """The counters, without asking the tables."""
        return self._versions

    def counted(self, until: Until) -> Hashable:
        """The counters of what ends an answer: as long as they stand still, so does what was read."""
        return {
            "data": self._versions.data,
            "steps": (self._versions.data, self._steps),
            "any": self._versions,
        }[until]

    def remembered(self, key: tuple[object, ...], make: Callable[[Session], T], until: Until = "data") -> T:
        """Keep what `make` reads until that is written.

        Which project, places, money and schemes there are is asked at every turn and hardly ever changes.
        Share only what cannot be altered.
        """
        # The count is taken before reading: a write in between makes the value old, never falsely new.
        count = self.counted(until)
        kept = self._remembered.get(key)
        if kept is not None and kept[0] == count:
            return cast(T, kept[1])
        with self.reading() as session:
            value = make(session)
        if len(self._remembered) >= _MOST_REMEMBERED:  # keys come from addresses that anybody can type
            self._remembered.clear()
        self._remembered[key] = (count, value)
        return value

    def certain(
        self, session: Session, key: tuple[object, ...], make: Callable[[Session], T], until: Until = "data"
    ) -> T:
        """Read within a write transaction: what is remembered counts where nobody but this process can write.

        A file has one process, whose writers wait for each other and count before the next begins; PostgreSQL has
        others, of whose writes the counters know late.
        """
        return self.remembered(key, make, until) if self._watch is None else make(session)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A cursor for reading: fetch everything before leaving. Raises StoreError when the store is closed."""
        try:
            cursor = self._root.cursor()
        except duckdb.Error as error:
            raise self._explain(error) from error
        with cursor:
            yield Session(cursor, self._explain)

    @contextmanager
    def writing(
        self, what: Literal["data", "scores", "steps", "views"], clash: Message | None = None, look: Look | None = None
    ) -> Iterator[Session]:
        """One write transaction, one at a time; `versions` counts it once it is durable and acknowledged.

        `steps` are what people do on sheets beside scoring: `versions` counts them as scores. `views` say what was
        shown and change nothing that is shown: they are not counted. `clash`: the sentence of a StoreError to raise
        instead of StoreClash, where somebody else was faster and nothing is tried again. `look` is called first.
        """
        self._refuse_read_only()
        with self._write_lock:
            self._refuse_touched()
            try:
                with alone(self._root, self.place), self.reading() as session, session.transaction():
                    if look is not None:
                        look(session)
                    yield session
                    row_digests.note(session)
            except BaseException as error:
                self._settle(wrote=False)
                if clash is not None and isinstance(error, errors.StoreClash):
                    raise StoreError(clash) from error
                raise
            self._settle(wrote=bool(session.added))
            if self._mark is not None:
                self._mark.add(session.added, session.heads)
            if self._watch is not None:
                self._watch.own(session.added)
            self._count(what)
            for key, value in session.becomes.items():
                self._remembered[key] = (self.counted("any"), value)

    def _refuse_read_only(self) -> None:
        """Raise StoreShort, StoreNotWritable where nothing is to be written."""
        if self.short is not None:
            raise self.short.error()
        if self.read_only:
            refused = self.refused or errors.file_not_writable(Path(self.location))
            raise errors.StoreNotWritable(refused.message)

    def _refuse_touched(self) -> None:
        """Raise StoreMissing, StoreTouched where file and log are not as this process left them: a write would be lost.

        A log that was deleted takes what is written into it, and shows nothing of it at the next opening.
        """
        if self.moved():
            raise errors.file_moved(self.location)
        if isinstance(self.place, Path) and files.left(self.place) != self._left:
            self._give_up()

    def _settle(self, *, wrote: bool) -> None:
        """See that what was just committed is where the next opening will find it. Raises StoreTouched.

        `wrote`: there was something, and it was not refused: then the log must have it.
        """
        if not isinstance(self.place, Path):
            return
        now = files.left(self.place)
        if wrote and os.name != "nt" and (self.moved() or not files.only_written(self._left, now)):
            self._give_up()
        if now.log is not None and self._left.log is None:
            files.keep_private(self.place)
        if wrote or files.same(self._left, now):
            self._left = now

    def _give_up(self) -> NoReturn:
        """Write no more: closing puts what is in memory into the data file, and opening it anew sees what is there."""
        self.gone = True
        _log.error("the data file %s or its log was altered, replaced or deleted by somebody else", self.location)
        raise errors.touched(self.location)

    def try_writing(self) -> None:
        """Try to write, and undo it. Raises StoreError where the next save will fail: StoreFull, StoreNotWritable, ...

        DuckDB puts nothing on the disk before a commit: a few bytes beside the file tell whether there is room.
        """
        self._refuse_read_only()
        if not self._write_lock.acquire(timeout=_LONGEST):
            return
        try:
            self._refuse_touched()
            with alone(self._root, self.place), self.reading() as session, suppress(_Undone), session.transaction():
                session.insert("schema_version", [{"version": 0, "made_at": datetime.min}])
                raise _Undone
        finally:
            self._write_lock.release()
        if isinstance(self.place, Path):
            files.try_room(self.place, _TRIED)

    def _count(self, what: Literal["data", "scores", "steps", "views"]) -> None:
        data, scores = self._versions
        self._steps += what == "steps"
        self._versions = Versions(data + (what == "data"), scores + (what in ("scores", "steps")))

    def follow(self) -> None:
        """Take notice of what other processes have written since. Raises StoreError."""
        if self._watch is None:
            return
        with self._write_lock:
            for what in self._watch.changed():
                self._count(what)

    def _overwritten(self) -> bool:
        """Tell whether somebody else has written into the file itself: nothing of ours must come on top of it."""
        return (
            self.gone
            and isinstance(self.place, Path)
            and files.identity(self.place) == self._file
            and files.left(self.place).data != self._left.data
        )

    @property
    def mark_failed(self) -> bool:
        """True where the mark could not be written: a loss would go unnoticed."""
        return self._mark is not None and self._mark.failed

    def close(self) -> None:
        """Let go of it, so that another process can open the file. Harmless when done twice."""
        if self._watch is not None:
            self._watch.stop()
        with OPENING, self._write_lock:
            if OPEN.get(self.place) is self:
                del OPEN[self.place]
            if self._overwritten():
                self._root.execute("PRAGMA disable_checkpoint_on_shutdown")
            self._root.close()
            if self._mark is not None:
                self._mark.close()
                self._mark = None


Source = Store | Session
"""A store (asked for its newest state) or a transaction (asked for what it sees)."""

OPENING = threading.Lock()
"""Held while a store is opened or closed."""
OPEN: dict[Place, Store] = {}
"""Those that this process has open."""


def explainer(place: Place) -> Explain:
    """The explanation of errors at that place."""
    if isinstance(place, Address):
        return postgres.explainer(place)
    return partial(errors.of_running, location=str(place))


def alone(root: duckdb.DuckDBPyConnection, place: Place) -> AbstractContextManager[None]:
    """Other processes that write wait, where there can be any."""
    return postgres.exclusively(root, place) if isinstance(place, Address) else nullcontext()
