"""The mark beside a file: what it says, that it outlives a kill, and what an opening makes of it."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import StoreError
from core.store import acknowledged, build, copying, read
from core.store.acknowledged import SLOT, Acknowledged, AcknowledgedFile
from core.store.database import Store
from core.store.errors import StoreNotWritable, StoreShort
from core.store.files import log_of
from core.store.opening import noted, open_store
from core.store.schema import TABLES
from tests.core.store.conftest import PROJECT, WORKING, Run
from tests.core.store.test_postgres import save

FIRST = Acknowledged("a", {"score_event": 3}, {"score_event": "d0"}, "2026-01-01T00:00:00")


def said(path: Path) -> Acknowledged:
    found = acknowledged.read(path)
    assert found is not None
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "x.duckdb.mark"
    acknowledged.write(path, FIRST)
    return path


def test_a_mark_is_added_to(path: Path) -> None:
    kept = AcknowledgedFile(path)
    kept.add(Counter({"score_event": 2, "comment": 1}), {"score_event": "d1"})
    kept.add(Counter({"score_event": 1}), {})
    kept.add(Counter(), {})
    kept.close()
    assert (said(path).store, said(path).rows) == ("a", {"score_event": 6, "comment": 1})
    assert said(path).heads == {"score_event": "d1"}
    assert path.stat().st_size == 2 * SLOT
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@settings(max_examples=40)
@given(st.integers(2, 6), st.integers(0, SLOT), st.binary(max_size=SLOT))
def test_a_write_that_is_cut_anywhere_leaves_the_one_before_it(
    tmp_path_factory: pytest.TempPathFactory, writes: int, cut: int, rubbish: bytes
) -> None:
    path = tmp_path_factory.mktemp("mark") / "x.mark"
    acknowledged.write(path, FIRST)
    kept = AcknowledgedFile(path)
    for _ in range(writes):
        before = path.read_bytes()
        kept.add(Counter({"score_event": 1}), {})
    after = path.read_bytes()
    kept.close()
    # The last write has changed one slot only; of that one, some bytes came to be on the disk and some did not.
    start = 0 if before[:SLOT] != after[:SLOT] else SLOT
    assert before[SLOT - start : 2 * SLOT - start] == after[SLOT - start : 2 * SLOT - start]
    torn = (after[start : start + cut] + rubbish + before[start : start + SLOT][cut + len(rubbish) :])[:SLOT]
    path.write_bytes(after[:start] + torn + after[start + SLOT :])
    assert said(path).rows["score_event"] in (3 + writes - 1, 3 + writes)


def test_a_write_that_fails_is_tried_again_in_its_own_slot(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = AcknowledgedFile(path)

    def fail(descriptor: int) -> None:
        raise OSError("no disk")

    monkeypatch.setattr(acknowledged, "_SYNC", fail)
    kept.add(Counter({"score_event": 1}), {})
    assert kept.failed
    monkeypatch.undo()
    kept.add(Counter({"score_event": 1}), {})
    assert not kept.failed
    assert said(path).rows == {"score_event": 5}
    assert path.read_bytes()[:SLOT].rstrip(b"\0").endswith(b'"2026-01-01T00:00:00"}]')
    kept.close()


@pytest.mark.parametrize("content", [b"", b"hello", bytes(2 * SLOT), b"{" * 2 * SLOT])
def test_a_mark_that_cannot_be_read_is_none_and_is_logged(
    path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path.write_bytes(content)
    assert acknowledged.read(path) is None
    assert "cannot be read" in caplog.text


def test_there_may_be_no_mark_and_no_folder(tmp_path: Path) -> None:
    assert acknowledged.read(tmp_path / "none.mark") is None
    with pytest.raises(StoreNotWritable):
        acknowledged.write(tmp_path / "none" / "x.mark", FIRST)


def test_every_table_fits_a_slot_with_room_to_grow() -> None:
    most = Acknowledged("x" * 26, {f"{table}": 10**9 for table in (*TABLES, *(f"{t}_new" for t in TABLES))}, {
        table: "f" * 64 for table in ("score_event", "sheet_event", "item_input", "another")
    })  # fmt: skip
    packed = acknowledged._pack(10**12, most)
    assert len(packed) == SLOT
    assert acknowledged._unpack(packed) == (10**12, most)


# What an opening makes of it.


def beside(path: Path) -> Path:
    return acknowledged.path_of(path)


def fill(path: Path, saves: int = 3) -> None:
    """A store with some saves, closed; everything in the file itself."""
    store = open_store(path)
    for _ in range(saves):
        save(store)
    store.close()


def test_the_mark_says_what_is_there_after_every_write(store_path: Path) -> None:
    store = open_store(store_path)
    for _ in range(3):
        save(store)
        with store.reading() as session:
            there = noted(session)
        known = said(beside(store_path))
        assert (known.store, known.rows, known.heads) == (there.store, there.rows, there.heads)
    store.close()


def test_a_write_that_is_rolled_back_is_not_in_it(store_path: Path) -> None:
    store = open_store(store_path)
    before = said(beside(store_path))

    def fail_half_way() -> None:
        with store.writing("scores") as session:
            session.insert("schema_version", [{"version": 1, "made_at": "2020-01-01"}])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert said(beside(store_path)) == before
    store.close()


LAG = """
import os, sys
from core.store import acknowledged as mark
from core.store.opening import open_store
from tests.core.store.test_postgres import save
store = open_store(sys.argv[1])
save(store)
print("ready", flush=True)
sys.stdin.readline()
mark.AcknowledgedFile.add = lambda *_: os.kill(os.getpid(), 9)
save(store)
"""


def test_a_kill_between_the_commit_and_the_mark_is_no_loss(store_path: Path, run: Run) -> None:
    process = run(LAG, store_path)
    process.communicate("\n")
    assert said(beside(store_path)).rows["score_event"] == 65
    store = open_store(store_path)
    assert store.short is None
    assert len(read.history(store, PROJECT, WORKING)) == 34
    assert said(beside(store_path)).rows["score_event"] == 66
    store.close()


def killed(path: Path, run: Run, saves: int = 5) -> None:
    """Leave a store as a kill does, with what was saved in its log."""
    code = f"""
import os, sys
from core.store.opening import open_store
from tests.core.store.test_postgres import save
store = open_store(sys.argv[1])
for _ in range({saves}):
    save(store)
print("ready", flush=True)
os.kill(os.getpid(), 9)
"""
    run(code, path).wait()
    assert log_of(path).stat().st_size > 0


def test_a_log_that_is_whole_is_no_loss(store_path: Path, run: Run) -> None:
    killed(store_path, run)
    store = open_store(store_path)
    assert (store.short, store.read_only) == (None, False)
    assert len(read.history(store, PROJECT, WORKING)) == 37
    store.close()


def cut(log: Path) -> None:
    os.truncate(log, log.stat().st_size * 2 // 3)


def head(log: Path) -> None:
    os.truncate(log, 30)


def clear(log: Path) -> None:
    os.truncate(log, 0)


def remove(log: Path) -> None:
    log.unlink()


@pytest.mark.parametrize("harm", [cut, head, clear, remove])
def test_a_log_that_has_lost_something_is_noticed_and_nothing_is_touched(store_path: Path, run: Run, harm) -> None:  # type: ignore[no-untyped-def]
    killed(store_path, run)
    harm(log_of(store_path))
    before = {file: file.read_bytes() for file in store_path.parent.iterdir()}
    store = open_store(store_path)
    assert store.short is not None
    left = len(read.history(store, PROJECT, WORKING))
    assert store.short.rows == {"score_event": 37 - left}
    sentence = str(store.short.message())
    assert f"缺少{37 - left}条已确认保存的记录（评分记录{37 - left}条）" in sentence
    assert "python -m core accept" in sentence
    with pytest.raises(StoreShort, match="现在只能查看"):
        save(store)
    store.close()
    assert {file: file.read_bytes() for file in store_path.parent.iterdir()} == before


def test_a_log_with_altered_bytes_is_damaged(store_path: Path, run: Run) -> None:
    killed(store_path, run)
    content = bytearray(log_of(store_path).read_bytes())
    content[1500:1550] = b"\xff" * 50
    log_of(store_path).write_bytes(content)
    before = {file: file.read_bytes() for file in store_path.parent.iterdir()}
    with pytest.raises(StoreError, match="已损坏"):
        open_store(store_path)
    assert {file: file.read_bytes() for file in store_path.parent.iterdir()} == before


def test_what_was_lost_can_be_taken_as_it_is(store_path: Path, run: Run) -> None:
    killed(store_path, run)
    remove(log_of(store_path))
    short = copying.accept(store_path)
    assert short is not None
    assert short.count == 5
    store = open_store(store_path)
    assert store.short is None
    save(store)
    store.close()
    assert copying.accept(store_path) is None


def test_an_older_copy_in_its_place_is_noticed(store_path: Path) -> None:
    older = store_path.with_name("older")
    shutil.copy(store_path, older)
    fill(store_path)
    shutil.copy(older, store_path)
    store = open_store(store_path, read_only=True)
    assert store.short is not None
    assert store.short.count == 3
    assert store.short.acknowledged_at > datetime(2026, 1, 1)
    store.close()


def test_another_copy_with_as_many_rows_is_noticed(store_path: Path) -> None:
    other = store_path.with_name("other.duckdb")
    shutil.copy(store_path, other)
    fill(store_path)
    fill(other)
    shutil.copy(other, store_path)
    store = open_store(store_path)
    assert store.short is not None
    assert store.short.rows == {}
    assert "与旁边的标记不符" in str(store.short.message())
    store.close()


def test_a_copy_without_its_mark_gets_one(store_path: Path, tmp_path: Path) -> None:
    fill(store_path)
    (tmp_path / "there").mkdir()
    copy = tmp_path / "there" / "copy.duckdb"
    shutil.copy(store_path, copy)
    store = open_store(copy)
    assert store.short is None
    assert said(beside(copy)).rows["score_event"] == 67
    store.close()


def test_a_store_opened_for_reading_makes_no_mark(store_path: Path) -> None:
    open_store(store_path, read_only=True).close()
    assert not beside(store_path).exists()


def test_the_mark_of_another_store_is_replaced(store_path: Path) -> None:
    acknowledged.write(beside(store_path), Acknowledged("another", {"score_event": 999}, {"score_event": "x"}))
    store = open_store(store_path)
    assert store.short is None
    store.close()
    assert said(beside(store_path)).rows["score_event"] == 64


def test_a_mark_that_knows_a_table_that_is_not_there_is_a_loss(store_path: Path) -> None:
    open_store(store_path).close()
    known = said(beside(store_path))
    acknowledged.write(beside(store_path), Acknowledged(known.store, {**known.rows, "from_the_future": 2}, known.heads))
    store = open_store(store_path)
    assert store.short is not None
    assert "其他记录2条" in str(store.short.message())
    store.close()


def test_the_default_file_is_not_built_anew_beside_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "renewal.duckdb"
    acknowledged.write(beside(path), FIRST)
    from core.model.seed import Seed

    with pytest.raises(StoreError, match=r"标记“renewal\.duckdb\.mark”还在"):
        build.build_default(path, Seed({}))
    assert not path.exists()


def test_a_deletion_by_hand_is_a_loss_too(store_path: Path) -> None:
    fill(store_path)
    with duckdb.connect(str(store_path)) as by_hand:
        by_hand.execute("DELETE FROM score_event WHERE revision > 1")
    store = open_store(store_path)
    assert store.short is not None
    assert store.short.rows == {"score_event": 3}
    store.close()


def test_an_older_version_without_a_mark_gets_one_with_its_new_tables(tmp_path: Path) -> None:
    import gzip

    from tests.core.store.test_upgrade import FIRST as V1

    path = tmp_path / "first.duckdb"
    path.write_bytes(gzip.decompress(V1.read_bytes()))
    store = open_store(path)
    assert isinstance(store, Store)
    store.close()
    assert set(said(beside(path)).rows) == set(TABLES)
    open_store(path).close()
