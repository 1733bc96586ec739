"""What can happen to a store in use (docs/faults.md): what the person sees; nothing acknowledged is lost unnoticed.

The rest of the table: a lost or damaged log in test_mark.py, PostgreSQL in test_postgres.py, a lock and missing rights
in test_database.py, a clock that is set back in test_write.py.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from core.errors import StoreError
from core.service import home
from core.store import keeping, read
from core.store.database import open_store
from core.store.errors import StoreClash, StoreNotWritable, of_running
from core.store.files import log_of
from core.store.write import append_scores
from tests.core.store.conftest import PROJECT, ROOT, WORKING
from tests.core.store.test_postgres import new, save

full = pytest.mark.full

ROUNDS = 200
FORKS = """
# Imports once; at each word a child opens the store and saves until it is killed. An acknowledged save is a line.
import os, sys, uuid
from core.store.database import open_store
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
    assert read.altered(store, PROJECT, WORKING) is None
    store.close()
    # The moments did fall into saves: some were durable before anybody was told.
    assert len(acknowledged) > ROUNDS
    assert unheard > 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, hardly larger than the store."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)]
    if sys.platform != "linux" or os.geteuid() or subprocess.run(mounted, check=False).returncode:
        pytest.skip("a small disk can be mounted by root on Linux only")
    yield folder
    home.close()
    subprocess.run(["umount", str(folder)], check=True)


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

    with pytest.raises(StoreError, match=r"^磁盘已满,修改未保存。请清理“.*”所在的磁盘后重试。$") as caught:
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
    assert read.altered(store, PROJECT, WORKING) is None
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
    (small_disk / "other").write_bytes(bytes(12 << 20))
    store = open_store(store_path)
    with pytest.raises(StoreError, match="磁盘已满"):
        keeping.backup(store, small_disk / "b.duckdb")
    assert [file.name for file in small_disk.iterdir()] == ["other"]
    save(store)
    store.close()


def test_a_commit_without_space_is_no_clash() -> None:
    said = 'TransactionContext Error: Failed to commit: Could not write file "x.wal": No space left on device'
    found = of_running(duckdb.TransactionException(said), "x.duckdb")
    assert type(found) is StoreError
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
