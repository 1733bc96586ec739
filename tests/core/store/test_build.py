from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import StoreError
from core.ingest.shipped.seed import load_seed
from core.model.seed import Seed
from core.store import build, read
from core.store.build import build_default
from core.store.errors import StoreNotWritable
from core.store.opening import open_store
from tests.core.store.conftest import PROJECT, ROOT, WORKING, Run


@pytest.fixture(scope="module")
def seed() -> Seed:
    return load_seed(ROOT / "data" / "seed")


def test_a_build_leaves_one_whole_file_and_nothing_else(tmp_path: Path, seed: Seed) -> None:
    build_default(tmp_path / "new" / "r.duckdb", seed)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["r.duckdb"]


def test_a_file_that_is_there_stays_as_it_is(store_path: Path, seed: Seed) -> None:
    before = store_path.read_bytes()
    build_default(store_path, seed)
    assert store_path.read_bytes() == before
    assert list(store_path.parent.iterdir()) == [store_path]


def test_a_file_made_meanwhile_stays_as_it_is(
    tmp_path: Path, seed: Seed, built_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.duckdb"
    fill = build._fill

    def fill_and_be_overtaken(temporary: Path, seed: Seed) -> None:
        fill(temporary, seed)
        shutil.copy(built_store, path)

    monkeypatch.setattr(build, "_fill", fill_and_be_overtaken)
    build_default(path, seed)
    assert path.read_bytes() == built_store.read_bytes()
    assert list(tmp_path.iterdir()) == [path]


def test_without_hard_links_the_file_is_renamed(tmp_path: Path, seed: Seed, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no hard links here")

    monkeypatch.setattr(build.os, "link", refuse)
    build_default(tmp_path / "r.duckdb", seed)
    assert [path.name for path in tmp_path.iterdir()] == ["r.duckdb"]


def test_two_processes_that_build_at_once_end_with_one_whole_store(tmp_path: Path, run: Run) -> None:
    code = """
import sys
from pathlib import Path
from core.ingest.shipped.seed import load_seed
from core.store.build import build_default
seed = load_seed(Path("data/seed"))
print("ready", flush=True)
sys.stdin.readline()
build_default(Path(sys.argv[1]), seed)
"""
    path = tmp_path / "r.duckdb"
    builders = [run(code, path), run(code, path)]
    for builder in builders:
        assert builder.stdin is not None
        builder.stdin.write("\n")
        builder.stdin.flush()
    assert [builder.wait(60) for builder in builders] == [0, 0]
    assert list(tmp_path.iterdir()) == [path]
    store = open_store(path)
    assert len(read.scores(store, PROJECT, WORKING)) == 32
    store.close()


def test_a_log_without_its_file_is_a_loss_not_a_fresh_start(tmp_path: Path, seed: Seed) -> None:
    path = tmp_path / "r.duckdb"
    log = tmp_path / "r.duckdb.wal"
    log.write_bytes(b"what is left")
    with pytest.raises(StoreError, match=r"日志“r\.duckdb\.wal”还在") as caught:
        build_default(path, seed)
    assert str(path) in str(caught.value)
    assert list(tmp_path.iterdir()) == [log]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, seed: Seed) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreNotWritable, match=r"没有权限在文件夹“.*file”中写入"):
        build_default(tmp_path / "file" / "r.duckdb", seed)


def test_a_failed_build_leaves_nothing(tmp_path: Path, seed: Seed) -> None:
    twice = replace(seed, tables={**seed.tables, "claim": [*seed.tables["claim"], seed.tables["claim"][0]]})
    with pytest.raises(StoreError):
        build_default(tmp_path / "r.duckdb", twice)
    assert list(tmp_path.iterdir()) == []
