"""The command `project`: what it writes and what it refuses."""

from __future__ import annotations

import json

import pytest

from core.__main__ import answer_for_owner

pytestmark = pytest.mark.usefixtures("store_path")


def said(*argv: str) -> tuple[int, str, str]:
    return answer_for_owner(list(argv))


def test_a_project_is_made_shown_and_filled_in() -> None:
    assert said("project", "add", "--name", "某区2024年改造项目", "--by", "王工") == (
        0,
        "project: project-2024\nbatch: project-2024@undated\n",
        "",
    )
    edit = ("project", "edit", "--project", "project-2024", "--start", "2024-03-01", "--end", "2026-06-30")
    assert said(*edit, "--fund", "专项债=9000", "--fund", "市级补助 3000.5万元", "--by", "李工")[0] == 0
    found = json.loads(said("project", "show", "--project", "project-2024", "--json")[1])
    assert (found["project"], found["name"], found["approval"], found["approved_on"]) == (
        "project-2024", "某区2024年改造项目", "", None,
    )  # fmt: skip
    assert (found["start"], found["end"]) == ("2024-03-01", "2026-06-30")
    assert found["funding"] == [
        {"name": "专项债", "planned": "9000"},
        {"name": "市级补助", "planned": "3000.5"},
    ]
    assert [each["id"] for each in found["missing"]] == ["money", "homes", "approval"]
    newest, _ = json.loads(said("snapshots", "--project", "project-2024", "--json")[1])
    assert (newest["by"], newest["correction"]["field"]) == ("李工", "particulars")


def test_what_is_shown_as_a_table_is_what_is_known() -> None:
    said(
        "project", "add", "--project", "a", "--name", "甲", "--approval", "某〔2024〕1号", "--approved-on", "2024-02-01"
    )
    code, out, err = said("project", "show", "--project", "a")
    assert code == 0
    assert [line.split() for line in out.splitlines()][:4] == [
        ["项目编号", "a"],
        ["项目名称", "甲"],
        ["批复文号", "某〔2024〕1号"],
        ["批复日期", "2024-02-01"],
    ]
    assert "缺计划工期，暂不能算进度快慢。" in err.splitlines()


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["add", "--name", " "], "请填写项目名称"),
        (["add", "--name", "甲", "--project", "lingang-2023"], "编号“lingang-2023”已有项目"),
        (["add", "--name", "甲", "--project", "甲"], "不能用"),
        (["add", "--name", "甲", "--start", "2024-01-01"], "一并填写"),
        (["add", "--name", "甲", "--fund", "专项债"], "应为“来源 金额（万元）”"),
        (["edit", "--project", "none", "--name", "甲"], "没有编号为“none”的项目"),
        (["edit", "--project", "lingang-2023", "--name", "甲"], "更改须写明原因"),
        (["edit", "--project", "lingang-2023"], "相同"),
    ],
)
def test_what_cannot_be_is_a_sentence(argv: list[str], sentence: str) -> None:
    code, out, err = said("project", *argv)
    assert (code, out) == (1, "")
    assert sentence in err
    assert "Traceback" not in err
