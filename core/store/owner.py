"""The store's one owner answers for it: a command that meets the lock hands its arguments to who holds the file.

Beside the file `x.duckdb` lies `x.duckdb.owner` (0600): where the owner listens and the key that both sides prove
to each other to have. A connection carries one request and one answer, both JSON: nothing is ever unpickled.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import logging
import os
import secrets
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener, answer_challenge, deliver_challenge
from pathlib import Path
from typing import NamedTuple

from core.errors import Message
from core.store import errors

Answer = Callable[[list[str]], tuple[int, str, str]]
"""Arguments -> (exit code, standard output, standard error)."""

_LONGEST_ADDRESS = 100
"""Bytes that a unix socket's path may have: 107 on Linux, 103 on macOS."""
_LONGEST_REQUEST = 1 << 20
_FOLDER = "renewal-owner-"
_HANDSHAKE = 5.0
"""Seconds after which an owner that does not even greet counts as nobody."""
_ANSWER = 600.0
"""Seconds that a command may take."""
_BROKEN = (OSError, EOFError, AuthenticationError, ValueError)
"""Errors of a connection whose other side is gone, is not who it should be, or talks garbage."""
_log = logging.getLogger(__name__)


class _Note(NamedTuple):
    """The file beside the store: address, key and process of its owner."""

    address: str
    key: str
    pid: int


def _note_path(store_path: Path) -> Path:
    path = store_path.resolve()
    return path.with_name(f"{path.name}.owner")


def _family() -> str:
    return "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"


class OwnerServer:
    """A listening owner; `close` ends it. It also ends by itself with the process."""

    def __init__(self, store_path: Path, answer: Answer) -> None:
        self._answer = answer
        self._one_at_a_time = threading.Lock()
        self._closed = threading.Event()
        self._note_path = _note_path(store_path)
        self._folder: Path | None = None
        _clear_after_the_dead(self._note_path)
        key = secrets.token_hex(32)
        self._listener, address = self._bind()
        self._note = _Note(address, key, os.getpid())
        try:
            _write_note(self._note_path, self._note)
        except OSError as error:
            self._release()
            raise errors.of_system(error, self._note_path) from error
        self._thread = threading.Thread(target=self._serve, name="store-owner", daemon=True)
        self._thread.start()
        atexit.register(self.close)

    def close(self) -> None:
        """Stop listening and take away what lies beside the store. Harmless when done twice."""
        if self._closed.is_set():
            return
        self._closed.set()
        atexit.unregister(self.close)
        # accept() is not woken by closing its socket; a caller is what wakes it.
        with suppress(*_BROKEN):
            Client(self._note.address, _family()).close()
        self._thread.join(_HANDSHAKE)
        self._release()
        # Only our own note: who came after us may have put theirs there.
        if _read_note(self._note_path) == self._note:
            self._note_path.unlink(missing_ok=True)

    def _bind(self) -> tuple[Listener, str]:
        """A listener beside the store or, where that cannot be (a long path, a file system without sockets), in a
        folder of our own."""
        if sys.platform == "win32":
            address = rf"\\.\pipe\renewal-{secrets.token_hex(16)}"
            return Listener(address, "AF_PIPE", backlog=16), address
        beside = self._note_path.with_name(f"{self._note_path.stem}.{secrets.token_hex(4)}.sock")
        if len(os.fsencode(beside)) <= _LONGEST_ADDRESS:
            with suppress(OSError):
                return self._unix(beside)
        self._folder = Path(tempfile.mkdtemp(prefix=_FOLDER))  # 0700
        return self._unix(self._folder / "owner.sock")

    def _unix(self, path: Path) -> tuple[Listener, str]:
        listener = Listener(str(path), "AF_UNIX", backlog=16)
        path.chmod(0o600)
        return listener, str(path)

    def _release(self) -> None:
        with suppress(FileNotFoundError):  # somebody took the folder away
            self._listener.close()  # removes its socket
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _serve(self) -> None:
        while not self._closed.is_set():
            try:
                connection = self._listener.accept()
            except _BROKEN:
                if not self._closed.is_set():
                    _log.warning("store owner: a caller was lost before it spoke", exc_info=True)
                continue
            if self._closed.is_set():
                connection.close()
                return
            # A caller that says nothing keeps a thread of its own waiting, not the others.
            threading.Thread(target=self._hear, args=(connection,), name="store-owner-call", daemon=True).start()

    def _hear(self, connection: Connection) -> None:
        with connection:
            try:
                key = self._note.key.encode()
                deliver_challenge(connection, key)
                answer_challenge(connection, key)
                argv = _argv(connection.recv_bytes(_LONGEST_REQUEST))
                with self._one_at_a_time:
                    reply = self._reply(argv)
                connection.send_bytes(json.dumps(reply).encode())
            except _BROKEN:
                _log.info("store owner: a call was dropped", exc_info=True)

    def _reply(self, argv: list[str]) -> tuple[int, str, str]:
        try:
            return self._answer(argv)
        except Exception:
            _log.exception("store owner: a command failed")
            return 1, "", str(Message("正在运行的看板未能完成这条命令，原因见其日志。")) + "\n"


def listen(store_path: str | Path, answer: Answer) -> OwnerServer:
    """Answer, in a thread and one at a time, commands that other processes hand over.

    Only for who holds the store: an earlier owner's note is replaced.
    Raises StoreNotWritable, StoreFull when nothing can be put beside the store.
    """
    return OwnerServer(Path(store_path), answer)


def ask(store_path: str | Path, argv: Sequence[str], *, timeout: float = _ANSWER) -> tuple[int, str, str] | None:
    """Ask the store's owner: (exit code, standard output, standard error). None when nobody answers."""
    note = _read_note(_note_path(Path(store_path)))
    if note is None:
        return None
    try:
        with Client(note.address, _family()) as connection:
            key = note.key.encode()
            if not connection.poll(_HANDSHAKE):
                return None
            answer_challenge(connection, key)
            deliver_challenge(connection, key)
            connection.send_bytes(json.dumps(list(argv)).encode())
            if not connection.poll(timeout):
                return None
            code, out, err = json.loads(connection.recv_bytes())
    except (*_BROKEN, TypeError):
        return None
    return int(code), str(out), str(err)


def _clear_after_the_dead(note_path: Path) -> None:
    """Remove the socket of an owner that was killed; what a living process has (a second reader) stays."""
    note = _read_note(note_path)
    if note is None or sys.platform == "win32" or note.pid == os.getpid():
        return
    try:
        os.kill(note.pid, 0)
    except ProcessLookupError:
        socket = Path(note.address)
        with suppress(OSError):
            if socket.is_socket():
                socket.unlink()
            if socket.parent.name.startswith(_FOLDER):
                socket.parent.rmdir()
    except OSError:
        return  # somebody else's living process


def _argv(request: bytes) -> list[str]:
    """The arguments in a request. Raises ValueError for anything else."""
    argv = json.loads(request)
    if not isinstance(argv, list) or not all(isinstance(word, str) for word in argv):
        raise ValueError("a request is a list of words")
    return argv


def _write_note(path: Path, note: _Note) -> None:
    """Put the note there whole: readable by nobody else from its first byte."""
    temporary = path.with_name(f"{path.name}-{hashlib.sha256(note.key.encode()).hexdigest()[:8]}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(note._asdict(), file)
    os.replace(temporary, path)


def _read_note(path: Path) -> _Note | None:
    """The note, or None when there is none that can be used."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return _Note(str(found["address"]), str(found["key"]), int(found["pid"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
