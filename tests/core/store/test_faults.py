"""What can happen to a store in use (docs/faults.md): what the person sees; nothing acknowledged is lost unnoticed.

The rest of the table: a lost or damaged log in test_mark.py, PostgreSQL in test_postgres.py, a lock and missing rights
in test_database.py, a clock that is set back in test_write.py.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import stat
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from core.errors import StoreError
from core.model.context import Actor, Context
from core.model.rights import OPERATOR
from core.service.base import open_store as home
from core.service.manage import accounts, health
from core.store import acknowledged as mark
from core.store import copying, errors, read, redaction
from core.store.errors import StoreClash, StoreFull, StoreNotWritable, StoreTouched, of_running
from core.store.files import log_of
from core.store.opening import open_store
from core.store.session import Session
from core.store.write import append_scores
from tests.core.store.conftest import PROJECT, ROOT, WORKING, Run, altered
from tests.core.store.test_postgres import new, save

full = pytest.mark.full

ROUNDS = 200
FORKS = """
# Imports once; at each word a child opens the store and saves until it is killed. An acknowledged save is a line.
import os, sys, uuid
from core.store.opening import open_store
from tests.core.store.test_postgres import save
print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        print("ended", flush=True)
        continue
    os.write(1, f"{os.getpid()}\\n".encode())
    store = open_store(sys.argv[1])
    os.write(1, b"short\\n" if store.short else b"open\\n")
    while True:
        edit = str(uuid.uuid4())
        save(store, edit)
        os.write(1, f"{edit}\\n".encode())
"""


SAVE_AND_STAY = """
import sys
from core.store.opening import open_store
from tests.core.store.test_postgres import save
store = open_store(sys.argv[1])
save(store)
print("ready", flush=True)
sys.stdin.readline()
"""


@full
@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork; a kill there is TerminateProcess")
def test_a_kill_at_200_random_moments_loses_nothing_that_was_acknowledged(store_path: Path) -> None:
    """At any moment: while the log is replayed, while a save is committed, synced or noted. And no false alarm."""
    chance = random.Random(20241231)
    acknowledged: set[str] = set()
    unheard = 0
    with subprocess.Popen(
        [sys.executable, "-c", FORKS, str(store_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    ) as forks:  # fmt: skip
        assert forks.stdin is not None
        assert forks.stdout is not None
        assert forks.stdout.readline() == "ready\n"
        for number in range(ROUNDS):
            forks.stdin.write("go\n")
            forks.stdin.flush()
            child = int(forks.stdout.readline())
            # One in five while it opens; the others after some saves, in the middle of the next.
            lines, more = chance.choice([0, 1, 2, 3, 5]), chance.random() * 0.006
            told = [forks.stdout.readline() for _ in range(lines)]
            moment = time.perf_counter() + (more if lines else more * 15)
            while time.perf_counter() < moment:
                pass
            os.kill(child, 9)
            while (line := forks.stdout.readline()) != "ended\n":
                assert line
                told.append(line)
            assert "short\n" not in told, number
            acknowledged |= {line.strip() for line in told if len(line) == 37}
            if number % 10:
                continue
            # Now and then only looked at: the log stays, and the next child has it to replay.
            store = open_store(store_path, read_only=bool(number % 20))
            assert store.short is None, number
            events = {event.edit_id for event in read.history(store, PROJECT, WORKING, "A11")}
            assert acknowledged <= events, number
            unheard = len(events) - 1 - len(acknowledged)
            store.close()
    store = open_store(store_path)
    events_in_order = read.history(store, PROJECT, WORKING, "A11")
    assert acknowledged <= {event.edit_id for event in events_in_order}
    assert [event.revision for event in events_in_order] == list(range(1, len(events_in_order) + 1))
    assert altered(store, PROJECT, WORKING) is None
    store.close()
    # The moments did fall into saves: some were durable before anybody was told.
    assert len(acknowledged) > ROUNDS
    assert unheard > 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, hardly larger than the store."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)]
    if sys.platform != "linux" or os.geteuid() or subprocess.run(mounted, check=False).returncode:
        pytest.skip("a small disk can be mounted by root on Linux only")
    yield folder
    home.close()
    # Lazily: a test that fails may still hold a file on it.
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill_up(file: Path) -> None:
    """Leave not a byte on its disk."""
    with file.open("wb", buffering=0) as written, suppress(OSError):
        while True:
            written.write(bytes(4096))


@full
def test_a_full_disk_refuses_the_save_and_keeps_the_rest(built_store: Path, small_disk: Path) -> None:
    path = small_disk / "renewal.duckdb"
    shutil.copy(built_store, path)
    store = open_store(path)
    acknowledged = []

    def fill(size: int) -> None:
        while True:
            change = replace(new(), note="x" * size)
            append_scores(store, PROJECT, WORKING, lambda current, known, change=change: ([change], None))
            acknowledged.append(change.edit_id)

    with pytest.raises(StoreError, match=r"^磁盘已满，修改未保存。请清理“.*”所在的磁盘后重试。$") as caught:
        fill(100_000)
    assert not isinstance(caught.value, StoreClash)
    with pytest.raises(StoreError, match="磁盘已满"):
        fill(1000)
    assert len(acknowledged) > 5
    assert set(read.known_edits(store, PROJECT, WORKING, acknowledged)) == set(acknowledged)
    store.close()
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    store = open_store(path)
    assert store.short is None
    assert {event.edit_id for event in read.history(store, PROJECT, WORKING, "A11")} >= set(acknowledged)
    assert altered(store, PROJECT, WORKING) is None
    save(store)
    store.close()


@full
def test_a_disk_that_can_only_be_read_is_named_and_may_still_be_looked_at(built_store: Path, small_disk: Path) -> None:
    path = small_disk / "renewal.duckdb"
    shutil.copy(built_store, path)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(StoreNotWritable, match=f"没有权限写入数据文件“{path}”"):
        open_store(path)
    store = open_store(path, read_only=True)
    assert len(read.scores(store, PROJECT, WORKING)) == 32
    store.close()
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    open_store(path).close()


@full
def test_a_backup_onto_a_full_disk_leaves_nothing_behind(store_path: Path, small_disk: Path) -> None:
    (small_disk / "other").write_bytes(bytes(20 << 20))
    store = open_store(store_path)
    with pytest.raises(StoreError, match="磁盘已满"):
        copying.backup(store, small_disk / "b.duckdb")
    assert [file.name for file in small_disk.iterdir()] == ["other"]
    save(store)
    store.close()


# No wrong number, D30
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_store_log_mark_backup_and_rewritten_file_are_their_owner_s_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path, copy, there = tmp_path / "r.duckdb", tmp_path / "b.duckdb", tmp_path / "t.duckdb"
        home.build_at(path)
        store = open_store(path)
        save(store)
        copying.backup(store, copy)
        rights = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
        store.close()
        copying.restore(copy, there)
        redaction.rewrite(there)
    finally:
        os.umask(before)
    rights |= {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert set(rights) == {
        "r.duckdb", "r.duckdb.wal", "r.duckdb.mark", "b.duckdb", "t.duckdb", "t.duckdb.mark",
    }  # fmt: skip
    assert set(rights.values()) == {0o600}


def test_a_commit_without_space_is_no_clash() -> None:
    said = 'TransactionContext Error: Failed to commit: Could not write file "x.wal": No space left on device'
    found = of_running(duckdb.TransactionException(said), "x.duckdb")
    assert type(found) is StoreFull
    assert "磁盘已满" in str(found)


def test_a_file_moved_away_under_the_app_is_noticed_at_the_next_look(store_path: Path) -> None:
    store = home.store()
    save(store)
    aside = store_path.with_name("aside.duckdb")
    store_path.rename(aside)
    # A write looks at once, whatever was seen a moment ago; from then on everybody knows.
    with pytest.raises(StoreError, match="已被移走或替换"):
        save(store)
    with pytest.raises(StoreError, match="找不到数据文件"):
        home.store()
    log_of(store_path).unlink(missing_ok=True)
    aside.rename(store_path)
    assert len(read.history(home.store(), PROJECT, WORKING)) == 33


def _delete(path: Path) -> None:
    path.unlink()


def _replace(path: Path) -> None:
    aside = path.with_name("other")
    aside.write_bytes(path.read_bytes())
    aside.replace(path)


def _empty(path: Path) -> None:
    os.truncate(path, 0)


def _alter(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


# No wrong number, D24
@pytest.mark.parametrize("meddle", [_delete, _replace, _empty, _alter])
@pytest.mark.parametrize("before", [1, 3])
def test_a_log_that_is_meddled_with_is_noticed_before_the_next_saved_is_shown(
    store_path: Path, meddle: Callable[[Path], None], before: int
) -> None:
    acknowledged = [str(uuid.uuid4()) for _ in range(before + 1)]
    for edit in acknowledged[1:]:
        save(home.store(), edit)
    meddle(log_of(store_path))
    with pytest.raises(StoreTouched, match=r"日志（\.wal）在使用中被改动、替换或删除，本次未保存"):
        save(home.store())
    # Opened anew, it has all that was ever said to be saved, and goes on.
    save(home.store(), acknowledged[0])
    assert home.shortfall() is None
    home.close()
    store = open_store(store_path, read_only=True)
    assert set(acknowledged) <= {event.edit_id for event in read.history(store, PROJECT, WORKING, "A11")}
    assert altered(store, PROJECT, WORKING) is None
    store.close()


# No wrong number, D24
def test_a_log_that_goes_while_a_save_is_committed_is_noticed_before_saved_is_shown(
    store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(home.store())
    commit = Session._do

    def and_the_log_goes(session: Session, word: str) -> None:
        commit(session, word)
        if word == "COMMIT":
            log_of(store_path).unlink()

    edit = str(uuid.uuid4())
    with monkeypatch.context() as patch:
        patch.setattr(Session, "_do", and_the_log_goes)
        with pytest.raises(StoreTouched):
            save(home.store(), edit)
    # It was not said to be saved; that it is there is no harm: the browser sends it again and is told.
    assert home.shortfall() is None
    assert edit in {event.edit_id for event in read.history(home.store(), PROJECT, WORKING)}


# No wrong number, D24
def test_a_file_that_is_written_over_in_place_is_noticed_and_left_alone(store_path: Path, built_store: Path) -> None:
    save(home.store())
    save(home.store())
    home.close()
    save(home.store())
    other = built_store.read_bytes()
    with store_path.open("r+b") as file:
        file.truncate(0)
        file.write(other)
    with pytest.raises(StoreTouched):
        save(home.store())
    home.close()
    assert store_path.read_bytes() == other
    with pytest.raises(StoreError):
        save(home.store())


# No wrong number, D24
def test_what_duckdb_itself_does_to_the_log_is_no_alarm(store_path: Path) -> None:
    """Three times over the size at which it works the log into the data file; refused writes in between."""
    store = open_store(store_path)
    sizes = []
    for number in range(60):
        change = replace(new(), note="x" * 1_000_000)
        append_scores(store, PROJECT, WORKING, lambda current, known, change=change: ([change], None))
        sizes.append(log_of(store_path).stat().st_size if log_of(store_path).exists() else 0)
        if number % 7 == 0:
            with pytest.raises(ZeroDivisionError):
                append_scores(store, PROJECT, WORKING, lambda current, known: 1 / 0)
        store.try_writing()
    assert sum(after < before for before, after in pairwise(sizes)) >= 3
    store.close()


# No wrong number, D24
def test_ready_says_no_when_nothing_could_be_saved(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(number: int) -> Callable[[int], None]:
        def sync(descriptor: int) -> None:
            raise OSError(number, "no")

        return sync

    before = {file.name for file in store_path.parent.iterdir()}
    assert health.not_ready() is None
    assert {file.name for file in store_path.parent.iterdir()} - before <= {"renewal.duckdb.mark"}
    assert len(read.history(home.store(), PROJECT, WORKING)) == 32
    for number, word in ((errno.ENOSPC, "full"), (errno.EROFS, "read-only")):
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fail(number))
            assert health.not_ready() == word
    save(home.store())
    log_of(store_path).unlink()
    assert health.not_ready() == "store"
    assert health.not_ready() is None


READ_WITHOUT_RIGHTS = """
import os, sys
from pathlib import Path
from core.__main__ import answer, serve_commands
from core.errors import StoreError
from core.model.context import Actor, Context
from core.model.rights import OPERATOR
from core.service.base import open_store as home
from core.service.manage import accounts, health
from tests.core.store.test_postgres import save
COMMANDS = (["verify"], ["measures", "--json"], ["checks"], ["scorecard"])
os.environ["RENEWAL_STORE"] = sys.argv[3]
for words in COMMANDS:  # on another store: whatever they need is loaded while all of it may be read
    answer(words)
home.close()
os.environ["RENEWAL_STORE"] = sys.argv[1]
if os.geteuid() == 0:
    os.setuid(65534)
print("ready", flush=True)
serve_commands()
for words in (*COMMANDS, ["backup", sys.argv[2]]):
    reply = answer(words)
    print(words[0], reply.code, reply.err.strip())
print(home.shortfall())
try:
    save(home.store())
except StoreError as error:
    print(error)
print(health.not_ready(), flush=True)
"""


# No wrong number, D30: a store that may only be read opens for reading everywhere.
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
@pytest.mark.parametrize(
    ("file_mode", "folder_mode"),
    [pytest.param(0o444, 0o777, marks=full), pytest.param(0o666, 0o555, marks=full), (0o444, 0o555)],
)
def test_without_rights_everything_is_read_and_nothing_written(
    built_store: Path, store_path: Path, run: Run, file_mode: int, folder_mode: int
) -> None:
    with tempfile.TemporaryDirectory() as name:  # not tmp_path: nobody else may enter its parents
        folder, copies = Path(name).resolve() / "data", Path(name).resolve() / "copies"
        Path(name).chmod(0o755)
        folder.mkdir()
        copies.mkdir()
        copies.chmod(0o777)
        path = folder / "renewal.duckdb"
        shutil.copy(built_store, path)
        killed = run(SAVE_AND_STAY, path)  # its log is still there
        killed.kill()
        killed.wait()
        path.chmod(file_mode)
        for beside in (log_of(path), mark.path_of(path)):
            beside.chmod(0o644)
        folder.chmod(folder_mode)
        before = {file.name: file.read_bytes() for file in folder.iterdir()}
        assert log_of(path).name in before
        other = run(READ_WITHOUT_RIGHTS, path, copies / "b.duckdb", store_path)
        assert other.stdout is not None
        said, _ = other.communicate("", timeout=120)
        *commands, banner, refused, ready = said.splitlines()
        assert commands == [f"{word} 0 " for word in ("verify", "measures", "checks", "scorecard", "backup")]
        assert banner.startswith("没有权限")
        assert banner.endswith("现在只能查看。")
        assert refused.startswith("没有权限")
        assert ready == "read-only"
        assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
        folder.chmod(0o755)


# No wrong number, D30
def test_once_it_may_be_written_again_the_app_goes_on(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda path, mode: False)
        assert len(read.scores(home.store(), PROJECT, WORKING)) == 32
        assert home.shortfall() is not None
        with pytest.raises(StoreNotWritable):
            save(home.store())
    monkeypatch.setattr(home, "CHECK_AGAIN", -1.0)
    assert home.shortfall() is None
    save(home.store())


# No wrong number, D30
@full
def test_opening_on_a_full_disk_says_that_it_is_full(built_store: Path, small_disk: Path) -> None:
    path = small_disk / "renewal.duckdb"
    shutil.copy(built_store, path)
    fill_up(small_disk / "other")
    with pytest.raises(StoreFull, match="磁盘已满"):
        open_store(path)
    (small_disk / "other").unlink()
    open_store(path).close()


# No wrong number, D30
@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), StoreFull),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), StoreFull),
        (OSError(errno.EROFS, "Read-only file system"), StoreNotWritable),
        (PermissionError(errno.EACCES, "Permission denied"), StoreNotWritable),
    ],
)
def test_what_the_system_says_of_a_disk_is_told_apart(error: OSError, kind: type[StoreError], tmp_path: Path) -> None:
    assert type(errors.of_system(error, tmp_path / "x")) is kind
    said = duckdb.IOException(f'IO Error: Could not write file "x": {error.strerror}')
    assert type(errors.of_opening(said, tmp_path / "x")) is kind
    assert type(errors.of_running(said, "x")) is kind


# No wrong number, D24
@full
def test_ready_says_no_on_a_full_disk_and_on_one_that_can_only_be_read(
    built_store: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small_disk / "renewal.duckdb"
    shutil.copy(built_store, path)
    monkeypatch.setenv("RENEWAL_STORE", str(path))
    home.close()
    assert health.not_ready() is None
    fill_up(small_disk / "other")
    assert health.not_ready() == "full"
    (small_disk / "other").unlink()
    assert health.not_ready() is None
    home.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert health.not_ready() == "read-only"
    assert len(read.scores(home.store(), PROJECT, WORKING)) == 32
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    monkeypatch.setattr(home, "CHECK_AGAIN", -1.0)
    assert health.not_ready() is None


# No wrong number, D30
@full
def test_who_is_logged_in_stays_so_on_a_disk_that_can_only_be_read(
    built_store: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small_disk / "renewal.duckdb"
    shutil.copy(built_store, path)
    monkeypatch.setenv("RENEWAL_STORE", str(path))
    home.close()
    admin = Context(Actor("command:孙", "孙", OPERATOR))
    for login in ("zhang", "li"):
        accounts.add(admin, login, f"{login}工")
        accounts.set_password(admin, login, accounts.hashed("correct horse"))
    token = accounts.log_in("zhang", "correct horse")
    home.close()
    accounts.logins().close()
    monkeypatch.setattr(accounts, "_logins", None)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    found = accounts.who_has(token)
    assert found is not None
    assert found.name == "zhang工"
    with pytest.raises(StoreError, match="暂时不能登录"):
        accounts.log_in("li", "correct horse")
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    monkeypatch.setattr(home, "CHECK_AGAIN", -1.0)
    assert accounts.who_has(accounts.log_in("li", "correct horse")) is not None
    accounts.logins().close()
    monkeypatch.setattr(accounts, "_logins", None)


@pytest.mark.full
def test_after_a_loss_the_app_goes_on_once_somebody_has_decided(store_path: Path) -> None:
    older = store_path.with_name("older.duckdb")
    shutil.copy(store_path, older)
    save(home.store())
    home.close()
    shutil.copy(older, store_path)
    short = home.shortfall()
    assert short is not None
    assert "缺少1条" in str(short)
    first = home.opened()
    # As another process does it.
    subprocess.run([sys.executable, "-m", "core", "accept"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    assert home.shortfall() is None
    assert home.opened() != first
    save(home.store())
