"""The command line over the snapshots of a project: what it prints, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.__main__ import answer_for_owner, main
from core.model.context import Actor, Context
from core.service.base import batches
from core.service.base.project import facts
from tests.core.commands.test_main import held, run
from tests.core.service.edited import MONEY, edited

__all__ = ["held"]

LINGANG = "lingang-2023"
SEED = f"{LINGANG}@2024-12-31"


@pytest.mark.usefixtures("store_path")
def test_a_figure_is_corrected_and_the_correction_withdrawn() -> None:
    code, out, err = answer_for_owner(
        ["correct", "paid", "2163.50", "--place", "璜土镇", "--reason", "录入错误", "--by", "王工"]
    )
    assert (code, out, err) == (0, f"batch: {SEED}-2\n", "")
    newest, seed = json.loads(answer_for_owner(["snapshots", "--json"])[1])
    assert (newest["batch"], newest["as_of"], newest["state"], newest["by"]) == (
        f"{SEED}-2",
        "2024-12-31",
        "released",
        "王工",
    )
    assert newest["correction"] == {
        "parent": SEED, "place": "璜土镇", "field": "paid", "old": "2,164.00", "new": "2163.50", "reason": "录入错误",
    }  # fmt: skip
    assert seed["correction"] is None
    assert answer_for_owner(["withdraw", f"{SEED}-2", "--reason", "看错了"])[:2] == (0, f"withdrawn: {SEED}-2\n")
    lines = answer_for_owner(["snapshots"])[1].splitlines()
    assert lines[0].split() == ["批次", "截至", "状态", "导入人", "文件", "原因"]
    assert lines[1].split() == [f"{SEED}-2", "2024-12-31", "已撤回", "王工", "看错了"]
    assert facts(Context(Actor("x")), LINGANG).batch == SEED


@pytest.mark.usefixtures("store_path")
def test_a_day_given_wrongly_is_put_right() -> None:
    moved = f"{LINGANG}@2024-11-30"
    assert answer_for_owner(["redate", SEED, "2024-11-30", "--reason", "截止日写错"])[:2] == (
        0,
        f"redated: {SEED} -> {moved}\n",
    )
    newest, seed = json.loads(answer_for_owner(["snapshots", "--json"])[1])
    assert (newest["batch"], newest["as_of"], newest["state"]) == (moved, "2024-11-30", "released")
    assert (seed["state"], seed["reason"]) == ("withdrawn", "截止日写错")


@pytest.mark.usefixtures("store_path")
@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["withdraw", "x", "--reason", "错"], "没有批次“x”"),
        (["withdraw", SEED, "--reason", " "], "请填写原因"),
        (["release", SEED], "不在待复核状态"),
        (["redate", "x", "2024-11-30", "--reason", "错"], "没有批次“x”"),
        (["redate", SEED, "2024-11-30", "--reason", " "], "请填写原因"),
        (["redate", SEED, "2024-12-31", "--reason", "错"], "截止日已经是2024年12月31日，没有改动"),
        (["redate", SEED, "2999-01-01", "--reason", "错"], "数据截止日2999年1月1日晚于今天"),
        (["correct", "paid", "多", "--place", "璜土镇", "--reason", "错"], "应为金额"),
        (["correct", "moon", "1", "--reason", "错"], "没有数据项"),
        (["snapshots", "--project", "x"], "没有编号为“x”的项目"),
        (["import", "nowhere.xlsx", "--project", LINGANG], "找不到这个文件"),
    ],
)
def test_what_cannot_be_is_a_sentence(argv: list[str], said: str) -> None:
    code, out, err = answer_for_owner(argv)
    assert (code, out) == (1, "")
    assert said in err
    assert [each["state"] for each in json.loads(answer_for_owner(["snapshots", "--json"])[1])] == ["released"]


@pytest.fixture
def quarter(store_path: Path, tmp_path: Path) -> Path:
    """The file of a quarter later: 璜土 has paid 200万元 more."""
    content = batches.template(Context(Actor("x", "王工")), LINGANG)
    path = tmp_path / "季报.xlsx"
    path.write_bytes(edited(content, {(MONEY, "D3"): 2364, (MONEY, "D7"): 8200}))
    return path


def test_a_file_is_looked_at_and_taken_over(quarter: Path) -> None:
    argv = ["import", str(quarter), "--project", LINGANG, "--as-of", "2025-03-31"]
    code, out, err = answer_for_owner([*argv, "--dry-run", "--json"])
    assert (code, err) == (0, "")
    looked = json.loads(out)
    assert (looked["batch"], looked["as_of"], looked["already"], looked["problems"]) == (None, "2025-03-31", None, [])
    assert looked["changes"] == [
        {"what": "数据截至", "place": None, "before": "2024-12-31", "after": "2025-03-31"},
        {"what": "累计支付", "place": "璜土镇", "before": "2,164.00", "after": "2,364.00"},
    ]
    assert {"街镇": "place", "累计支付（万元）": "paid"}.items() <= looked["headings"].items()
    assert any((cell["cell"], cell["raw"]) == ("D3", "2364") for cell in looked["understood"])
    assert [each["sheet"] for each in looked["unread"]] == ["填写说明"]
    batch = f"{LINGANG}@2025-03-31"
    code, out, err = answer_for_owner([*argv, "--by", "王工"])
    assert (code, out.splitlines()[:2]) == (0, [f"project: {LINGANG}", f"batch: {batch}"])
    assert "各街镇累计支付合计8,200.00万元，各资金来源已支付合计8,000.00万元" in err
    assert out.splitlines()[-1].split() == ["累计支付", "璜土镇", "2,164.00", "2,364.00"]
    code, out, err = answer_for_owner([*argv, "--json"])
    assert (code, json.loads(out)["already"], json.loads(out)["batch"]) == (0, batch, batch)
    code, out, err = answer_for_owner(argv)
    assert (code, out) == (0, f"project: {LINGANG}\nbatch: {batch}\n")
    assert "不重复导入" in err
    assert [each["batch"] for each in json.loads(answer_for_owner(["snapshots", "--json"])[1])] == [batch, SEED]


def test_what_is_not_read_is_told(quarter: Path) -> None:
    """No wrong number, C16: nothing is dropped without a line."""
    quarter.write_bytes(edited(quarter.read_bytes(), {(MONEY, "H2"): "责任人", (MONEY, "I2"): "电话"}))
    argv = ["import", str(quarter), "--project", LINGANG, "--as-of", "2025-03-31", "--dry-run"]
    assert "有2列没有读取：责任人、电话。" in answer_for_owner(argv)[2]
    told = json.loads(answer_for_owner([*argv, "--json"])[1])["unread"]
    assert ("H2", "有2列没有读取：责任人、电话。") in [(each["cell"], each["message"]) for each in told]


def test_problems_of_a_file_are_told_at_once(quarter: Path) -> None:
    quarter.write_bytes(edited(quarter.read_bytes(), {(MONEY, "D3"): "待定", (MONEY, "C4"): -5}))
    argv = ["import", str(quarter), "--project", LINGANG, "--as-of", "2025-03-31"]
    for more in ([], ["--dry-run"]):
        code, out, err = answer_for_owner([*argv, *more])
        assert (code, out) == (1, "")
        assert "D3" in err
        assert "C4" in err
    code, out, err = answer_for_owner([*argv, "--json"])
    assert (code, err, json.loads(out)["batch"]) == (1, "", None)
    problems = {problem.get("cell"): problem for problem in json.loads(out)["problems"]}
    assert problems["D3"]["sheet"] == MONEY
    assert problems["D3"]["file"] == "季报.xlsx"
    assert len(json.loads(answer_for_owner(["snapshots", "--json"])[1])) == 1


def test_what_is_held_is_released_by_another_name(quarter: Path) -> None:
    argv = ["import", str(quarter), "--project", LINGANG, "--as-of", "2025-03-31", "--hold", "--by", "王工"]
    assert answer_for_owner(argv)[0] == 0
    batch = f"{LINGANG}@2025-03-31"
    code, _, err = answer_for_owner(["release", batch, "--by", "王工"])
    assert (code, "另一人" in err) == (1, True)
    assert facts(Context(Actor("x")), LINGANG).batch == SEED
    assert answer_for_owner(["release", batch, "--by", "李工"])[:2] == (0, f"released: {batch}\n")
    assert facts(Context(Actor("x")), LINGANG).batch == batch


def test_the_app_that_holds_the_store_takes_a_file_over(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("空.csv").write_text("", encoding="utf-8")
    assert main(["import", "空.csv", "--project", LINGANG]) == 1
    assert "文件是空的" in capsys.readouterr().err
    done = run("snapshots", "--json", store=held)
    assert [each["batch"] for each in json.loads(done.stdout)] == [SEED]


@pytest.mark.usefixtures("store_path")
def test_a_list_of_projects_is_looked_at_and_taken_over(tmp_path: Path) -> None:
    file = tmp_path / "清单.csv"
    rows = ["项目编号,项目名称,批复日期,概算（万元）", "A-1,一期改造,2023-03-01,300", "A-2,二期改造,,200"]
    file.write_text("\n".join(rows), encoding="utf-8")
    asked = ["import", str(file), "--each", "--approved-on", "2023-04-01"]
    code, out, err = answer_for_owner([*asked, "--dry-run"])
    assert (code, out, "没有读到数据截止日。" in err) == (1, "", True)
    asked += ["--as-of", "2025-03-31"]
    seen = json.loads(answer_for_owner([*asked, "--dry-run", "--json"])[1])
    assert [(each["project"], each["new"], each["batch"]) for each in seen["projects"]] == [
        ("A-1", True, None), ("A-2", True, None),
    ]  # fmt: skip
    assert "清单里有2个项目：一期改造、二期改造" in seen["questions"][0]["message"]
    code, out, _ = answer_for_owner([*asked, "--which", "二期改造="])
    assert (code, "A-1@2025-03-31" in out, "A-2" in out) == (0, True, False)
    assert "“二期改造”应写作“项目名称=项目编号”。" in answer_for_owner([*asked, "--which", "二期改造"])[2]
    code, out, err = answer_for_owner(["import", str(file)])
    assert (code, out, "缺少选项“--project”。" in err) == (2, "", True)


@pytest.mark.usefixtures("store_path")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_period_goes_out_as_a_file_and_is_checked_again(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"period.{kind}"
    assert answer_for_owner(["export-period", "--out", str(file)])[0] == 0
    code, out, _ = answer_for_owner(["check-period", str(file)])
    assert (code, out) == (0, f"与批次{SEED}一致，仍然生效。\n")
    assert answer_for_owner(["export-period", "--out", str(file)])[0] != 0  # never over another file


@pytest.mark.usefixtures("store_path")
def test_what_was_changed_in_a_period_is_listed(tmp_path: Path) -> None:
    file = tmp_path / "period.csv"
    answer_for_owner(["export-period", "--batch", SEED, "--out", str(file)])
    file.write_bytes(file.read_bytes().replace(b"paid,2164,", b"paid,2264,", 1))
    code, out, err = answer_for_owner(["check-period", str(file)])
    assert (code, err) == (3, "校验值不符：文件导出后改过。\n")
    assert out.splitlines()[-1].split() == ["璜土镇", "paid", "2264", "2164"]
    assert json.loads(answer_for_owner(["check-period", str(file), "--json"])[1]) == {
        "batch": SEED, "state": "released", "digest_wrong": True, "newer": "",
        "differing": [{"place": "璜土镇", "id": "paid", "in_file": "2264", "in_store": "2164"}],
    }  # fmt: skip


@pytest.mark.usefixtures("store_path")
def test_a_period_that_was_corrected_since_no_longer_stands(tmp_path: Path) -> None:
    file = tmp_path / "period.csv"
    answer_for_owner(["export-period", "--out", str(file)])
    assert answer_for_owner(["correct", "paid", "2163.5", "--place", "璜土镇", "--reason", "录入错误"])[0] == 0
    assert answer_for_owner(["check-period", str(file)]) == (3, "", f"这一天的数据已由批次{SEED}-2代替。\n")
    answer_for_owner(["withdraw", f"{SEED}-2", "--reason", "看错了"])
    assert answer_for_owner(["check-period", str(file)])[0] == 0
