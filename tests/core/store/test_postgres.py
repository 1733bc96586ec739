"""A store in PostgreSQL: what goes wrong has its sentence, and many processes share one truth."""

from __future__ import annotations

import re
import subprocess
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from core.errors import Message, StoreError
from core.model.context import Actor
from core.model.scorecard import Status
from core.service.base import open_store as home
from core.store import logs, postgres, read, watch
from core.store.address import Address, parse
from core.store.database import Store, Versions
from core.store.errors import (
    StoreAway,
    StoreClash,
    StoreEmpty,
    StoreForeign,
    StoreFull,
    StoreMissing,
    StoreNewer,
    StoreNotWritable,
    StoreRefused,
)
from core.store.opening import open_store
from core.store.schema import ADDED, SCHEMA_VERSION, TABLES
from core.store.session import statement
from core.store.watch import COUNTED
from core.store.write import NewScore, append_scores
from tests.core.store.conftest import PROJECT, WORKING, Run, altered
from tests.core.store.postgres_server import PASSWORD, Server

HERE = Address("127.0.0.1", 5432, "renewal", "anna")
full = pytest.mark.full


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        ('Unable to connect: FATAL:  database "x" does not exist', StoreMissing, "没有“postgres://anna@127.0.0.1"),
        ('Unable to connect: FATAL:  password authentication failed for user "a"', StoreRefused, "用户名或密码不正确"),
        ("Unable to connect: fe_sendauth: no password supplied", StoreRefused, "密码"),
        ("Unable to connect: no pg_hba.conf entry for host", StoreRefused, "不允许从本机连接"),
        ('Unable to connect: invalid connection option "bogus"', StoreError, "参数有误"),
        ("Unable to connect: Connection refused", StoreAway, "数据库恢复后页面自动更新"),
        ("Failed to prepare COPY: server closed the connection unexpectedly", StoreAway, "无法连接"),
        ('Failed to execute query "ROLLBACK": ', StoreAway, "无法连接"),
        ("ERROR:  duplicate key value violates unique constraint", StoreClash, "同时到达"),
        ("ERROR:  could not serialize access", StoreClash, "同时到达"),
        ("ERROR:  canceling statement due to lock timeout", StoreError, "另一台机器上的写入"),
        ("ERROR:  permission denied for schema public", StoreNotWritable, "没有权限写入数据库"),
        ("ERROR:  cannot execute COPY FROM in a read-only transaction", StoreNotWritable, "没有权限"),
        ("ERROR:  could not extend file: No space left on device", StoreFull, "磁盘已满"),
        ("Attempting to write a VARCHAR value with a NULL-byte", StoreError, "控制字符"),
        ("something else", StoreError, "读写出错"),
    ],
)
def test_what_a_server_says_has_its_sentence(said: str, kind: type[StoreError], words: str) -> None:
    found = postgres.explain(duckdb.Error(said), HERE)
    assert type(found) is kind
    assert words in str(found)


def test_without_its_package_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "find_spec", lambda name: None)
    with pytest.raises(StoreError, match=r"pip install -r requirements-postgres\.txt"):
        postgres.attach(HERE)


def test_every_table_that_people_wait_for_is_counted() -> None:
    counted = [table for tables in COUNTED.values() for table in tables]
    assert re.findall(r"FROM (\w+)\)", statement("postgres_seen")) == counted
    # The rest is written in one transaction with one of those, or is not waited for (view).
    assert set(TABLES) - set(counted) == {
        "schema_version", "scheme", "indicator", "grade_scheme", "project", "place", "budget_group",
        "budget_group_place", "funding", "funding_kind", "spend", "renovation", "baseline", "claim", "sheet_owner",
        "evidence_bytes", "batch_file", "correction", "milestone", "delivery", "delivery_more", "arrival", "community",
        "column_mapping", "view", "write_digest", "standard", "standard_point",
        "community_more", "not_reported", "payment", "comparison", "source_money", "sheet_target", "sheet_budget",
        "comment_unit", "scheme_step", "milestone_owner", "reporting_community",
    }  # fmt: skip


def test_a_server_that_is_away_is_named_without_the_password() -> None:
    with pytest.raises(StoreAway) as caught:
        open_store(f"postgres://anna:{PASSWORD}@127.0.0.1:1/renewal")
    assert "“postgres://anna@127.0.0.1:1/renewal”" in str(caught.value)
    assert PASSWORD not in str(caught.value) + str(caught.value.__cause__)


def test_a_password_file_that_others_can_read_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "pgpass"
    file.touch(0o644)
    monkeypatch.setenv("PGPASSFILE", str(file))
    with pytest.raises(StoreRefused, match="chmod 600"):
        open_store("postgres://anna@127.0.0.1:1/renewal")
    file.chmod(0o600)
    with pytest.raises(StoreAway):
        open_store("postgres://anna@127.0.0.1:1/renewal")


@full
def test_who_is_not_let_in_is_told(server: Server, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGPASSWORD")
    for wrong in (server.url("built", password="falsch"), server.url("built", user="paul"), database):
        with pytest.raises(StoreRefused) as caught:
            open_store(wrong)
        assert "falsch" not in str(caught.value) + str(caught.value.__cause__)
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    with pytest.raises(StoreMissing, match="没有“postgres://renewal@"):
        open_store(f"{database}x")


@full
def test_the_password_may_lie_in_a_file_that_only_its_owner_reads(
    server: Server, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGPASSWORD")
    file = tmp_path / "pgpass"
    file.write_text(f"127.0.0.1:{server.port}:*:renewal:{PASSWORD}\n", encoding="utf-8")
    file.chmod(0o644)
    monkeypatch.setenv("PGPASSFILE", str(file))
    with pytest.raises(StoreRefused, match="chmod 600"):
        open_store(database)
    file.chmod(0o600)
    open_store(database).close()


@full
def test_a_database_is_filled_only_when_somebody_asks(empty_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENEWAL_STORE", empty_database)
    with pytest.raises(StoreEmpty, match="python -m core init"):
        home.store()
    assert not home.build()
    with pytest.raises(StoreEmpty):
        home.store()
    assert home.init(empty=True)
    assert not home.init()
    assert read.projects(home.store()) == ()
    assert len(read.schemes(home.store())) > 0


@full
@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ("INSERT INTO schema_version VALUES (70, '2030-01-01')", StoreNewer, f"数据版本70，本程序只到{SCHEMA_VERSION}"),
        ("DROP TABLE score_event", StoreForeign, "不是本系统的数据"),
        ("DROP TABLE schema_version", StoreForeign, "数据库未改动"),
    ],
)
def test_another_database_is_left_alone(
    server: Server, database: str, change: str, kind: type[StoreError], words: str
) -> None:
    server.sql(change, database.rpartition("/")[2])
    with pytest.raises(kind, match=words):
        open_store(database)


@full
def test_an_older_database_gets_the_tables_that_it_lacks(server: Server, database: str) -> None:
    name, newest = database.rpartition("/")[2], ADDED[SCHEMA_VERSION]
    server.sql(
        f"DROP TABLE {', '.join(newest)}; UPDATE schema_version SET version = {SCHEMA_VERSION - 1}"
        f" WHERE version = {SCHEMA_VERSION}",
        name,
    )
    open_store(database).close()
    for table in newest:
        # All that was there before is noted as one write.
        assert server.sql(f"SELECT count(*) FROM {table}", name) == f"{int(table == 'write_digest')}\n"
    assert server.sql("SELECT max(version) FROM schema_version", name) == f"{SCHEMA_VERSION}\n"


@full
def test_what_is_asked_for_is_found_by_an_index(server: Server, database: str) -> None:
    plan = server.sql(
        "SET enable_seqscan = off; EXPLAIN SELECT * FROM score_event WHERE project = 'x' COLLATE \"C\""
        " AND sheet = 'y' COLLATE \"C\"",
        database.rpartition("/")[2],
    )
    assert "score_event_asked" in plan


def new(edit: str | None = None, code: str = "A11") -> NewScore:
    return NewScore(code, edit or str(uuid.uuid4()), Decimal(1), Status.CONFIRMED, "", "", Actor("x", "x"))


def save(store: Store, edit: str | None = None) -> None:
    append_scores(store, PROJECT, WORKING, lambda current, known: ([new(edit)], None))


@pytest.fixture
def opened(database: str) -> Iterator[Store]:
    store = open_store(database)
    yield store
    store.close()


WRITE = """
import sys, uuid
from core.store.opening import open_store
from tests.core.store.test_postgres import save
store = open_store(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[2])):
    edit = str(uuid.uuid4())
    save(store, edit)
    print(edit, flush=True)
"""


@full
def test_two_processes_on_one_item_leave_no_gap_and_no_fork(opened: Store, database: str, run: Run) -> None:
    others = [run(WRITE, database, 25) for _ in range(2)]
    written: list[str] = []

    def hear(process: subprocess.Popen[str]) -> None:
        out, _ = process.communicate("\n", timeout=120)
        written.extend(out.split())

    threads = [threading.Thread(target=hear, args=(process,)) for process in others]
    for thread in threads:
        thread.start()
    for _ in range(25):
        save(opened)
    for thread in threads:
        thread.join()
    assert len(written) == 50
    assert set(read.known_edits(opened, PROJECT, WORKING, written)) == set(written)
    events = read.history(opened, PROJECT, WORKING, "A11")
    assert [event.revision for event in events] == list(range(1, 77))
    assert [event.made_at for event in events] == sorted({event.made_at for event in events})
    assert altered(opened, PROJECT, WORKING) is None


@full
def test_a_writer_that_does_not_wait_clashes_and_is_decided_again(
    opened: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Both follow the same event: the unique `previous` lets only one through, also without the lock.
    tried: list[int] = []
    server_side = opened._root.cursor()

    def decide(current: object, known: object) -> tuple[list[NewScore], None]:
        tried.append(1)
        if len(tried) == 1:
            with server_side as cursor:
                from core.store import write
                from core.store.session import Session

                other = Session(cursor, opened._explain)
                with other.transaction():
                    write.insert_scores(
                        other, PROJECT, WORKING, [new("theirs")], read.newest_links(other, PROJECT, WORKING)
                    )
        return [new("ours", "A12")], None

    append_scores(opened, PROJECT, WORKING, decide)
    assert len(tried) == 2
    assert [event.edit_id for event in read.history(opened, PROJECT, WORKING)][-2:] == ["theirs", "ours"]
    assert altered(opened, PROJECT, WORKING) is None


@full
def test_what_another_process_writes_is_noticed_and_ones_own_only_once(opened: Store, database: str, run: Run) -> None:
    opened.follow()
    before = read.facts(opened, PROJECT), opened.versions
    save(opened)
    assert opened.versions == Versions(0, before[1].scores + 1)
    opened.follow()
    assert opened.versions == Versions(0, before[1].scores + 1)
    run(WRITE, database, 1).communicate("\n", timeout=60)
    opened.follow()
    assert opened.versions == Versions(0, before[1].scores + 2)
    assert read.facts(opened, PROJECT) is before[0]
    opened.follow()
    assert opened.versions == Versions(0, before[1].scores + 2)


@full
def test_the_watch_looks_by_itself_and_outlives_a_server_that_is_away(
    own_server: Server, run: Run, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watch, "EVERY", 0.02)
    address = own_server.url("postgres")
    monkeypatch.setenv("RENEWAL_STORE", address)
    home.init()
    store = open_store(address)

    def until(met: Callable[[], bool]) -> None:
        end = time.monotonic() + 60
        while not met():
            assert time.monotonic() < end
            threading.Event().wait(0.01)

    run(WRITE, address, 1).communicate("\n", timeout=60)
    until(lambda: store.versions.scores == 1)
    own_server.kill()
    until(lambda: "cannot be seen for now" in caplog.text)
    own_server.start()
    run(WRITE, address, 1).communicate("\n", timeout=60)
    until(lambda: store.versions.scores == 2)
    store.close()
    assert caplog.text.count("cannot be seen for now") == 1


ROUND = """
import sys
from core.model.context import Actor
from core.model.panel_events import RoundKind
from core.scoring.round_settings import new_round
from core.store import new_rounds
from core.store.opening import open_store
store = open_store(sys.argv[1])
new_rounds.add_round(store, "lingang-2023", new_round("终评", RoundKind.FINAL), lambda name: [], Actor("x", "x"))
print("ready", flush=True)
"""


@full
def test_a_round_opened_elsewhere_is_read_anew(opened: Store, database: str, run: Run) -> None:
    opened.follow()
    assert len(logs.rounds(opened, PROJECT)) == 1
    run(ROUND, database)
    opened.follow()
    assert opened.versions.data == 1
    assert len(logs.rounds(opened, PROJECT)) == 2


@pytest.fixture
def own_server(server: Server) -> Iterator[Server]:
    """A server that may be killed."""
    another = Server(server._programs)
    yield another
    another.stop()


@full
def test_a_server_that_is_killed_in_mid_session_loses_nothing_and_is_met_again(
    own_server: Server, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = own_server.url("postgres")
    monkeypatch.setenv("RENEWAL_STORE", address)
    home.init()
    store = open_store(address)
    writer = run(WRITE, address, 100_000)
    assert writer.stdin is not None
    assert writer.stdout is not None
    writer.stdin.write("\n")
    writer.stdin.flush()
    acknowledged = [writer.stdout.readline().strip() for _ in range(40)]
    own_server.kill()
    acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]
    assert writer.wait() != 0
    with pytest.raises(StoreAway):
        read.history(store, PROJECT, WORKING)
    with pytest.raises(StoreAway):
        save(store)
    with pytest.raises(StoreAway):
        store.follow()
    own_server.start()
    assert set(read.known_edits(store, PROJECT, WORKING, acknowledged)) == set(acknowledged)
    save(store, "after")
    events = read.history(store, PROJECT, WORKING, "A11")
    assert [event.revision for event in events] == list(range(1, len(events) + 1))
    assert (events[-1].edit_id, altered(store, PROJECT, WORKING)) == ("after", None)
    store.follow()
    store.close()


@full
def test_a_connection_cut_in_the_middle_of_a_write_leaves_nothing_of_it(opened: Store, server: Server) -> None:
    before = len(read.history(opened, PROJECT, WORKING))

    def decide(current: object, known: object) -> tuple[list[NewScore], None]:
        server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'renewal%'")
        return [new()], None

    with pytest.raises(StoreAway):
        append_scores(opened, PROJECT, WORKING, decide)
    assert len(read.history(opened, PROJECT, WORKING)) == before
    save(opened)
    assert len(read.history(opened, PROJECT, WORKING)) == before + 1


@full
def test_a_character_that_the_server_does_not_take_has_its_sentence(opened: Store) -> None:
    bad = NewScore("A11", "e", Decimal(1), Status.CONFIRMED, "a\0b", "", Actor("x", "x"))
    with pytest.raises(StoreError, match="无法保存的字符"):
        append_scores(opened, PROJECT, WORKING, lambda current, known: ([bad], None))
    save(opened)


def test_the_sentence_of_a_server_away_has_no_password() -> None:
    assert isinstance(postgres.away(parse("postgres://a:geheim@db/x")).message, Message)
    assert "geheim" not in str(postgres.away(parse("postgres://a:geheim@db/x")))
