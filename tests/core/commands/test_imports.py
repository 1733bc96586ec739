"""The command line takes files over: what it prints, with and without the app holding the store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.__main__ import answer, answer_for_owner, main
from core.service.base import open_store
from tests.core.commands.test_main import held, run
from tests.core.ingest.filled import workbook

pytestmark = pytest.mark.full  # each starts processes of its own

__all__ = ["held"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "linjiang.xlsx"
    path.write_bytes(workbook())
    return path


def test_a_scorecard_is_imported_and_shown(store_path: Path, file: Path) -> None:
    open_store.close()
    done = run("scorecard", "import", str(file), "--by", "王工", store=store_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "project: linjiang\nsheet: r1/working\n", "")
    card = json.loads(run("scorecard", "--json", "--project", "linjiang", store=store_path).stdout)
    assert (card["total"], card["grade"]) == ("82.25", "良")
    assert {name: part["rate"] for name, part in card["subtotals"].items()} == {
        "决策": "0.750000000000", "过程": "0.787500000000", "产出": "0.857142857143", "效益": "0.860000000000",
    }  # fmt: skip
    done = run("scorecard", "import", str(file), "--project", "linjiang", store=store_path)
    assert done.stdout == "project: linjiang\nsheet: r1/import\n"
    for command in ("measures", "checks", "verify"):
        assert run(command, "--json", "--project", "linjiang", store=store_path).returncode == 0


@pytest.mark.parametrize("what", ["scorecard", "scheme"])
def test_problems_go_to_stderr_all_at_once(store_path: Path, file: Path, what: str) -> None:
    file.write_bytes(workbook({(4, 5): 3, (4, 6): 3, (5, 3): None, (6, 3): "A1", (7, 6): "四分半"}))
    open_store.close()
    done = run(what, "import", str(file), store=store_path)
    assert (done.returncode, done.stdout) == (1, "")
    cells = ["C5", "F7", "C6", "E4:E34"] if what == "scorecard" else ["C5", "C6", "E4:E34"]
    lines = done.stderr.splitlines()
    assert f"有{len(cells)}处问题，整份文件未导入" in lines[0]
    assert [line.split("”")[1].split("（")[0] for line in lines[1:]] == cells
    assert len(json.loads(run("scorecard", "--json", store=store_path).stdout)["items"]) == 32


def test_a_scheme_is_imported_once(store_path: Path, file: Path) -> None:
    open_store.close()
    for _ in range(2):
        done = run("scheme", "import", str(file), store=store_path)
        assert (done.returncode, done.stdout, done.stderr) == (0, "scheme: linjiang\nversion: 1\n", "")


def test_a_file_that_is_not_there(store_path: Path) -> None:
    open_store.close()
    done = run("scheme", "import", "none.xlsx", store=store_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "《none.xlsx》：找不到这个文件，请检查路径。" in done.stderr


def test_the_app_that_holds_the_store_finds_the_file(
    held: Path, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # This process stands elsewhere than the one that holds the store, and names the file from here.
    monkeypatch.chdir(file.parent)
    assert main(["scorecard", "import", file.name, "--by", "王工"]) == 0
    assert capsys.readouterr().out == "project: linjiang\nsheet: r1/working\n"


@pytest.mark.usefixtures("store_path")
def test_a_note_goes_to_stderr_and_the_import_stands(file: Path) -> None:
    file.write_bytes(workbook({(9, 6): 16}))
    code, out, err = answer_for_owner(["scorecard", "import", str(file)])
    assert (code, out) == (0, "project: linjiang\nsheet: r1/working\n")
    assert err == "《linjiang.xlsx》工作表“评分表”F9（得分）：小计印为16.00，各项相加是15.00；未采用印出的数。\n"


def test_a_scorecard_and_a_scheme_are_exported_once(store_path: Path, tmp_path: Path) -> None:
    sheet, scheme = tmp_path / "评分表.xlsx", tmp_path / "体系.csv"
    assert answer(["scorecard", "export", str(sheet)]).out == f"file: {sheet}\n"
    assert answer(["scheme", "export", "old-community-32", str(scheme)]).out == f"file: {scheme}\n"
    assert answer(["scheme", "import", str(scheme)]).out == "scheme: old-community-32\nversion: 1\n"
    before = sheet.read_bytes()
    again = answer(["scorecard", "export", str(sheet)])
    assert (again.code, again.err) == (1, f"“{sheet}”已存在，未覆盖。请换一个文件名。\n")
    assert sheet.read_bytes() == before
    wrong = answer(["scorecard", "export", str(tmp_path / "评分表.pdf")])
    assert (wrong.code, wrong.err) == (1, "“评分表.pdf”应以.xlsx或.csv结尾。\n")
    nowhere = answer(["scorecard", "export", str(tmp_path / "没有" / "表.xlsx")])
    assert "无法写入" in nowhere.err
