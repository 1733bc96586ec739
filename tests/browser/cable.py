"""A cable between browser and server, which a test may cut: what goes through it is passed on, byte by byte."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from types import TracebackType

from deploy.first_visit import HOST


class Cable:
    """Listens on a port of its own and passes on to the server's; `url` is what the browser is told."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._whole = True
        self._listener = socket.create_server((HOST, 0))
        self.url = f"http://{HOST}:{self._listener.getsockname()[1]}"
        self._start(self._accept)

    def __enter__(self) -> Cable:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # a plain close would leave `accept` waiting
        self.cut()
        for thread in self._threads:
            thread.join(timeout=10)
        self._listener.close()

    def cut(self) -> None:
        """End every connection and let no new one through."""
        self._whole = False
        for end in self._ends:
            _end(end)

    def mend(self) -> None:
        """Let connections through again."""
        self._whole = True

    def _start(self, what: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=what, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # taken away
            while True:
                near, _ = self._listener.accept()
                if not self._whole:
                    near.close()
                    continue
                self._start(self._join, near)

    def _join(self, near: socket.socket) -> None:
        """Connect with the server, in a thread of its own: what one connection meets does not end the others."""
        try:
            far = socket.create_connection((HOST, self._to))
        except OSError:
            near.close()
            return
        self._ends += [near, far]
        if not self._whole:  # cut meanwhile
            _end(near)
            _end(far)
        _pass_both_ways(near, far)


def _pass_both_ways(near: socket.socket, far: socket.socket) -> None:
    """Pass on in both directions until both ends have ended."""
    back = threading.Thread(target=_pass_on, args=(far, near), daemon=True)
    back.start()
    _pass_on(near, far)
    back.join()
    near.close()
    far.close()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := one.recv(65536):
            other.sendall(piece)
    _end(other)


def _end(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
