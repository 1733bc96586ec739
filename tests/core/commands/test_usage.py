"""The command line typed wrongly: what does not fit is said in our words, with how the command is used."""

from __future__ import annotations

import pytest

from core.__main__ import answer_for_owner, main

KINDS = "pptx、docx、xlsx、pdf、brief、png、zip"


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["nosuch"], "没有命令“nosuch”。"),
        (["mesures"], "没有命令“mesures”。是不是：measures？"),
        (["users", "nosuch"], "没有命令“nosuch”。"),
        (["measures", "--nosuch"], "没有选项“--nosuch”。"),
        (["measures", "--jsn"], "没有选项“--jsn”。是不是：--json？"),
        (["measures", "--basis"], "选项“--basis”后面要写明内容。"),
        (["measures", "--json=3"], "选项“--json”后面不带内容。"),
        (["import"], "缺少“FILE”。"),
        (["import", "a.xlsx"], "缺少选项“--project”。"),
        (["import", "a.xlsx", "b c", "--project", "p"], "多出了“b c”。名称中有空格的，请加引号。"),
        (["import", "a.xlsx", "--project", "p", "--as-of", "2025"], "“--as-of”应为日期，如2025-03-31。"),
        (["export"], f"缺少“KIND”。可用：{KINDS}"),
        (["export", "doc"], f"“KIND”填写得不对。可用：{KINDS}"),
        (["export", "docx", "--lang", "fr", "--out", "a.docx"], "“--lang”填写得不对。可用：zh、en"),
        (["backup", "d", "--keep", "0"], "“--keep”应为不小于1的整数。"),
        (["backup", "d", "--keep", "x"], "“--keep”应为不小于1的整数。"),
        (["scheme", "export", "old-community-32", "--version", "x"], "“--version”应为整数。"),
    ],
)
def test_what_does_not_fit_is_a_sentence(argv: list[str], said: str) -> None:
    code, out, err = answer_for_owner(argv)
    assert (code, out, err.splitlines()[0]) == (2, "", said)


def test_how_the_command_is_used_stands_under_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "a.xlsx"]) == 2
    assert capsys.readouterr().err == (
        "缺少选项“--project”。\n用法：python -m core import [选项] FILE\n说明：python -m core import --help\n"
    )


def test_without_a_command_there_is_help() -> None:
    code, _, err = answer_for_owner([])
    assert code == 2
    assert "旧改绩效看板的命令。" in err
