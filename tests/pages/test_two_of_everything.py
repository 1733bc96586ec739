"""Two of everything: rounds whose sheets are called alike, people of one name, projects; ids lead, never names.

Points to tell rounds by are written by hand: A11 (2) gets 1.00 in the second, 1.50 in the third.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from core.errors import Question
from core.model.context import Actor, Context
from core.model.paper import PaperChoice
from core.service.base import open_store
from core.service.briefing import kept_choices
from core.service.manage import demo, scorecard_files
from core.service.scoring import opening, scorecards, steps
from core.store import read, snapshots, write
from tests.conftest import StartFrom
from tests.pages.opening import opened

PROJECT = "lingang-2023"
WANG = Actor("browser-of-wang", "王工")

pytestmark = pytest.mark.usefixtures("store_path")


def ctx(actor: Actor = WANG) -> Context:
    return Context(actor)


def save(sheet: str, points: str, project: str = PROJECT, actor: Actor = WANG) -> None:
    edit = {"edit_id": secrets.token_hex(16), "code": "A11", "base": 0, "points": points, "reason": "缺附件"}
    scorecards.save(ctx(actor), project, sheet, [edit | {"status": "confirmed"}])


def three_rounds() -> None:
    """r1 as shipped; r2 and r3 have a sheet of the same name, and the second round has the first one's name."""
    for name, kind, points in (("初评", "initial", "1.00"), ("终评", "final", "1.50")):
        round_id = opening.open_round(ctx(), PROJECT, name, kind, "mean").round
        save(f"{round_id}/working", points)


def another_project() -> None:
    """A later project of the same name; its round and sheet have the ids of the first one's."""
    facts = demo.facts(3)
    name = read.facts(open_store.store(), PROJECT).project.name
    snapshots.add(
        open_store.store(), replace(facts, project=replace(facts.project, id="a", name=name), batch="a@x"), WANG
    )
    like = read.sheet(open_store.store(), PROJECT, "r1/working")
    write.add_sheet(open_store.store(), "a", "r1/working", like.name, like.scheme, like.grade_scheme, WANG)
    save("r1/working", "0.50", project="a")


@pytest.fixture
def rounds(start_from: StartFrom) -> None:
    start_from(three_rounds)


def app(page: str, part: str | None = None, actor: Actor | None = WANG, **query: str) -> AppTest:
    return opened(page, actor, part, **query)


def asked(at: AppTest) -> dict[str, str]:
    """What stands in the address."""
    return {key: value if isinstance(value, str) else value[-1] for key, value in at.query_params.items()}


def words(at: AppTest) -> str:
    found = (*at.markdown, *at.caption, *at.info, *at.error, *at.success, *at.warning)
    return "\n".join(str(each.value) for each in found).replace("\\", "")


def submit(who: Context, sheet: str) -> None:
    """Submit a sheet with unscored items, and say yes to the question."""
    with pytest.raises(Question) as asked:
        steps.submit(who, PROJECT, sheet)
    steps.submit(who, PROJECT, sheet, asked.value.agreed)


class TestSheetsOfOneName:
    """No wrong number, A1."""

    @pytest.mark.parametrize("sheet", ["r1/working", "r2/working", "r3/working"])
    @pytest.mark.parametrize(("page", "part"), [("scoring/scorecard", None), ("scoring/history", "items")])
    def test_a_link_stays_on_its_sheet(self, rounds: None, page: str, part: str | None, sheet: str) -> None:
        at = app(page, part, sheet=sheet)
        for _ in range(3):
            assert at.selectbox(key="choose_sheet").value == sheet
            at.run()

    def test_each_option_says_its_round(self, rounds: None) -> None:
        options = app("scoring/scorecard").selectbox(key="choose_sheet").options
        assert "终评 · 工作表" in options
        assert "初评（r1） · 初评工作表" in options
        assert "初评（r2） · 工作表" in options
        assert len(set(options)) == len(options)

    def test_what_is_chosen_is_opened_and_the_address_says_so(self, rounds: None) -> None:
        at = app("scoring/scorecard", sheet="r1/working")
        at.selectbox(key="choose_sheet").set_value("r2/working").run()
        assert {key: asked(at)[key] for key in ("project", "round", "sheet")} == {
            "project": PROJECT,
            "round": "r2",
            "sheet": "r2/working",
        }
        assert "初评（r2） · 工作表" in words(at)  # under the title

    def test_an_item_that_is_picked_changes_no_sheet(self, rounds: None) -> None:
        at = app("scoring/history", "items", sheet="r2/working")
        at.selectbox(key="history_item").select("A12").run()
        at.selectbox(key="history_item").select("A11").run()
        assert at.selectbox(key="choose_sheet").value == "r2/working"
        assert "1.00分" in words(at)
        assert "1.50分" not in words(at)

    def test_two_sheets_of_a_name_stand_side_by_side(self, rounds: None) -> None:
        at = app("scoring/scorecard", sheet="r2/working")
        (box,) = [each for each in at.selectbox if (each.key or "").startswith("compare_with")]
        box.set_value("r3/working").run()
        assert list(at.dataframe[0].value.columns) == ["指标", "初评（r2） · 工作表", "终评 · 工作表", "相差"]
        assert list(at.dataframe[0].value.iloc[0, 1:]) == [1, 1.5, 0.5]

    def test_a_blank_sheet_is_of_the_round_on_the_screen(self, rounds: None) -> None:
        at = app("scoring/scorecard", sheet="r2/working")
        at.button(key="new_blank").click().run()
        assert asked(at)["sheet"] == "r2/blank-1"
        assert at.selectbox(key="choose_sheet").value == "r2/blank-1"

    def test_an_evaluators_own_sheets_are_told_apart(self, rounds: None) -> None:
        own = [opening.my_sheet(ctx(), PROJECT, each) for each in ("r1", "r2", "r3")]
        for sheet in own:
            save(sheet.id, "2.00")
            submit(ctx(), sheet.id)
        at = app("scoring/scorecard", sheet=own[1].id)
        at.run()
        assert at.selectbox(key="choose_sheet").value == own[1].id
        options = at.selectbox(key="choose_sheet").options
        assert [each for each in options if "王工" in each] == [
            "初评（r1） · 王工的评分表",
            "初评（r2） · 王工的评分表",
            "终评 · 王工的评分表",
        ]


class TestPeopleOfOneName:
    """No wrong number, A1."""

    def test_their_sheets_are_told_apart(self) -> None:
        other = Actor("browser-of-the-other-wang", "王工")
        own = [opening.my_sheet(ctx(each), PROJECT, "r1") for each in (WANG, other)]
        for actor, sheet in zip((WANG, other), own, strict=True):
            save(sheet.id, "2.00", actor=actor)
            submit(ctx(actor), sheet.id)
        for sheet in own:
            at = app("scoring/scorecard", sheet=sheet.id)
            at.run()
            assert at.selectbox(key="choose_sheet").value == sheet.id
            assert f"初评 · 王工的评分表（{sheet.id}）" in at.selectbox(key="choose_sheet").options
        shown = words(app("scoring/panel"))
        assert all(f"王工的评分表（{sheet.id}）" in shown for sheet in own)


class TestRounds:
    """No wrong number, A1."""

    @pytest.mark.parametrize("round_id", ["r1", "r2", "r3"])
    @pytest.mark.parametrize(("page", "part"), [("scoring/panel", "sheets"), ("scoring/history", "timeline")])
    def test_a_link_stays_on_its_round(self, rounds: None, page: str, part: str, round_id: str) -> None:
        at = app(page, part, round=round_id)
        for _ in range(2):
            assert at.selectbox(key="choose_round").value == round_id
            assert asked(at)["round"] == round_id
            at.run()

    def test_the_address_names_the_newest_before_there_is_a_newer_one(self) -> None:
        at = app("scoring/panel")
        assert asked(at)["round"] == "r1"
        three_rounds()
        at.run()
        assert at.selectbox(key="choose_round").value == "r1"

    def test_a_sheet_brings_its_round_along(self, rounds: None) -> None:
        at = app("scoring/scorecard", sheet="r2/working")
        assert asked(at)["round"] == "r2"
        at.switch_page("pages/scoring/panel.py").run()
        assert at.selectbox(key="choose_round").value == "r2"

    def test_a_round_keeps_no_sheet_of_another(self, rounds: None) -> None:
        at = app("scoring/panel", sheet="r2/working")
        at.selectbox(key="choose_round").set_value("r3").run()
        assert "sheet" not in asked(at)
        at.switch_page("pages/scoring/scorecard.py").run()
        assert at.selectbox(key="choose_sheet").value == "r3/working"

    def test_a_sheet_of_another_round_than_the_address_names_is_said(self, rounds: None) -> None:
        at = app("scoring/scorecard", round="r2", sheet="r3/working")
        said = "网址中的评分表“r3/working”属于轮次“r3”，不属于网址中的轮次“r2”；已按评分表打开。"
        assert said in words(at)
        assert (asked(at)["round"], asked(at)["sheet"]) == ("r3", "r3/working")
        at.run()
        assert said not in words(at)
        assert at.selectbox(key="choose_sheet").value == "r3/working"

    def test_what_was_typed_for_a_round_is_not_in_another_ones_field(self, rounds: None) -> None:
        at = app("scoring/history", "minutes", round="r1")
        at.text_area[0].set_value("初评第一轮的纪要").run()
        at.selectbox(key="choose_round").set_value("r2").run()
        assert at.text_area[0].value != "初评第一轮的纪要"

    def test_files_say_their_round(self, rounds: None) -> None:
        at = app("scoring/scorecard", sheet="r2/working")
        names = [scorecard_files.export_scorecard(ctx(), PROJECT, sheet).name for sheet in ("r1/working", "r2/working")]
        project = "2023年度申港、夏港区域老小区改造项目"
        sheets = [f"{project}_初评（r1）_初评工作表_", f"{project}_初评（r2）_工作表_"]
        assert [name.removesuffix(".xlsx")[:-8] for name in names] == sheets, "the day at the end"
        assert len(at.get("download_button")) >= 3


class TestTwoProjects:
    """No wrong number, A2. `a` comes later than the shipped project and stands before it in every order of names."""

    @pytest.fixture
    def two(self, start_from: StartFrom) -> None:
        start_from(another_project)

    @pytest.mark.parametrize("page", ["progress/overview", "progress/budget", "scoring/scorecard", "evidence/checks"])
    def test_the_address_names_the_only_one(self, page: str) -> None:
        assert asked(app(page))["project"] == PROJECT

    @pytest.mark.parametrize("page", ["progress/overview", "progress/budget", "scoring/scorecard", "evidence/checks"])
    def test_an_old_link_opens_the_one_that_was_there_first(self, two: None, page: str) -> None:
        at = app(page)
        assert asked(at)["project"] == PROJECT
        assert at.selectbox(key="choose_project").value == PROJECT

    def test_an_old_link_with_a_street_keeps_it(self, two: None) -> None:
        at = app("progress/overview", place="璜土镇")
        assert (asked(at)["project"], asked(at)["place"]) == (PROJECT, "璜土镇")
        assert not at.warning

    @pytest.mark.parametrize("project", [PROJECT, "a"])
    def test_equal_names_are_told_apart_and_stay(self, two: None, project: str) -> None:
        at = app("progress/budget", project=project)
        for _ in range(2):
            assert at.selectbox(key="choose_project").value == project
            at.run()
        assert len(set(at.selectbox(key="choose_project").options)) == 2

    def test_another_project_takes_no_sheet_or_street_along(self, two: None) -> None:
        at = app("scoring/scorecard", project=PROJECT, sheet="r1/recon-b", place="璜土镇")
        at.selectbox(key="choose_project").set_value("a").run()
        assert asked(at) == {"project": "a", "round": "r1", "sheet": "r1/working"}

    def test_where_nobody_can_tell_it_is_asked(self, two: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("core.store.read.first_project", lambda store: None)
        at = app("progress/overview")
        assert "网址没有写明项目，无法判断是哪一个。请选择项目：" in words(at)
        assert not at.metric
        assert "project" not in asked(at)
        at.button(key="open_project_0").click().run()
        assert asked(at)["project"] == "a"
        assert at.metric

    def test_the_project_in_an_address_that_is_gone_is_not_replaced_by_another(self, two: None) -> None:
        at = app("progress/budget", project="b", place="璜土镇")
        assert "没有编号为“b”的项目，或您无权查看。请选择项目：" in words(at)
        assert {each.key for each in at.button if (each.key or "").startswith("open_project")} == {
            "open_project_0",
            "open_project_1",
        }
        assert not at.get("plotly_chart")

    def test_minutes_of_a_round_are_of_their_project(self, two: None) -> None:
        at = app("scoring/history", "minutes", project=PROJECT)
        at.text_area[0].set_value("第一个项目的纪要").run()
        at.selectbox(key="choose_project").set_value("a").run()
        assert all(each.value != "第一个项目的纪要" for each in at.text_area)

    def test_whose_paper_it_is_is_chosen_for_each_project(self, two: None) -> None:
        at = app("briefing/frames", project=PROJECT)
        at.selectbox(key="documents_confidentiality").select("内部资料").run()
        at.multiselect(key="documents_slides").set_value(["funds"]).run()
        at.selectbox(key="choose_project").set_value("a").run()
        assert at.selectbox(key="documents_confidentiality").value == ""
        assert at.multiselect(key="documents_slides").value == []
        at.toggle(key="documents_watermark").set_value(True).run()
        at.selectbox(key="choose_project").set_value(PROJECT).run()
        assert at.selectbox(key="documents_confidentiality").value == "内部资料"
        assert at.multiselect(key="documents_slides").value == ["funds"]
        assert at.toggle(key="documents_watermark").value is False

    def test_a_kept_choice_and_what_is_typed_for_one_are_of_their_project(self, two: None) -> None:
        kept_choices.keep(ctx(), PROJECT, "月报", PaperChoice(confidentiality="内部资料"), is_default=True)
        kept_choices.keep(ctx(), "a", "月报", PaperChoice(watermark=True))
        at = app("briefing/frames", project=PROJECT)
        assert at.selectbox(key="documents_confidentiality").value == "内部资料"
        at.text_input(key=f"kept_choice_name/{PROJECT}").set_value("区长汇报").run()
        at.selectbox(key="choose_project").set_value("a").run()
        assert at.selectbox(key="documents_confidentiality").value == ""
        assert at.text_input(key="kept_choice_name/a").value == ""
        at.button(key="use_choice_0").click().run()
        assert at.toggle(key="documents_watermark").value is True
        at.button(key="drop_choice_0").click().run()
        assert [each.name for each in kept_choices.choices(ctx(), PROJECT)] == ["月报"]
        assert kept_choices.choices(ctx(), "a") == ()


@pytest.mark.usefixtures("rounds")
class TestNamedInVain:
    """No wrong number, A1: of a round or sheet that is not there it is asked which one is meant; none is guessed."""

    @pytest.mark.parametrize(
        ("page", "part", "query", "key", "choice", "chosen"),
        [
            ("scoring/scorecard", None, {"sheet": "r9/none"}, "r2", "sheet", "r2/working"),
            ("scoring/scorecard", None, {"round": "r9"}, "r2", "sheet", "r2/working"),
            ("scoring/scorecard", None, {"round": "r3", "sheet": "r3/none"}, "r2", "sheet", "r2/working"),
            ("scoring/history", "items", {"round": "r9", "sheet": "r9/none"}, "r2", "sheet", "r2/working"),
            ("scoring/history", "timeline", {"round": "r9"}, "r1", "round", "r1"),
            ("scoring/panel", "items", {"round": "r9"}, "r1", "round", "r1"),
            ("scoring/panel", "sheets", {"sheet": "r9/none"}, "r2", "round", "r2"),
            ("briefing/frames", None, {"round": "r9"}, "r2", "round", "r2"),
        ],
    )
    def test_it_is_asked_which_one_is_meant(
        self, page: str, part: str | None, query: dict[str, str], key: str, choice: str, chosen: str
    ) -> None:
        at = app(page, part, **query)
        for _ in range(2):
            assert not at.exception
            assert "无法识别：本项目没有这个编号。" in words(at)
            assert choice not in asked(at)
            at.run()
        next(each for each in at.button if each.key.startswith(f"open_{choice}") and key in each.label).click().run()
        assert not at.exception
        assert asked(at)[choice] == chosen
        assert "无法识别" not in words(at)
        assert not [each for each in at.button if each.key and each.key.startswith(("open_sheet", "open_round"))]

    def test_a_link_that_is_right_is_opened_as_it_says(self) -> None:
        at = app("scoring/panel", "items", round="r2", sheet="r2/none")
        assert asked(at)["round"] == "r2"
        assert "“sheet=r2/none”无法识别" in words(at)
