"""Findings: who may take which step, what is overdue, what is kept as text; and answers to checks."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from pathlib import Path

import docx
import pytest

from core.errors import InputError, NameNeeded, NotAllowed, UnknownName
from core.model.context import Actor, Context
from core.model.rectification import FindingPoint, Proof, Rectification, Step, refusal
from core.service.evidence import data_checks, findings
from core.service.evidence.findings import FindingDraft
from core.service.progress import first_sight, overview
from core.store import clock
from tests.core.service.people import LI, NOBODY, PROJECT, WANG

pytestmark = pytest.mark.usefixtures("store_path")


@pytest.fixture(scope="module")
def built_store(without_findings: Path) -> Path:
    """Nothing was found yet."""
    return without_findings


PDF = b"%PDF-1.7 a page"
FIRST = FindingDraft("problem", "满意度低于目标", "报告 五（一）")
SECOND = FindingDraft("recommendation", "补充问卷", "报告 六")


def put(*drafts: FindingDraft, ctx: Context = WANG) -> list[str]:
    return [point.id for point in findings.add(ctx, PROJECT, drafts or (FIRST,))]


def only() -> Rectification:
    (found,) = findings.findings(WANG, PROJECT).items
    return found


class TestPuttingDown:
    def test_a_finding_is_open_and_nobody_s_until_somebody_has_it(self) -> None:
        put()
        found = only()
        assert (found.point.kind, found.point.text, found.point.source) == (
            "problem",
            "满意度低于目标",
            "报告 五（一）",
        )
        assert (found.state, found.owner, found.due, found.point.actor_name) == ("open", "", None, "王工")

    def test_the_same_text_is_put_down_once(self) -> None:
        assert len(put(FIRST, SECOND, FIRST)) == 2
        assert put(SECOND) == []
        assert len(findings.findings(WANG, PROJECT).items) == 2

    def test_the_order_is_that_in_which_they_were_given(self) -> None:
        drafts = [FindingDraft("problem", f"第{n}条", "") for n in range(12)]
        put(*drafts)
        assert [each.point.text for each in findings.findings(WANG, PROJECT).items] == [d.text for d in drafts]

    def test_markup_stays_text_and_control_characters_go(self) -> None:
        put(FindingDraft("problem", " =1+1 <b>粗</b>\x00\n[链接](http://x)\u202e尾 ", "\x1b[31m节"))
        assert only().point.text == "=1+1 <b>粗</b> [链接](http://x) 尾"
        assert only().point.source == "[31m节"

    @pytest.mark.parametrize(
        ("draft", "said"),
        [
            (FindingDraft("problem", " \n ", ""), "请填写问题或建议的内容"),
            (FindingDraft("problem", "长" * 501, ""), "最多500字，现有501字"),
            (FindingDraft("problem", "短", "源" * 121), "最多120字，现有121字"),
            (FindingDraft("other", "短", ""), "请选择类别"),  # type: ignore[arg-type]
        ],
    )
    def test_what_cannot_be_put_down(self, draft: FindingDraft, said: str) -> None:
        with pytest.raises(NotAllowed, match=said):
            put(draft)
        assert findings.findings(WANG, PROJECT).items == ()

    def test_too_many_at_once(self) -> None:
        with pytest.raises(NotAllowed, match="一次最多登记200条"):
            put(*(FindingDraft("problem", str(n), "") for n in range(201)))

    def test_a_name_is_needed_and_a_project(self) -> None:
        with pytest.raises(NameNeeded):
            put(ctx=NOBODY)
        with pytest.raises(UnknownName):
            findings.add(WANG, "nowhere", [FIRST])


class TestSteps:
    def test_from_open_to_reviewed(self) -> None:
        (name,) = put()
        findings.start(WANG, PROJECT, name, "夏港街道", date(2025, 3, 31))
        assert (only().state, only().owner, only().due) == ("working", "夏港街道", date(2025, 3, 31))
        findings.assign(LI, PROJECT, name, "申港街道", None)
        assert (only().state, only().owner, only().due) == ("working", "申港街道", date(2025, 3, 31))
        findings.done(WANG, PROJECT, name, "澄港〔2025〕3号")
        assert (only().state, only().proof) == ("done", Proof("澄港〔2025〕3号"))
        findings.review(LI, PROJECT, name, "已看现场")
        assert only().state == "reviewed"
        assert [str(sentence).partition(" ")[2].partition(" ")[2] for sentence in findings.sentences(only())] == [
            "王工登记",
            "王工：整改中，由夏港街道负责，期限2025年3月31日",
            "李工改为由申港街道负责，期限2025年3月31日",
            "王工：已整改，证明材料：澄港〔2025〕3号",
            "李工：已复核。已看现场",
        ]

    def test_who_said_done_does_not_review(self) -> None:
        (name,) = put()
        findings.start(WANG, PROJECT, name, "街道", date(2025, 3, 31))
        findings.done(WANG, PROJECT, name, "报告")
        with pytest.raises(NotAllowed, match="须由另一人复核"):
            findings.review(WANG, PROJECT, name)
        with pytest.raises(NotAllowed, match="请先复核或退回"):
            findings.assign(LI, PROJECT, name, "别处", None)
        assert only().state == "done"

    def test_a_review_sends_back_with_a_reason_and_the_proof_is_asked_for_again(self) -> None:
        (name,) = put()
        findings.start(WANG, PROJECT, name, "街道", date(2025, 3, 31))
        findings.done(WANG, PROJECT, name, "报告")
        with pytest.raises(NotAllowed, match="理由"):
            findings.send_back(LI, PROJECT, name, " ")
        findings.send_back(LI, PROJECT, name, "照片不清")
        assert (only().state, only().proof, only().owner) == ("working", Proof(""), "街道")
        assert str(findings.sentences(only())[-1]).endswith("李工退回整改。照片不清")
        with pytest.raises(NotAllowed, match="证明材料"):
            findings.done(WANG, PROJECT, name, "")

    def test_starting_needs_an_owner_and_a_date(self) -> None:
        (name,) = put()
        for owner, due in (("", date(2025, 1, 1)), ("街道", None)):
            with pytest.raises(NotAllowed, match="责任单位"):
                findings.start(WANG, PROJECT, name, owner, due)

    def test_no_step_is_left_out(self) -> None:
        (name,) = put()
        for call in (
            lambda: findings.done(WANG, PROJECT, name, "报告"),
            lambda: findings.review(LI, PROJECT, name),
        ):
            with pytest.raises(NotAllowed, match="刷新"):
                call()
        with pytest.raises(UnknownName):
            findings.review(LI, PROJECT, "none")
        with pytest.raises(NameNeeded):
            findings.start(NOBODY, PROJECT, name, "街道", date(2025, 1, 1))

    def test_what_was_reviewed_stays(self) -> None:
        step = Step("reviewed", "街道", None, Proof("x"), "", "a", "甲", clock.now())
        found = Rectification(FindingPoint("p", "f", "problem", "t", "", "a", "甲", step.made_at), (step,))
        for state in ("open", "working", "done", "reviewed"):
            assert "已复核" in str(
                refusal(found, Actor("b"), Step(state, "", None, Proof("x"), "y", "", "", step.made_at))
            )

    def test_a_file_is_kept_and_given_back_as_it_came(self) -> None:
        (name,) = put()
        findings.start(WANG, PROJECT, name, "街道", date(2025, 3, 31))
        findings.done(WANG, PROJECT, name, "验收", "全部完成", ("C:\\x\\验收 单.pdf", PDF))
        proof, digest = only().proof, hashlib.sha256(PDF).hexdigest()
        assert proof == Proof("验收 单.pdf", digest)
        assert only().steps[-1].note == "验收 全部完成"
        assert findings.proof_content(LI, PROJECT, name, digest) == PDF
        for finding, asked in ((name, "0" * 64), ("none", digest), (name, "")):
            with pytest.raises(UnknownName):
                findings.proof_content(LI, PROJECT, finding, asked)

    def test_a_file_that_is_not_what_it_says_is_refused(self) -> None:
        (name,) = put()
        findings.start(WANG, PROJECT, name, "街道", date(2025, 3, 31))
        with pytest.raises(NotAllowed, match="内容与文件类型不符"):
            findings.done(WANG, PROJECT, name, "", "", ("验收.pdf", b"MZ"))
        assert only().state == "working"


class TestOverdue:
    """The seed's data is as of 2024-12-31; today's date plays no part."""

    @pytest.mark.parametrize(("due", "late"), [(date(2024, 12, 30), True), (date(2024, 12, 31), False)])
    def test_against_the_as_of_day(self, due: date, late: bool) -> None:
        (name,) = put()
        findings.start(WANG, PROJECT, name, "街道", due)
        assert only().overdue(date(2024, 12, 31)) is late
        assert findings.findings(WANG, PROJECT).progress.overdue == late

    def test_done_is_not_overdue_and_the_overdue_lead(self) -> None:
        first, second, third = put(FIRST, SECOND, FindingDraft("problem", "三", ""))
        findings.start(WANG, PROJECT, first, "街道", date(2024, 6, 30))
        findings.done(WANG, PROJECT, first, "报告")
        findings.start(WANG, PROJECT, third, "街道", date(2024, 7, 31))
        view = findings.findings(WANG, PROJECT)
        assert [each.point.id for each in view.items] == [third, first, second]
        assert (view.progress.every, view.progress.done, view.progress.reviewed, view.progress.overdue) == (3, 1, 0, 1)
        findings.review(LI, PROJECT, first)
        assert findings.findings(WANG, PROJECT).items[-1].point.id == first


def test_the_overview_says_how_far_it_is() -> None:
    assert overview.overview(WANG, PROJECT).rectified is None
    first, _ = put(FIRST, SECOND)
    assert str(overview.overview(WANG, PROJECT).rectified) == "整改0/2"
    findings.start(WANG, PROJECT, first, "街道", date(2024, 6, 30))
    assert str(overview.overview(WANG, PROJECT).rectified) == "整改0/2，逾期1条"
    findings.done(WANG, PROJECT, first, "报告")
    assert str(overview.overview(WANG, PROJECT).rectified) == "整改1/2"


def open_questions() -> int:
    """How many questions 今天要定 says are open."""
    found = {each.id: each for each in first_sight.first_sight(WANG, PROJECT).decisions}
    return int(str(found["questions"].what.params["count"]))


def test_the_overview_names_what_is_overdue_with_its_owner_and_day() -> None:
    first, _ = put(FIRST, SECOND)
    assert "overdue" not in {each.id for each in first_sight.first_sight(WANG, PROJECT).decisions}
    findings.start(WANG, PROJECT, first, "街道", date(2024, 6, 30))
    late = next(each for each in first_sight.first_sight(WANG, PROJECT).decisions if each.id == "overdue")
    assert str(late.what).startswith("整改逾期1条：")
    assert str(late.why) == "街道，期限2024年6月30日，至数据截止日已逾期184天"
    assert late.page == "findings"


class TestAnswers:
    """Q of the seed: 14, 18, 20 (FACTS 3)."""

    def test_an_answer_stands_beside_the_check_which_stays_as_it_was(self) -> None:
        before = data_checks.checks(WANG, PROJECT)
        data_checks.answer(WANG, PROJECT, "14", " 第二个数是完工数 ")
        assert data_checks.checks(WANG, PROJECT) == before
        (shown,) = [
            each for each in data_checks.as_json(before, WANG, data_checks.answers(WANG, PROJECT)) if each["answer"]
        ]
        assert (shown["id"], shown["status"]) == ("14", "Q")
        assert (shown["answer"]["text"], shown["answer"]["by"]) == ("第二个数是完工数", "王工")
        assert shown["answer"]["at"].endswith("+08:00")

    def test_an_answered_question_no_longer_waits(self) -> None:
        assert open_questions() == 3
        data_checks.answer(WANG, PROJECT, "20", "原评分表已补交")
        assert [each.id for each in data_checks.unanswered(WANG, PROJECT)] == ["5", "8", "11", "12", "14", "18"]
        assert open_questions() == 2
        data_checks.take_back(LI, PROJECT, "20")
        assert open_questions() == 3

    def test_what_is_refused(self) -> None:
        with pytest.raises(NotAllowed, match="核实的结果"):
            data_checks.answer(WANG, PROJECT, "14", " ")
        with pytest.raises(UnknownName, match="99"):
            data_checks.answer(WANG, PROJECT, "99", "好")
        with pytest.raises(NameNeeded):
            data_checks.answer(NOBODY, PROJECT, "14", "好")


class TestFoundInAReport:
    @staticmethod
    def word(*lines: str) -> bytes:
        document, out = docx.Document(), io.BytesIO()
        for line in lines:
            document.add_paragraph(line)
        document.save(out)
        return out.getvalue()

    def test_its_problems_and_recommendations_can_be_put_down_once(self) -> None:
        report = self.word(
            "一、项目概况",
            "项目在建。",
            "四、存在的问题",
            "（一）验收资料未归档",
            "有两个小区的资料不全。",
            "（二）问卷样本偏少",
            "五、有关建议",
            "（一）补齐归档资料",
        )
        found = findings.found_in(WANG, PROJECT, "报告.docx", report)
        assert [(draft.kind, draft.text) for draft in found] == [
            ("problem", "验收资料未归档"),
            ("problem", "问卷样本偏少"),
            ("recommendation", "补齐归档资料"),
        ]
        assert [draft.source for draft in found] == ["报告 四（一）", "报告 四（二）", "报告 五（一）"]
        put(found[0])
        assert findings.found_in(WANG, PROJECT, "报告.docx", report) == found[1:]

    def test_a_report_without_any_gives_none(self) -> None:
        assert findings.found_in(WANG, PROJECT, "报告.docx", self.word("一、项目概况", "项目在建。")) == ()

    def test_a_file_that_cannot_be_read_is_said(self) -> None:
        with pytest.raises(InputError, match="未能读取"):
            findings.found_in(WANG, PROJECT, "报告.docx", b"PK\x03\x04 broken")
