"""Notice about once a second of what other processes write into the database that this one has open too.

A process counts its own writes (Store.versions); those of the others it looks for: first whether anything was written
at all (PostgreSQL's snapshot, next to nothing), then how many rows there are of what people wait to see.
"""

from __future__ import annotations

import atexit
import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Literal

from core.errors import StoreError
from core.store.session import Session

EVERY = 1.0
"""Seconds."""

Kind = Literal["data", "scores", "steps"]
COUNTED: Mapping[Kind, tuple[str, ...]] = {
    "data": ("import_batch", "batch_event", "round", "round_event", "sheet", "layout_mapping", "round_setting",
             "dated_note", "place_boundary"),
    "scores": ("score_event",),
    "steps": (
        "sheet_event", "item_input", "recusal", "flag_answer", "comment", "evidence", "minutes", "check_answer",
        "finding", "finding_event", "user_event", "redaction", "round_step",
        "standard_check", "goal", "site_picture", "account_event", "evidence_withdrawal", "assignment",
        "talk", "deliberation", "questionnaire", "saved_view", "kept_choice",
        "notice", "notice_sending",
        "reporting_period", "reported_figure", "community_figure", "report_step", "reporter",
        "review_rule",
    ),
}  # fmt: skip
"""Tables that are counted (postgres_seen.sql), by what `versions` counts them as. Every other one is written together
with one of these, or changes nothing that is shown (view)."""

_log = logging.getLogger(__name__)


class Watch:
    """Looks at an open store every second, in a thread of its own, until it is stopped.

    `reading` gives a cursor on it, `follow` has it take notice of what is new.
    """

    def __init__(self, reading: Callable[[], AbstractContextManager[Session]], follow: Callable[[], None]) -> None:
        self._reading, self._follow = reading, follow
        self._own: Counter[str] = Counter()
        self._snapshot = ""
        self._theirs: dict[Kind, int] | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._look_on, name="store-watch", daemon=True)
        self._thread.start()
        # A thread that asks DuckDB while the interpreter ends would be cut off in the middle.
        atexit.register(self.stop)

    def stop(self) -> None:
        """End, and wait for the end (a server that does not answer: not for ever)."""
        self._stopped.set()
        atexit.unregister(self.stop)
        if threading.current_thread() is not self._thread:
            self._thread.join(10)

    def own(self, added: Counter[str]) -> None:
        """This process has written these rows itself: they are nobody else's news."""
        self._own += added

    def changed(self) -> tuple[Kind, ...]:
        """Ask for what others have written since the last time; nothing at the first. Raises StoreError."""
        with self._reading() as session:
            ((snapshot,),) = session.run("postgres_snapshot")
            if snapshot == self._snapshot:
                return ()
            # Counted after the snapshot was taken: a write in between is seen now, and looked for once more.
            (row,) = session.run("postgres_seen")
        own = {kind: sum(self._own[table] for table in tables) for kind, tables in COUNTED.items()}
        theirs = {kind: count - own[kind] for kind, count in zip(COUNTED, row, strict=True)}
        before, self._theirs, self._snapshot = self._theirs, theirs, snapshot
        return () if before is None else tuple(kind for kind in COUNTED if theirs[kind] != before[kind])

    def _look_on(self) -> None:
        told = False
        while not self._stopped.wait(EVERY):
            try:
                self._follow()
            except StoreError as error:
                if not told and not self._stopped.is_set():
                    _log.warning("other processes' writes cannot be seen for now: %s", error)
                told = True
            else:
                told = False
