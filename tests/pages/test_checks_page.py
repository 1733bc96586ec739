"""核对 from app.py: contradictions first, narrowed by chips and search, one open beside them, and empty."""

from __future__ import annotations

from collections import Counter

import pytest
from streamlit.testing.v1 import AppTest

from core.model.context import Actor, Context
from core.service.evidence import data_checks, findings
from tests.core.lingang import CHECKED, checked
from tests.pages.opening import chosen_row, key, opened, rows

PROJECT = "lingang-2023"
WANG = Actor("browser-of-wang", "王工")
ORDER = ("不一致", "待核实", "提示", "一致")

pytestmark = pytest.mark.usefixtures("store_path")


def page(actor: Actor | None = None, **query: str) -> AppTest:
    at = opened("evidence/checks", actor, **query)
    assert not at.exception
    return at


def states(at: AppTest) -> dict[str, int]:
    return dict(Counter(row["state"] for row in rows(at)))


def words(at: AppTest) -> str:
    return "\n".join(each.value for each in (*at.markdown, *at.caption, *at.info)).replace("\\", "")


def labels(at: AppTest) -> list[str]:
    return [
        *(block.proto.popover.label for block in at.get("popover")),
        *(each.proto.label.replace("\\", "") for each in (*at.button, *at.get("page_link"))),
    ]


def test_contradictions_lead() -> None:
    at = page()
    names = {"不一致": "E", "待核实": "Q", "提示": "W", "一致": "P"}
    assert states(at) == {name: checked(status) for name, status in names.items()}
    assert [row["state"] for row in rows(at)] == sorted((row["state"] for row in rows(at)), key=ORDER.index)
    first = rows(at)[0]
    assert (first["title"], first["mark"]) == ("目标完成与工程状态", "未答复")
    assert first["whole"].startswith(first["note"])
    assert len(first["note"]) < len(first["whole"])


def test_the_first_is_open_with_its_figures() -> None:
    at = page()
    assert chosen_row(at) == "5"
    assert "两种说法不能同时成立。" in words(at)
    (shown,) = at.table
    assert shown.value.iloc[-1].tolist() == ["累计支付占概算", "53\\.33%"]


def test_a_chip_narrows_to_one_status_and_the_address_says_so() -> None:
    at = page()
    assert at.pills(key="checks_show").options == ["全部26", "不一致4", "待核实3", "提示17", "一致2"]
    at.pills(key="checks_show").set_value("Q").run()
    assert states(at) == {"待核实": 3}
    assert chosen_row(at) == "14"
    assert at.query_params["show"] == "Q"
    assert states(page(show="Q")) == {"待核实": 3}


def test_answered_and_unanswered_are_told_apart() -> None:
    data_checks.answer(Context(WANG), PROJECT, "12", "以2023年6月—2025年12月为准")
    at = page(only="answered")
    assert [(row["id"], row["mark"]) for row in rows(at)] == [("12", "已核实 · 王工")]
    # 4 contradictions and 3 questions ask for an answer; 17 hints and 2 that agree do not.
    assert at.pills(key="checks_only").options == ["未答复6", "已答复1"]
    assert {row["state"] for row in rows(page(only="unanswered"))} == {"不一致", "待核实"}
    assert len(rows(page(only="unanswered", show="E"))) == 3


def test_what_asks_for_no_answer_says_none_is_missing_and_may_be_answered() -> None:
    assert {row["mark"] for row in rows(page()) if row["state"] in ("提示", "一致")} == {""}
    data_checks.answer(Context(WANG), PROJECT, "3", "按合并单元格理解")
    at = page()
    assert at.pills(key="checks_only").options == ["未答复7", "已答复1"]
    assert {row["id"]: row["mark"] for row in rows(at)}["3"] == "已核实 · 王工"


def test_search_looks_through_sentence_and_source() -> None:
    at = page()
    at.text_input(key="checks_find").set_value("  专项债  利率 ").run()
    assert [row["title"] for row in rows(at)] == ["专项债信息"]
    assert at.query_params["find"] == "专项债 利率"
    at.text_input(key="checks_find").set_value("没有这样的话").run()
    assert rows(at) == []
    assert "没有符合条件的内容。" in words(at)
    at.button(key="checks_clear").click().run()
    assert len(rows(at)) == len(CHECKED)
    assert set(at.query_params) == {"project"}


def test_an_address_opens_its_row_also_where_the_chips_leave_it_out() -> None:
    at = page(row="14", show="E")
    assert states(at) == {"不一致": 4}
    assert chosen_row(at) == "14"
    assert "**小区数的第二个数**" in words(at)


def test_a_row_that_is_not_there_is_said_and_the_first_is_open() -> None:
    at = page(row="99")
    assert "没有编号为“99”的一行，已打开第一行。" in words(at)
    assert chosen_row(at) == "5"


def test_what_is_answered_leaves_the_unanswered_and_stays_open() -> None:
    at = page(WANG, only="unanswered", show="Q")
    at.text_input(key=key("check_answer", "14")).set_value("第二个数是完工数")
    (button,) = [each for each in at.button if each.label == "保存答复"]
    button.click().run()
    assert [row["id"] for row in rows(at)] == ["18", "20"]
    assert chosen_row(at) == "14"
    assert "已核实：第二个数是完工数" in words(at)
    assert set(data_checks.answers(Context(WANG), PROJECT)) == {"14"}


def test_the_answer_of_a_row_is_stored_for_that_row() -> None:
    at = page(WANG, row="14")
    at.text_input(key=key("check_answer", "14")).set_value("没写完")
    at.query_params["row"] = "18"
    at.run()
    assert at.text_input(key=key("check_answer", "18")).value == ""
    at.text_input(key=key("check_answer", "18")).set_value("只改外立面")
    (button,) = [each for each in at.button if each.label == "保存答复"]
    button.click().run()
    given = data_checks.answers(Context(WANG), PROJECT)
    assert {check: answer.text for check, answer in given.items()} == {"18": "只改外立面"}


def test_a_check_becomes_a_rectification_that_it_leads_to() -> None:
    at = page(WANG, row="11")
    assert "转整改" in labels(at)
    text = at.text_area(key=key("new_text", "check", "11"))
    assert str(text.value).startswith("项目名称列出2个区域")
    text.set_value("3,473万元用在名称所列区域以外，请说明")
    (button,) = [each for each in at.button if each.label == "登记"]
    button.click().run()
    assert "已转整改：待整改" in labels(at)
    assert "转整改" not in labels(at)
    found = findings.findings(Context(WANG), PROJECT).items
    assert "3,473万元用在名称所列区域以外，请说明" in {each.point.text for each in found}
    assert "转整改" in labels(page(WANG, row="12")), "of another check nothing has been made"


def test_without_a_name_one_reads() -> None:
    at = page()
    assert not {"保存答复", "登记"} & set(labels(at))
    assert "还没有答复。" in words(at)


def test_another_page_begins_without_what_was_chosen_here() -> None:
    at = page(show="W", find="专项债", row="23")
    at.query_params.clear()
    at.switch_page("pages/evidence/alarms.py").run()
    assert set(at.query_params) == {"project"}
    assert len(rows(at)) == 5


def test_nothing_to_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_checks, "run", lambda *_: ())
    at = page()
    assert [info.value.replace("\\", "") for info in at.info] == [
        "还没有可核对的数据。请先导入资金明细表和受益明细表。"
    ]
    assert rows(at) == []


def test_in_english() -> None:
    at = page(lang="en")
    assert len(rows(at)) == len(CHECKED)
    assert at.pills(key="checks_show").options[:2] == ["All 26", "Inconsistent 4"]
