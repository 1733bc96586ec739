"""Backups, stores restored from them, and files moved into PostgreSQL: equal, or not there."""

from __future__ import annotations

import gzip
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from core.errors import StoreError
from core.model.context import Actor
from core.model.panel_events import EvidenceFile
from core.model.rights import OPERATOR, Role, everywhere
from core.store import acknowledged, clock, copying, digest, logs, read
from core.store.address import Place, parse
from core.store.copying import backup, restore
from core.store.database import Store
from core.store.errors import StoreDamaged, StoreForeign, StoreInUse, StoreMissing
from core.store.files import log_of
from core.store.opening import open_store, place_of
from core.store.schema import SCHEMA_VERSION, TABLES
from tests.core.store.conftest import PROJECT, WORKING, altered
from tests.core.store.postgres_server import Server
from tests.core.store.test_acknowledged import beside, fill
from tests.core.store.test_postgres import save
from tests.core.store.test_upgrade import FIRST, versions

full = pytest.mark.full


def sums(place: Place | Path) -> copying.Sums:
    store = open_store(place)
    try:
        with store.reading() as session:
            return copying.sums(session)
    finally:
        store.close()


def with_evidence(store: Store) -> None:
    for content in (b"\0\xff" * 1000, b"%PDF"):
        name = digest.hashlib.sha256(content).hexdigest()
        file = EvidenceFile(
            PROJECT, WORKING, "A11", name[:8], "photo", "x.pdf", "application/pdf", len(content), name, "a", "b",
            clock.now(),
        )  # fmt: skip
        logs.add_evidence(store, file, content, lambda session: None)


def whole(store: Store) -> bool:
    with store.reading() as session:
        return not (
            logs.check_chains(store, PROJECT).broken
            or copying.altered_contents(session)
            or copying.odd_columns(session)
        )


def test_a_backup_holds_what_the_store_holds_and_can_be_restored(store: Store, tmp_path: Path) -> None:
    with_evidence(store)
    save(store)
    copy, there = tmp_path / "backups" / "b.duckdb", tmp_path / "there.duckdb"
    copied = backup(store, copy)
    with store.reading() as session:
        expected = copying.sums(session)
    assert copied.rows == sum(rows for rows, _ in expected.values())
    assert [file.name for file in copy.parent.iterdir()] == ["b.duckdb"]
    restored = restore(copy, there)
    assert (restored.rows, restored.digest, restored.short) == (copied.rows, copied.digest, None)
    assert sums(there) == expected
    again = open_store(there)
    assert whole(again)
    save(again)
    assert read.history(again, PROJECT, WORKING)[:-1] == read.history(store, PROJECT, WORKING)
    again.close()


def test_sums_tell_every_difference(store: Store) -> None:
    with_evidence(store)
    with store.reading() as session:
        before = copying.sums(session)
        assert copying.sums(session) == before
        assert set(before) == set(TABLES)
    save(store)
    with store.reading() as session:
        after = copying.sums(session)
    assert {table for table in TABLES if after[table] != before[table]} == {"score_event"}
    assert copying.digest_of(after) != copying.digest_of(before)


def test_a_backup_never_overwrites(store: Store, tmp_path: Path) -> None:
    there = tmp_path / "b.duckdb"
    there.write_bytes(b"mine")
    with pytest.raises(StoreError, match="已存在，未覆盖"):
        backup(store, there)
    assert there.read_bytes() == b"mine"
    assert not list(tmp_path.glob("building-*"))


def test_a_copy_that_is_not_equal_is_thrown_away(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def less(source: object, target: object) -> None:
        return None

    with_evidence(store)
    monkeypatch.setattr(copying, "_copy_contents", less)
    with pytest.raises(StoreError, match=r"不一致（evidence_bytes），已作废"):
        backup(store, tmp_path / "b.duckdb")
    assert not list(tmp_path.glob("b*"))


def test_restoring_never_touches_data(store_path: Path, tmp_path: Path) -> None:
    there = tmp_path / "there.duckdb"
    shutil.copy(store_path, there)
    before = there.read_bytes()
    with pytest.raises(StoreError, match="已存在，未覆盖"):
        restore(store_path, there)
    assert there.read_bytes() == before
    assert not beside(there).exists()


def test_an_empty_file_may_be_restored_over_and_a_log_may_not(store_path: Path, tmp_path: Path) -> None:
    there = tmp_path / "there.duckdb"
    there.touch()
    restore(store_path, there)
    assert sums(there) == sums(store_path)
    there.unlink()
    log_of(there).write_bytes(b"x")
    with pytest.raises(StoreError, match="它的日志"):
        restore(store_path, there)
    assert not there.exists()


def test_what_a_backup_lacks_of_the_mark_is_told_and_the_store_can_be_written(store_path: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.duckdb"
    shutil.copy(store_path, older)
    fill(store_path, 4)
    store_path.unlink()
    restored = restore(older, store_path)
    assert restored.short is not None
    assert restored.short.rows == {"score_event": 4}
    store = open_store(store_path)
    assert store.short is None
    save(store)
    store.close()


def test_a_file_that_this_process_has_open_is_no_source(store_path: Path, tmp_path: Path) -> None:
    store = open_store(store_path)
    with pytest.raises(StoreInUse):
        restore(store_path, tmp_path / "there.duckdb")
    with pytest.raises(StoreInUse):
        copying.accept(store_path)
    store.close()


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda path: None, StoreMissing),
        (lambda path: path.write_bytes(b"hello" * 1000), StoreDamaged),
        (lambda path: duckdb.connect(str(path)).execute("CREATE TABLE t (i INTEGER)").close(), StoreForeign),
    ],
)
def test_what_is_no_backup_is_not_restored(
    tmp_path: Path, make: Callable[[Path], object], kind: type[StoreError]
) -> None:
    source, there = tmp_path / "source.duckdb", tmp_path / "there.duckdb"
    make(source)
    with pytest.raises(kind):
        restore(source, there)
    assert not there.exists()
    assert acknowledged.read(beside(there)) is None


def test_an_older_backup_becomes_a_store_of_this_version(tmp_path: Path) -> None:
    source, there = tmp_path / "first.duckdb", tmp_path / "there.duckdb"
    source.write_bytes(gzip.decompress(FIRST.read_bytes()))
    before = source.read_bytes()
    restore(source, there)
    assert source.read_bytes() == before
    assert versions(there) == [1, SCHEMA_VERSION]
    store = open_store(there)
    assert whole(store)
    assert len(read.scores(store, PROJECT, WORKING)) == 32
    store.close()


def test_an_altered_content_is_named(store: Store) -> None:
    with_evidence(store)
    with store.writing("steps") as session:
        session.insert("evidence_bytes", [{"digest": "0" * 64, "content": b"x"}])
    with store.reading() as session:
        assert copying.altered_contents(session) == ("0" * 64,)


def test_a_table_with_other_columns_is_named(store_path: Path) -> None:
    with duckdb.connect(str(store_path)) as by_hand:
        by_hand.execute("ALTER TABLE minutes ADD COLUMN extra INTEGER")
    store = open_store(store_path)
    with store.reading() as session:
        assert copying.odd_columns(session) == ("minutes",)
    store.close()


@full
def test_a_file_moves_into_a_database_and_back(store_path: Path, tmp_path: Path, empty_database: str) -> None:
    store = open_store(store_path)
    with_evidence(store)
    save(store)
    store.close()
    address = parse(empty_database)
    moved = restore(store_path, address)
    assert sums(address) == sums(store_path)
    there = open_store(address)
    assert whole(there)
    save(there)
    back = backup(there, tmp_path / "back.duckdb")
    there.close()
    assert back.rows == moved.rows + 1
    assert sums(tmp_path / "back.duckdb") == sums(address)


@full
def test_a_move_that_fails_leaves_the_database_empty(
    store_path: Path, server: Server, empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "digest_of", lambda found: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        restore(store_path, parse(empty_database))
    assert server.sql(r"\dt", empty_database.rpartition("/")[2]) == ""
    monkeypatch.undo()


@full
def test_a_database_with_tables_is_not_moved_into(store_path: Path, database: str) -> None:
    before = sums(place_of(database))
    with pytest.raises(StoreError, match="已经有表，未写入"):
        restore(store_path, parse(database))
    assert sums(place_of(database)) == before


@full
@pytest.mark.parametrize("at_once", [7, 20_000])
def test_a_backup_taken_under_load_is_of_one_moment(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """Saving goes on in two threads; each backup restores to a store that is whole, at some moment in between."""
    monkeypatch.setattr(copying, "_AT_ONCE", at_once)
    stop = threading.Event()
    failures: list[BaseException] = []

    def work() -> None:
        try:
            while not stop.is_set():
                save(store)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    counts = []
    for number in range(4):
        before = len(read.history(store, PROJECT, WORKING))
        copied = backup(store, tmp_path / f"{number}.duckdb")
        after = len(read.history(store, PROJECT, WORKING))
        there = tmp_path / f"there-{number}.duckdb"
        assert restore(tmp_path / f"{number}.duckdb", there).digest == copied.digest
        again = open_store(there)
        assert whole(again)
        assert altered(again, PROJECT, WORKING) is None
        counts.append(len(read.history(again, PROJECT, WORKING)))
        assert before <= counts[-1] <= after
        again.close()
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def test_a_backup_asked_for_by_a_person_has_a_time_in_its_name(store_path: Path, tmp_path: Path) -> None:
    from core.model.context import Context
    from core.service.manage import backups as service

    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("renewal-20200101-000000.duckdb", "renewal-20200102-000000.duckdb", "other.duckdb"):
        (folder / name).touch()
    made = service.backup(Context(Actor("a", grants=OPERATOR)), folder, keep=2)
    assert {file.name for file in folder.iterdir()} == {
        "other.duckdb", "renewal-20200102-000000.duckdb", made.path.name,
    }  # fmt: skip
    assert [path.name for path in made.removed] == ["renewal-20200101-000000.duckdb"]
    assert os.path.getsize(made.path) > 0


def test_a_backup_at_a_click_stays_in_the_folder_beside_the_data(
    store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.model.context import Context
    from core.service.manage import backups as service

    monkeypatch.delenv("RENEWAL_BACKUPS", raising=False)
    folder = store_path.parent / "backup" / "manual"
    folder.mkdir(parents=True)
    nightly = folder.parent / "renewal-20200101-000000.duckdb"
    nightly.touch()
    for day in range(1, 11):
        (folder / f"renewal-202001{day:02}-000000.duckdb").touch()
    made = service.keep(Context(Actor("a", grants=everywhere(Role.CLERK))))
    assert made.path.parent == folder
    assert made.path.read_bytes()[8:12] == b"DUCK"
    # Ten stay of those at a click, the new one among them; none of the nightly ones makes room for it.
    assert [path.name for path in made.removed] == ["renewal-20200101-000000.duckdb"]
    assert len(list(folder.iterdir())) == 10
    assert nightly.exists()


def test_a_mark_that_cannot_be_written_is_told_by_the_check(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from core.model.context import Context
    from core.service.base import open_store as home
    from core.service.manage import backups as service

    def fail(descriptor: int) -> None:
        raise OSError("no disk")

    assert service.check(Context(Actor("a"))).problems == ()
    monkeypatch.setattr(acknowledged, "_SYNC", fail)
    save(home.store())
    (problem,) = service.check(Context(Actor("a"))).problems
    assert "标记无法写入" in str(problem)
