"""Backup, restore, migrate and accept as people run them."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from core.service.base import open_store as home
from core.store import copying
from core.store.opening import open_store
from tests.core.commands.test_main import held, run  # noqa: F401 - a fixture
from tests.core.store.postgres_server import PASSWORD, Server
from tests.core.store.test_postgres import save

pytestmark = pytest.mark.full  # each starts processes of its own

full = pytest.mark.full


def fields(out: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in out.splitlines())


@pytest.mark.usefixtures("held")
def test_a_backup_is_made_while_the_app_holds_the_file(store_path: Path, tmp_path: Path) -> None:
    backups = tmp_path / "backups"
    backups.mkdir()
    done = run("backup", str(backups), "--keep", "2", "--json", store=store_path)
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert [str(file) for file in backups.iterdir()] == [made["file"]]
    verified = json.loads(run("verify", "--json", store=Path(made["file"])).stdout)
    assert (verified["problems"], verified["digest"], verified["rows"]) == ([], made["digest"], made["rows"])
    assert json.loads(run("verify", "--json", store=store_path).stdout)["digest"] == made["digest"]


def test_a_lost_store_comes_back_from_its_backup(store_path: Path, tmp_path: Path) -> None:
    home.close()
    copy = tmp_path / "copy.duckdb"
    made = fields(run("backup", str(copy), store=store_path).stdout)
    again = run("backup", str(copy), store=store_path)
    assert (again.returncode, again.stdout) == (1, "")
    assert "已存在，未覆盖" in again.stderr
    refused = run("restore", str(copy), store=store_path)
    assert (refused.returncode, "什么也没有改动" in refused.stderr) == (1, True)
    store_path.unlink()
    lost = run("measures", store=store_path)
    assert (lost.returncode, "找不到数据文件" in lost.stderr) == (1, True)
    done = run("restore", str(copy), store=store_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert fields(done.stdout) == {"store": str(store_path), "rows": made["rows"], "digest": made["digest"]}
    assert "摘要链完整" in run("verify", store=store_path).stdout


@full
def test_a_loss_is_named_until_somebody_takes_it_as_it_is(store_path: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.duckdb"
    shutil.copy(store_path, older)
    save(home.store())
    home.close()
    shutil.copy(older, store_path)
    named = run("verify", store=store_path)
    assert (named.returncode, named.stdout) == (1, "")
    assert "缺少1条已确认保存的记录（评分记录1条）" in named.stderr
    assert run("measures", store=store_path).returncode == 0
    taken = run("accept", store=store_path)
    assert (taken.returncode, taken.stdout) == (0, "已以现状为准：缺少的1条记录不再追查，可以继续使用。\n")
    assert run("verify", store=store_path).returncode == 0
    assert run("accept", store=store_path).stdout == "数据与旁边的标记相符，没有要接受的。\n"


@full
def test_what_a_restored_backup_lacks_is_told(store_path: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.duckdb"
    shutil.copy(store_path, older)
    save(home.store())
    home.close()
    store_path.unlink()
    done = run("restore", str(older), store=store_path)
    assert done.returncode == 0
    assert "这份备份比它少1条记录" in done.stderr


def test_only_so_many_backups_are_kept_of_a_folder(store_path: Path, tmp_path: Path) -> None:
    home.close()
    wrong = run("backup", str(tmp_path / "none"), "--keep", "3", store=store_path)
    assert (wrong.returncode, "不是文件夹" in wrong.stderr) == (1, True)
    assert not (tmp_path / "none").exists()


@full
def test_a_file_is_moved_into_a_database_that_then_serves(
    store_path: Path,
    empty_database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home.close()
    before = json.loads(run("verify", "--json", store=store_path).stdout)
    card = run("scorecard", "--json", store=store_path).stdout
    done = run("migrate", str(store_path), empty_database, store=store_path)
    assert done.returncode == 0, done.stderr
    assert fields(done.stdout)["digest"] == before["digest"]
    again = run("migrate", str(store_path), empty_database, store=store_path)
    assert (again.returncode, "已经有表，未写入" in again.stderr) == (1, True)
    monkeypatch.setenv("RENEWAL_STORE", empty_database)
    assert json.loads(run("verify", "--json").stdout) == before
    assert run("scorecard", "--json").stdout == card
    refused = run("accept")
    assert (refused.returncode, "没有旁边的标记" in refused.stderr) == (1, True)


@full
def test_a_database_is_made_backed_up_and_restored_by_command(
    empty_database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RENEWAL_STORE", empty_database)
    empty = run("measures")
    assert (empty.returncode, "python -m core init" in empty.stderr) == (1, True)
    assert run("build").returncode == 1
    assert run("init").returncode == 0
    assert run("init").stdout.startswith("数据库里已有数据，未改动：postgres://")
    made = fields(run("backup", str(tmp_path / "b.duckdb")).stdout)
    there = tmp_path / "there.duckdb"
    assert fields(run("restore", str(tmp_path / "b.duckdb"), store=there).stdout)["digest"] == made["digest"]
    store = open_store(there)
    with store.reading() as session:
        assert copying.digest_of(copying.sums(session)) == made["digest"]
    store.close()


@full
def test_a_command_says_that_the_server_is_away_and_no_password(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RENEWAL_STORE", server.url("built").replace(str(server.port), "1"))
    done = run("measures")
    assert (done.returncode, done.stdout) == (1, "")
    assert "无法连接数据库" in done.stderr
    assert PASSWORD not in done.stderr
    assert PASSWORD in os.environ["RENEWAL_STORE"]
