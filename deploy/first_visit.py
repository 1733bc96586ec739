"""The first visit of a dashboard that has just started, in the place of a browser: it spares people the imports."""

from __future__ import annotations

import time

from deploy import streamlit_addresses as addresses

HOST = "127.0.0.1"
OPENING, KEY = "X-Renewal-Opening", "RENEWAL_OPENING"
"""The header by which `make run` is the first visitor; the server finds its key in the environment."""


def open_once(port: int, within: float = 60.0, key: str | None = None) -> None:
    """Run the script of `/` once, as a browser would, and read to its end.

    `key` is what lets it in where people log in. Raises OSError, TimeoutError or a WebSocketException.
    """
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from websockets.sync.client import connect
    from websockets.typing import Origin, Subprotocol

    ask = BackMsg()
    ask.rerun_script.query_string = ""
    end = time.monotonic() + within
    with connect(
        f"ws://{HOST}:{port}{addresses.STREAM}",
        subprotocols=[Subprotocol(addresses.SUBPROTOCOL)],
        origin=Origin(f"http://{HOST}:{port}"),
        additional_headers={OPENING: key} if key else {},
        max_size=None,
        proxy=None,
    ) as socket:
        socket.send(ask.SerializeToString())
        finished = False
        while not finished:
            answer = ForwardMsg()
            answer.ParseFromString(bytes(socket.recv(timeout=end - time.monotonic(), decode=False)))
            finished = answer.WhichOneof("type") == "script_finished"
