"""问题整改 and answers to checks from app.py: each state, both languages, who may act, odd texts, empty."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.model.context import Actor, Context
from core.service.evidence import data_checks, findings
from core.service.evidence.findings import FindingDraft
from tests.pages.opening import key, opened, rows

PROJECT = "lingang-2023"
WANG, LI = Actor("browser-of-wang", "王工"), Actor("browser-of-li00", "李工")
CTX = Context(WANG)

pytestmark = pytest.mark.usefixtures("store_path")


@pytest.fixture(scope="module")
def built_store(without_findings: Path) -> Path:
    """Nothing was found yet."""
    return without_findings


def app(page: str = "evidence/findings", actor: Actor | None = WANG, **query: str) -> AppTest:
    return opened(page, actor, **query)


def words(at: AppTest) -> str:
    """Everything that the page says, without Markdown's backslashes."""
    said = [element.value for element in (*at.markdown, *at.caption, *at.info, *at.error, *at.success)]
    return "\n".join((*said, *titles(at))).replace("\\", "")


def titles(at: AppTest) -> list[str]:
    return [row["title"] for row in rows(at)]


def labels(at: AppTest) -> list[str]:
    popovers = [block.proto.popover.label for block in at.get("popover")]
    return [*popovers, *(element.proto.label for element in (*at.button, *at.get("download_button")))]


def put(*texts: str) -> list[str]:
    return [
        p.id
        for p in findings.add(CTX, PROJECT, [FindingDraft("problem", t, "报告 五") for t in texts or ("进度滞后",)])
    ]


def press(at: AppTest, label: str, form: str) -> AppTest:
    """The button of that label in the form."""
    (button,) = [each for each in at.button if each.label == label and each.proto.form_id == form]
    return button.click().run()


class TestFindings:
    def test_nothing_yet(self) -> None:
        at = app()
        assert not at.exception
        assert "还没有整改事项" in words(at)

    def test_a_person_puts_one_down_and_takes_it_to_the_end(self) -> None:
        at = app()
        at.text_area(key=key("new_text")).set_value("满意度低于目标")
        at.text_input(key=key("new_source")).set_value("报告 五（一）")
        press(at, "登记", "new_finding")
        (found,) = findings.findings(CTX, PROJECT).items
        name = found.point.id
        assert "整改0/1" in words(at)
        at.text_input(key=key("owner", name)).set_value("夏港街道")
        at.text_input(key=key("due", name)).set_value("2024-06-30")
        press(at, "确定", f"assign_{name}")
        assert findings.findings(CTX, PROJECT).items[0].state == "working"
        assert "责任：夏港街道 · 期限：2024年6月30日 · 来源：报告 五（一）" in words(at)
        assert "逾期" in words(at)
        at.text_input(key=key("proof", name)).set_value("验收单3号")
        press(at, "报告已整改", f"report_{name}")
        assert "证明材料：验收单3号" in words(at)
        press(at, "确定", f"form_{key('review', name)}")
        assert "须由另一人复核" in words(at)
        at = app(actor=LI)
        at.text_input(key=key("review", name)).set_value("已看")
        press(at, "确定", f"form_{key('review', name)}")
        assert findings.findings(CTX, PROJECT).items[0].state == "reviewed"
        assert "整改1/1：已复核1条" in words(at)
        assert not at.exception

    def test_a_refused_step_is_a_sentence(self) -> None:
        (name,) = put()
        at = app()
        press(at, "确定", f"assign_{name}")
        assert "开始整改前请填写责任单位（人）和整改期限。" in words(at)

    def test_sent_back_with_a_reason(self) -> None:
        (name,) = put()
        findings.start(CTX, PROJECT, name, "街道", date(2025, 1, 31))
        findings.done(CTX, PROJECT, name, "报告")
        at = app(actor=LI)
        at.text_input(key=key("back", name)).set_value("照片不清")
        press(at, "确定", f"form_{key('back', name)}")
        assert findings.findings(CTX, PROJECT).items[0].state == "working"
        assert "李工退回整改。照片不清" in words(at)

    def test_without_a_name_one_reads_and_changes_nothing(self) -> None:
        put()
        at = app(actor=None)
        assert "进度滞后" in words(at)
        assert not {"登记", "确定"} & set(labels(at)), "the buttons ask for a name, and open no form"

    def test_states_narrow_the_list(self) -> None:
        first, _ = put("甲事", "乙事")
        findings.start(CTX, PROJECT, first, "街道", date(2024, 1, 31))
        at = app()
        at.pills(key="findings_show").set_value("open").run()
        assert "乙事" in words(at)
        assert "甲事" not in words(at)
        at.pills(key="findings_show").set_value("late").run()
        assert "甲事" in words(at)
        assert "乙事" not in words(at)
        assert rows(at)[0]["mark"] == "2024年1月31日，逾期"

    def test_many_come_in_pages(self) -> None:
        put(*(f"第{n:03}事" for n in range(200)))
        at = app()
        assert titles(at) == [f"第{n:03}事" for n in range(30)]
        assert "共200条" in words(at)
        last = opened("evidence/findings", WANG, page="7")
        assert titles(last) == [f"第{n:03}事" for n in range(180, 200)]
        assert "**第180事**" in words(last)
        assert titles(opened("evidence/findings", WANG, page="99")) == titles(last)

    def test_a_link_finds_the_page_of_its_row(self) -> None:
        *_, name = put(*(f"第{n:03}事" for n in range(40)))
        at = app(row=name)
        assert titles(at)[-1] == "第039事"
        assert "**第039事**" in words(at)

    def test_the_only_one_is_open(self) -> None:
        (name,) = put()
        at = app()
        assert [row["id"] for row in rows(at)] == [name]
        assert at.pills(key="findings_show").options == ["全部1"]

    def test_markup_is_text(self) -> None:
        text = "![x](http://e/a.png) <b>粗</b> $a$ =1+1"
        put(text)
        at = app()
        assert titles(at) == [text]
        (line,) = [each.value for each in at.markdown if "a\\.png" in each.value]
        assert "\\!\\[x\\]\\(http" in line
        assert "a\\.png\\) \\<b\\>粗" in line
        assert "\\$a\\$" in line

    def test_a_file_leaves_and_comes_back(self) -> None:
        (name,) = put()
        findings.start(CTX, PROJECT, name, "街道", date(2025, 1, 31))
        findings.done(CTX, PROJECT, name, "", "", ("验收.pdf", b"%PDF-1.7 x"))
        at = app()
        assert "下载证明材料" in labels(at)
        assert "下载整改清单" in labels(at)
        assert not at.exception

    def test_in_english(self) -> None:
        (name,) = put()
        findings.start(CTX, PROJECT, name, "街道", date(2024, 1, 31))
        at = app(lang="en")
        assert not at.exception
        assert not at.error

    def test_the_overview_leads_to_it(self) -> None:
        put()
        at = app("progress/overview")
        assert "问题整改" not in [link.proto.label for link in at.get("page_link")]  # nothing is overdue
        found = findings.findings(CTX, PROJECT).items[0].point.id
        findings.start(CTX, PROJECT, found, "街道", date(2024, 6, 30))
        at = app("progress/overview")
        assert "问题整改" in [link.proto.label for link in at.get("page_link")]
        assert any(each.value.startswith("街道") for each in at.caption)


class TestFoundInAReport:
    @pytest.fixture
    def report(self, monkeypatch: pytest.MonkeyPatch) -> list[FindingDraft]:
        drafts = [
            FindingDraft("problem", "工期 *滞后*", "报告 五（一）"),
            FindingDraft("recommendation", "补充问卷", "报告 六"),
        ]
        monkeypatch.setattr(findings, "found_in", lambda *_: tuple(drafts))
        return drafts

    def test_what_is_chosen_is_put_down(self, report: list[FindingDraft]) -> None:
        at = app()
        at.file_uploader(key=key("report_file")).upload("报告.docx", b"PK").run()
        assert [box.label.replace("\\", "") for box in at.checkbox] == [
            "问题 · 工期 *滞后*（报告 五（一））",
            "建议 · 补充问卷（报告 六）",
        ]
        at.checkbox(key=key("take", "0")).uncheck()
        press(at, "登记所选", "found_findings")
        assert [each.point.text for each in findings.findings(CTX, PROJECT).items] == ["补充问卷"]
        assert not at.exception


class TestAnswers:
    def test_an_answer_stands_beside_its_check(self) -> None:
        at = app("evidence/checks", row="14")
        at.text_input(key=key("check_answer", "14")).set_value("第二个数是 **完工** 数")
        press(at, "保存答复", f"form_{key('check_answer', '14')}")
        assert data_checks.answers(CTX, PROJECT)["14"].text == "第二个数是 **完工** 数"
        (line,) = [each.value for each in at.markdown if each.value.startswith("已核实")]
        assert "\\*\\*完工\\*\\*" in line
        assert "王工" in line
        at.button(key="take_back_14").click().run()
        assert data_checks.answers(CTX, PROJECT) == {}
        assert not at.exception

    def test_an_empty_answer_is_refused_in_words(self) -> None:
        at = app("evidence/checks", row="14")
        press(at, "保存答复", f"form_{key('check_answer', '14')}")
        assert "请写明核实的结果和依据。" in words(at)

    def test_without_a_name_one_reads(self) -> None:
        data_checks.answer(CTX, PROJECT, "14", "已看原件")
        at = app("evidence/checks", actor=None, row="14")
        assert "已核实：已看原件（王工" in words(at)
        assert "保存答复" not in labels(at)
