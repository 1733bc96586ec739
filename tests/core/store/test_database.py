from __future__ import annotations

import os
import shutil
import struct
import sys
import tempfile
import threading
from pathlib import Path

import duckdb
import pytest

from core.errors import StoreError
from core.store import read
from core.store.database import Session, Store, Versions
from core.store.errors import (
    StoreClash,
    StoreDamaged,
    StoreEmpty,
    StoreForeign,
    StoreFull,
    StoreInUse,
    StoreLocked,
    StoreMissing,
    StoreNewer,
    StoreNotWritable,
    of_opening,
    of_running,
)
from core.store.opening import open_store
from core.store.schema import SCHEMA_VERSION, TABLES
from core.store.session import columns_of, statement
from tests.core.store.conftest import PROJECT, ROOT, Run

HOLD = """
import sys
from core.store.opening import open_store
store = open_store(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
"""


def refuses(path: Path, kind: type[StoreError], *words: str, read_only: bool = False) -> None:
    """Opening raises that error, with these words, and changes nothing in the folder."""
    before = {file: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}
    with pytest.raises(kind) as caught:
        open_store(path, read_only=read_only)
    assert type(caught.value) is kind
    for word in words:
        assert word in str(caught.value)
    assert {file: file.read_bytes() for file in path.parent.iterdir() if file.is_file()} == before


@pytest.mark.parametrize("read_only", [False, True])
def test_a_locked_store_names_the_process_that_holds_it(store_path: Path, run: Run, read_only: bool) -> None:
    holder = run(HOLD, store_path)
    with pytest.raises(StoreLocked) as caught:
        open_store(store_path, read_only=read_only)
    assert str(caught.value) == f"数据文件正被另一程序占用（进程{holder.pid}）。请关闭该程序后刷新；数据未改动。"
    holder.communicate("\n", timeout=30)
    open_store(store_path, read_only=read_only).close()


def test_the_store_stays_locked_however_often_others_have_tried(file_store: Store, run: Run) -> None:
    tried = """
import sys
from core.store.opening import open_store
from core.store.errors import StoreLocked
for _ in range(2):
    try:
        open_store(sys.argv[1])
    except StoreLocked:
        continue
    raise SystemExit("the lock was gone")
print("ready", flush=True)
"""
    open_store(file_store.location)
    with pytest.raises(StoreInUse):
        open_store(file_store.location, read_only=True)
    run(tried, file_store.location)


def test_a_lock_without_a_process_number_has_its_sentence() -> None:
    # As Windows says it.
    error = duckdb.IOException("IO Error: Cannot open file: The file is being used by another process")
    assert str(of_opening(error, Path("x"))) == "数据文件正被另一程序占用。请关闭该程序后刷新；数据未改动。"


def test_a_missing_store_is_not_made(tmp_path: Path) -> None:
    refuses(tmp_path / "none.duckdb", StoreMissing, str(tmp_path / "none.duckdb"), "RENEWAL_STORE")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_not_filled(tmp_path: Path) -> None:
    (tmp_path / "empty.duckdb").touch()
    refuses(tmp_path / "empty.duckdb", StoreEmpty, "是空的", "备份")


def test_a_duckdb_file_without_tables_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "bare.duckdb"
    duckdb.connect(str(path)).close()
    refuses(path, StoreEmpty, "是空的")


def test_a_duckdb_file_of_others_is_foreign(tmp_path: Path) -> None:
    path = tmp_path / "others.duckdb"
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE t (i INTEGER)")
    refuses(path, StoreForeign, "不是本系统的数据")


def test_a_store_that_has_lost_a_table_is_not_taken_for_one(store_path: Path) -> None:
    with duckdb.connect(str(store_path)) as other:
        other.execute("DROP TABLE score_event")
    refuses(store_path, StoreForeign, "缺少应有的表")


@pytest.mark.parametrize("content", [b"hello, world\n" * 1000, b"SQLite format 3\0" + bytes(5000)])
def test_a_file_that_is_no_duckdb_file_is_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "text.duckdb").write_bytes(content)
    refuses(tmp_path / "text.duckdb", StoreDamaged, "已损坏", "备份")


@pytest.mark.parametrize("kept", [10, 4096, 12288, 20000, 300_000])
def test_a_truncated_store_is_damaged(store_path: Path, kept: int) -> None:
    os.truncate(store_path, kept)
    refuses(store_path, StoreDamaged, "已损坏")


def test_a_store_with_altered_blocks_is_damaged(store_path: Path) -> None:
    content = bytearray(store_path.read_bytes())
    content[12288:16384] = bytes(4096)
    store_path.write_bytes(content)
    refuses(store_path, StoreDamaged, "已损坏")


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    refuses(tmp_path, StoreDamaged, "不是数据文件")


def test_a_store_written_by_a_newer_duckdb_is_left_alone(store_path: Path) -> None:
    # The header: a checksum over the rest, "DUCK", the storage version. 2.0 writes 999 where 1.5.5 knows 64 to 68.
    content = bytearray(store_path.read_bytes())
    content[12:20] = struct.pack("<Q", 999)
    checksum = 5381
    for (word,) in struct.iter_unpack("<Q", bytes(content[8:4096])):
        checksum ^= word * 0xBF58476D1CE4E5B9 % 2**64
    content[:8] = struct.pack("<Q", checksum)
    store_path.write_bytes(content)
    refuses(store_path, StoreNewer, "较新版本的DuckDB", "请升级本程序")


def test_a_newer_schema_is_left_alone(store_path: Path) -> None:
    with duckdb.connect(str(store_path)) as other:
        other.execute(f"INSERT INTO schema_version VALUES ({SCHEMA_VERSION + 1}, '2030-01-01')")
    refuses(store_path, StoreNewer, f"数据版本{SCHEMA_VERSION + 1}，本程序只到{SCHEMA_VERSION}", "请升级本程序")


def test_an_address_is_not_taken_for_a_file() -> None:
    with pytest.raises(StoreError, match="应为数据文件的路径"):
        open_store("mysql://host/db")


OPEN_WITHOUT_RIGHTS = """
import os, sys
from core.errors import StoreError
from core.store.opening import open_store
if os.geteuid() == 0:
    os.setuid(65534)
try:
    open_store(sys.argv[1])
except StoreError as error:
    print("ready", type(error).__name__, error, sep="\\n", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "words"),
    [(0o444, 0o777, "没有权限写入数据文件“{file}”"), (0o666, 0o555, "没有权限在文件夹“{folder}”中写入")],
)
def test_rights_that_are_missing_are_named(
    built_store: Path, run: Run, file_mode: int, folder_mode: int, words: str
) -> None:
    with tempfile.TemporaryDirectory() as name:  # not tmp_path: nobody else may enter its parents
        folder = Path(name).resolve()
        file = folder / "renewal.duckdb"
        shutil.copy(built_store, file)
        file.chmod(file_mode)
        folder.chmod(folder_mode)
        other = run(OPEN_WITHOUT_RIGHTS, file)
        assert other.stdout is not None
        assert other.stdout.readline() == f"{StoreNotWritable.__name__}\n"
        assert other.stdout.readline().startswith(words.format(file=file, folder=folder))
        folder.chmod(0o755)


def test_a_process_has_one_store_a_file(store: Store) -> None:
    assert open_store(store.location) is store
    with pytest.raises(StoreInUse, match="已由本程序以另一种方式打开"):
        open_store(store.location, read_only=True)


def test_a_store_opened_elsewhere_in_the_process_is_in_use(store_path: Path) -> None:
    with duckdb.connect(str(store_path)), pytest.raises(StoreInUse):
        open_store(store_path)


def test_after_closing_a_store_it_can_be_opened_again(store_path: Path) -> None:
    first = open_store(store_path)
    first.close()
    first.close()
    with pytest.raises(StoreError):
        read.scores(first, PROJECT, "r1/working")
    second = open_store(store_path)
    assert second is not first
    first.close()
    assert open_store(store_path) is second
    second.close()


def test_a_quote_in_a_name_is_part_of_the_name(built_store: Path, tmp_path: Path) -> None:
    path = tmp_path / "it's (TYPE sqlite).duckdb"
    shutil.copy(built_store, path)
    store = open_store(path)
    assert store.location == str(path)
    assert [project.id for project in read.projects(store)] == [PROJECT]
    store.close()


def test_a_read_only_store_refuses_to_be_written(store_path: Path) -> None:
    store = open_store(store_path, read_only=True)
    with pytest.raises(StoreError), store.writing("data") as session:
        session.insert("schema_version", [{"version": 3, "made_at": None}])
    store.close()


@pytest.mark.parametrize(
    "attempt",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "ATTACH 'other.duckdb' AS other",
        "COPY store.project TO 'out.csv'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET threads = 4",
    ],
)
def test_an_open_store_sees_nothing_but_its_file(store: Store, attempt: str) -> None:
    with store._root.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(attempt)


def test_a_write_counts_once_it_is_durable_and_a_failed_one_does_not(store: Store) -> None:
    assert store.versions == Versions(0, 0)
    with store.writing("data"):
        assert store.versions == Versions(0, 0)
    assert store.versions == Versions(1, 0)

    def fail_half_way() -> None:
        with store.writing("scores") as session:
            session.insert("schema_version", [{"version": SCHEMA_VERSION + 1, "made_at": "2030-01-01"}])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert store.versions == Versions(1, 0)
    with store.reading() as session:
        assert session.run("schema_version") == [(SCHEMA_VERSION,)]


def test_writes_wait_for_each_other(store: Store) -> None:
    inside, order = threading.Event(), []

    def second() -> None:
        inside.wait()
        with store.writing("data"):
            order.append("second")

    other = threading.Thread(target=second)
    other.start()
    with store.writing("data"):
        inside.set()
        other.join(0.05)
        order.append("first")
    other.join()
    assert order == ["first", "second"]


def test_what_is_remembered_is_read_again_after_a_write(store: Store) -> None:
    first = read.facts(store, PROJECT)
    assert read.facts(store, PROJECT) is first
    with store.writing("scores"):
        pass
    assert read.facts(store, PROJECT) is first
    with store.writing("data"):
        pass
    again = read.facts(store, PROJECT)
    assert again is not first
    assert again == first


def test_what_is_certain_is_as_the_last_write_left_it(store: Store) -> None:
    reads: list[int] = []

    def make(_: Session) -> int:
        reads.append(1)
        return len(reads)

    def ask(session: Session) -> int:
        return store.certain(session, ("n",), make, until="any")

    alone = isinstance(store.place, Path)  # others write in PostgreSQL, too: it is read at every turn
    with store.writing("scores") as session:
        assert (ask(session), ask(session)) == ((1, 1) if alone else (1, 2))
    with store.writing("views") as session:
        assert ask(session) == (2 if alone else 3)  # a write of scores came in between
    with store.writing("scores") as session:
        session.becomes["n",] = 7
    with store.writing("scores") as session:
        assert ask(session) == (7 if alone else 4)


def test_what_a_write_that_was_rolled_back_would_have_made_is_forgotten(store: Store) -> None:
    def write() -> None:
        with store.writing("scores") as session:
            session.becomes["n",] = (7,)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write()
    assert store.remembered(("n",), lambda session: (1,), until="any") == (1,)


def test_names_that_nobody_has_do_not_pile_up(store: Store) -> None:
    for number in range(600):
        store.remembered(("sheets", number), lambda session: None)
    assert len(store._remembered) <= 256


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (duckdb.ConstraintException('Duplicate key "a: 1" violates primary key constraint.'), StoreClash, "同时到达"),
        (duckdb.TransactionException("Failed to commit: PRIMARY KEY or UNIQUE"), StoreClash, "同时到达"),
        # As PostgreSQL says it through DuckDB.
        (duckdb.Error("Failed to copy data: ERROR: duplicate key value"), StoreClash, "同时到达"),
        (duckdb.FatalException("Could not write: No space left on device"), StoreFull, "磁盘已满"),
        (duckdb.FatalException("database has been invalidated"), StoreError, "重新启动本程序"),
        (duckdb.InternalException("?"), StoreError, "读写出错"),
    ],
)
def test_what_goes_wrong_while_running_has_its_sentence(
    error: duckdb.Error, kind: type[StoreError], words: str
) -> None:
    found = of_running(error, "x.duckdb")
    assert type(found) is kind
    assert words in str(found)


def test_a_file_without_rights_has_its_sentence_even_when_duckdb_finds_out() -> None:
    error = duckdb.IOException('IO Error: Cannot open file "x": Permission denied')
    assert type(of_opening(error, Path("x"))) is StoreNotWritable


def test_rows_go_in_with_every_column_of_their_table(file_store: Store) -> None:
    found: dict[str, set[str]] = {}
    with file_store.reading() as session:
        for table, column, *_ in session.run("columns"):
            found.setdefault(table, set()).add(column)
    assert {table: set(columns_of(table)) for table in TABLES} == {table: found[table] for table in TABLES}


def test_a_statement_is_one_statement() -> None:
    for file in (ROOT / "core" / "store" / "sql").glob("*.sql"):
        assert len(duckdb.extract_statements(statement(file.stem))) == 1, file.name
