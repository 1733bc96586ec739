"""改造标准 and 绩效目标 from app.py: who may fill in, both languages, points not met, odd texts, empty."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.model.context import Actor, Context
from core.model.rights import Role, everywhere
from core.service.evidence import findings, goals, standards
from pages.shared.who import ASK
from tests.core.small_files import picture
from tests.pages.opening import key, opened

PROJECT = "lingang-2023"
WANG, LI = Actor("browser-of-wang", "王工"), Actor("browser-of-li00", "李工")
CTX = Context(WANG)
OF = ("renovation-12", 1)
PLACE = "璜土镇"

pytestmark = pytest.mark.usefixtures("store_path")


def app(actor: Actor | None = WANG, page: str = "evidence/standards", **query: str) -> AppTest:
    return opened(page, actor, **query)


def words(at: AppTest) -> str:
    """Everything that the page says, without Markdown's backslashes."""
    said = (*at.markdown, *at.caption, *at.info, *at.error, *at.success)
    return "\n".join(element.value for element in said).replace("\\", "")


def labels(at: AppTest) -> list[str]:
    popovers = [block.proto.popover.label for block in at.get("popover")]
    return [*popovers, *(element.proto.label for element in (*at.button, *at.get("download_button")))]


def field(name: str, *more: str, of: tuple[str, int] = OF) -> str:
    return key(name, of[0], str(of[1]), PLACE, "", *more)


def press(at: AppTest, label: str, form: str) -> AppTest:
    """The button of that label in the form."""
    (button,) = [each for each in at.button if each.label == label and each.proto.form_id == form]
    return button.click().run()


def found(code: str) -> standards.PointState:
    return next(each for each in standards.checklist(CTX, PROJECT, *OF, PLACE) if each.point.code == code)


class TestStandards:
    def test_the_shipped_project_has_everything_to_look_at_yet(self) -> None:
        at = app()
        assert not at.exception
        said = words(at)
        assert "1.1 小区内的违法建筑全部拆除" in said
        assert said.count("安全封闭") == 1
        assert [list(each.value.iloc[-1]) for each in at.table] == [
            ["合计", "12", "0", "0", "0", "48"], ["利港街道", "0", "0", "0", "12"],
        ]  # fmt: skip

    def test_a_person_fills_in_a_checklist(self) -> None:
        at = app()
        at.segmented_control(key=field("result", "1.1", "0")).set_value("met")
        at.segmented_control(key=field("result", "2.1", "0")).set_value("not_met")
        at.text_input(key=field("on")).set_value("2025-03-01")
        at.text_input(key=field("by")).set_value("赵监理")
        press(at, "保存检查结果", field("fill"))
        assert not at.exception
        assert (found("1.1").result, found("2.1").result, found("2.2").result) == ("met", "not_met", "unchecked")
        assert "2025年3月1日由赵监理检查" in words(at)
        assert list(at.table[0].value.iloc[-1]) == ["合计", "12", "1", "1", "0", "46"]

    def test_without_a_day_it_is_refused_in_words(self) -> None:
        at = app()
        at.segmented_control(key=field("result", "1.1", "0")).set_value("met")
        press(at, "保存检查结果", field("fill"))
        assert "请填写检查日期。" in words(at)
        assert found("1.1").newest is None

    def test_what_another_has_put_down_meanwhile_stays(self) -> None:
        at = app()
        standards.check(Context(LI), PROJECT, *OF, PLACE, "", {"1.1": ("not_applicable", 0)}, date(2025, 3, 1))
        at.segmented_control(key=field("result", "1.1", "0")).set_value("met")
        at.text_input(key=field("on")).set_value("2025-03-02")
        press(at, "保存检查结果", field("fill"))
        assert found("1.1").result == "not_applicable"
        assert "1.1刚由李工填为“不适用”" in words(at)

    def test_a_point_not_met_becomes_a_finding_at_a_click(self) -> None:
        standards.check(CTX, PROJECT, *OF, PLACE, "", {"2.1": ("not_met", 0), "1.1": ("met", 0)}, date(2025, 3, 1))
        at = app()
        assert [each.key for each in at.button if each.label == "登记为整改"] == ["to_finding_2.1"]
        at.button(key="to_finding_2.1").click().run()
        assert not at.exception
        texts = [each.point.text for each in findings.findings(CTX, PROJECT).items]
        assert "璜土镇：不符合改造标准2.1（屋面防水重做，不渗漏）" in texts

    def test_a_note_and_a_picture_at_one_point(self) -> None:
        at = app()
        at.segmented_control(key=field("one_result", "2.1", "0")).set_value("not_met")
        at.text_input(key=field("one_on", "2.1", "0")).set_value("2025-03-01")
        at.text_area(key=field("one_note", "2.1", "0")).set_value("![x](http://e/a.png) **渗水**")
        at.file_uploader(key=field("one_file", "2.1", "0")).upload("屋面.png", picture())
        press(at, "保存", field("one", "2.1"))
        assert not at.exception
        assert "下载照片" in labels(at)
        assert "![x](http" in words(at).replace("\u2060", "")
        (line,) = [each.value for each in at.caption if "渗水" in each.value]
        assert "\\*\\*渗水\\*\\*" in line

    def test_without_a_name_one_reads_and_is_asked_for_it(self) -> None:
        at = app(actor=None)
        assert "1.1 小区内的违法建筑全部拆除" in words(at)
        assert not {"保存检查结果", "保存"} & set(labels(at))
        asking = {button.label for button in at.button if (button.key or "").startswith(ASK)}
        assert asking == {"填写检查表", "记录、照片", "导入改造标准"}

    def test_the_contents_are_the_second_list(self) -> None:
        at = app()
        at.segmented_control(key=key("standard")).set_value("contents-11@1").run()
        assert "N6 污水管网" in words(at)
        assert "改造内容符合率：还没有检查" in words(at)

    def test_in_english_no_chinese_is_left_but_names(self) -> None:
        standards.check(CTX, PROJECT, *OF, PLACE, "", {"2.1": ("not_met", 0)}, date(2025, 3, 1))
        at = app(lang="en")
        assert not at.exception
        assert not at.error
        shown = [each.value for each in (*at.markdown, *at.caption)]
        without_name = [text.replace("王工", "") for text in shown]
        assert [text for text in without_name if any("\u4e00" <= letter <= "\u9fff" for letter in text)] == []

    def test_a_reader_s_file_field_is_a_clerk_s(self) -> None:
        assert "导入改造标准（Excel或CSV）" in [each.label for each in app().file_uploader]
        leader = Actor("user:leader", "周主任", everywhere(Role.LEADER))
        assert "导入改造标准（Excel或CSV）" not in [each.label for each in app(actor=leader).file_uploader]

    def test_a_standard_of_one_s_own_comes_in(self) -> None:
        at = app()
        at.file_uploader(key="standard_file_0").upload("本区标准.csv", "编号,标准\n1,门禁\n".encode()).run()
        assert "《本区标准》第1版，共1条。" in words(at)
        at.button(key="standard_commit").click().run()
        assert not at.exception
        assert "standard@1" in at.segmented_control(key=key("standard")).options or "本区标准" in str(
            at.segmented_control(key=key("standard")).options
        )


def test_without_any_standard_the_page_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standards, "choices", lambda *_: ())
    at = app()
    assert "还没有改造标准。请导入一份" in words(at)
    assert not at.exception


class TestGoals:
    @pytest.mark.parametrize("page", ["progress/overview", "scoring/scorecard"])
    def test_they_stand_beside_the_overview_and_the_scorecard(self, page: str) -> None:
        at = app(page=page)
        assert not at.exception
        assert "绩效目标" in labels(at)
        assert "总目标 · 居民更有获得感、幸福感、安全感" in words(at).replace("**", "")
        assert "不可衡量 · 数量0个、没有日期、居民满意度未填报 · 来源：报告 一（二）1" in words(at)
        assert "可衡量 · 数量0个、日期：2025年12月、按此前速度付完：约2026年5月、已完工小区未填报" in words(at)

    def test_one_is_put_down_and_taken_back(self) -> None:
        at = app(page="progress/overview")
        at.segmented_control(key=key("goal_kind")).set_value("stage")
        at.text_input(key=key("goal_text")).set_value("改造12个小区")
        press(at, "登记", "new_goal")
        (new,) = [each.goal for each in goals.goals(CTX, PROJECT) if each.goal.actor_name == "王工"]
        assert (new.kind, new.text) == ("stage", "改造12个小区")
        at.button(key=f"take_back_goal_{new.id}").click().run()
        assert len(goals.goals(CTX, PROJECT)) == 6
        assert not at.exception

    def test_a_reader_changes_nothing(self) -> None:
        at = app(actor=None, page="progress/overview", lang="en")
        asked = [button for button in at.button if button.label == "Take back"]
        assert asked
        assert all((button.key or "").startswith(ASK) for button in asked), "a press asks for the name"
        assert "Stage goal · Works finished by the end of 2025" in words(at).replace("**", "")
