from __future__ import annotations

import json
import os
import socket
import stat
import sys
import threading
from collections.abc import Iterator
from multiprocessing.connection import Client, answer_challenge, deliver_challenge
from pathlib import Path

import pytest

from core.store import owner
from core.store.errors import StoreLocked, StoreNotWritable
from core.store.owner import OwnerServer, ask, listen
from tests.core.store.conftest import ROOT, Run

OWNER = """
import sys
from core.store.opening import open_store
from core.store.owner import listen
store = open_store(sys.argv[1])
closer = listen(sys.argv[1], lambda argv: (len(argv), "收到 " + " ".join(argv), "旁白"))
print("ready", flush=True)
sys.stdin.readline()
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pipe there, not a socket")


def echo(argv: list[str]) -> tuple[int, str, str]:
    return 0, " ".join(argv), ""


@pytest.fixture
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("o") / "r.duckdb"


@pytest.fixture
def listening(path: Path) -> Iterator[OwnerServer]:
    closer = listen(path, echo)
    yield closer
    closer.close()


def note(path: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(path.with_name(f"{path.name}.owner").read_text(encoding="utf-8"))
    return found


def test_a_command_that_meets_the_lock_is_answered_by_who_holds_it(store_path: Path, run: Run) -> None:
    holder = run(OWNER, store_path)
    with pytest.raises(StoreLocked):
        owner_store(store_path)
    assert ask(store_path, ["measures", "--json", "全部"]) == (3, "收到 measures --json 全部", "旁白")
    holder.communicate("\n", timeout=30)
    assert ask(store_path, ["x"]) is None
    assert {file.name for file in store_path.parent.iterdir()} == {store_path.name, f"{store_path.name}.mark"}


def owner_store(path: Path) -> object:
    from core.store.opening import open_store

    return open_store(path)


def test_a_killed_owner_answers_nobody_and_is_replaced(store_path: Path, run: Run) -> None:
    holder = run(OWNER, store_path)
    holder.kill()
    holder.wait()
    assert note(store_path)["pid"] == holder.pid
    assert ask(store_path, ["x"]) is None
    with_new = listen(store_path, echo)
    assert ask(store_path, ["a", "b"]) == (0, "a b", "")
    with_new.close()
    # The killed one's socket is gone, too; the log and the mark are the store's own.
    own = {f"{store_path.name}{ending}" for ending in ("", ".wal", ".mark")}
    assert {file.name for file in store_path.parent.iterdir()} <= own


def test_nothing_beside_the_store_can_be_read_by_others(path: Path, listening: OwnerServer) -> None:
    beside = list(path.parent.iterdir())
    assert sorted(file.suffix for file in beside) == [".owner", ".sock"]
    assert [stat.S_IMODE(file.stat().st_mode) for file in beside] == [0o600, 0o600]
    listening.close()
    listening.close()
    assert list(path.parent.iterdir()) == []
    assert ask(path, ["x"]) is None


def test_a_long_path_gets_a_short_socket_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30)
    folder.mkdir()
    closer = listen(folder / "r.duckdb", echo)
    address = Path(note(folder / "r.duckdb")["address"])
    assert len(os.fsencode(address)) < 100
    assert stat.S_IMODE(address.parent.stat().st_mode) == 0o700
    assert ask(folder / "r.duckdb", ["x"]) == (0, "x", "")
    closer.close()
    assert not address.parent.exists()
    assert list(folder.iterdir()) == []


def test_a_folder_without_sockets_gets_one_elsewhere(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A socket that is there already cannot be bound, no more than one on such a file system.
    monkeypatch.setattr(owner.secrets, "token_hex", lambda size: "0" * size)
    path.with_name(f"{path.name}.0000.sock").touch()
    closer = listen(path, echo)
    assert ask(path, ["x"]) == (0, "x", "")
    closer.close()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreNotWritable):
        listen(tmp_path / "none" / "r.duckdb", echo)


@pytest.mark.parametrize("garbage", [b"", b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 5000])
def test_garbage_and_silence_disturb_nobody(path: Path, listening: OwnerServer, garbage: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as silent, socket.socket(socket.AF_UNIX) as loud:
        silent.connect(note(path)["address"])
        loud.connect(note(path)["address"])
        loud.sendall(garbage)
        assert ask(path, ["still", "here"]) == (0, "still here", "")


def call(path: Path, key: str, request: bytes) -> bytes:
    with Client(note(path)["address"], "AF_UNIX") as connection:
        answer_challenge(connection, key.encode())
        deliver_challenge(connection, key.encode())
        connection.send_bytes(request)
        return connection.recv_bytes()


@pytest.mark.parametrize("request_", [b"\x80\x04pickle", b"[1]", b'{"argv": []}', b'"x"'])
def test_a_request_is_a_list_of_words_and_nothing_else(path: Path, listening: OwnerServer, request_: bytes) -> None:
    with pytest.raises((EOFError, ConnectionError)):
        call(path, note(path)["key"], request_)
    assert ask(path, ["x"]) == (0, "x", "")


def test_without_the_key_nobody_is_heard(path: Path, listening: OwnerServer) -> None:
    file = path.with_name(f"{path.name}.owner")
    file.write_text(json.dumps(note(path) | {"key": "guessed"}), encoding="utf-8")
    assert ask(path, ["x"]) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"address": "x"}', '{"address": "/none", "key": "k", "pid": 1}'])
def test_a_broken_note_counts_as_nobody(path: Path, content: str) -> None:
    path.with_name(f"{path.name}.owner").write_text(content, encoding="utf-8")
    assert ask(path, ["x"]) is None


def test_one_command_at_a_time(path: Path) -> None:
    running, most, lock = 0, 0, threading.Lock()

    def busy(argv: list[str]) -> tuple[int, str, str]:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        threading.Event().wait(0.01)
        with lock:
            running -= 1
        return 0, argv[0], ""

    closer = listen(path, busy)
    answers: dict[str, object] = {}

    def caller(word: str) -> None:
        answers[word] = ask(path, [word])

    threads = [threading.Thread(target=caller, args=(str(number),)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    closer.close()
    assert answers == {str(number): (0, str(number), "") for number in range(8)}
    assert most == 1


def test_a_command_that_breaks_says_so_and_the_next_one_is_answered(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def answer(argv: list[str]) -> tuple[int, str, str]:
        return (0, str(1 // int(argv[0])), "")

    closer = listen(path, answer)
    assert ask(path, ["0"]) == (1, "", "正在运行的看板未能完成这条命令，原因见其日志。\n")
    assert ask(path, ["1"]) == (0, "1", "")
    closer.close()
    assert "ZeroDivisionError" in caplog.text


def test_an_owner_that_is_too_slow_counts_as_nobody(path: Path) -> None:
    go_on = threading.Event()

    def slow(argv: list[str]) -> tuple[int, str, str]:
        go_on.wait(30)
        return 0, "", ""

    closer = listen(path, slow)
    assert ask(path, ["x"], timeout=0.05) is None
    go_on.set()
    closer.close()


def test_an_owner_that_does_not_greet_counts_as_nobody(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owner, "_HANDSHAKE", 0.05)
    address = str(path.with_name("s"))
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(address)
        deaf.listen()
        content = {"address": address, "key": "k", "pid": 1}
        path.with_name(f"{path.name}.owner").write_text(json.dumps(content), encoding="utf-8")
        assert ask(path, ["x"]) is None


def test_who_came_later_keeps_their_note_and_is_heard(path: Path) -> None:
    first = listen(path, echo)
    second = listen(path, lambda argv: (7, "second", ""))
    assert ask(path, ["x"]) == (7, "second", "")
    first.close()
    assert ask(path, ["x"]) == (7, "second", "")
    second.close()
    assert list(path.parent.iterdir()) == []


def test_a_killed_owner_with_a_long_path_leaves_no_folder(tmp_path: Path, run: Run, built_store: Path) -> None:
    folder = tmp_path / ("long" * 30)
    folder.mkdir()
    path = folder / "r.duckdb"
    path.write_bytes(built_store.read_bytes())
    holder = run(OWNER, path)
    holder.kill()
    holder.wait()
    left = Path(note(path)["address"]).parent
    assert left.is_dir()
    listen(path, echo).close()
    assert not left.exists()


def test_nothing_is_unpickled() -> None:
    code = (ROOT / "core" / "store" / "owner.py").read_text(encoding="utf-8")
    assert ".recv()" not in code
    assert ".send(" not in code
