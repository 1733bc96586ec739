"""No wrong number, C14: on 绩效评分 a score table is seen before it is written, and the column of points is chosen."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.model.context import Actor, Context
from core.model.rights import Role, everywhere
from core.service.scoring import scorecards
from tests.core.ingest.score_tables.test_self_assessment import FORM, as_csv
from tests.core.service.manage.test_score_preview import content
from tests.pages.opening import opened
from tests.pages.test_importing import words

PROJECT = "lingang-2023"
WANG = Actor("browser-of-wang", "王工")

pytestmark = pytest.mark.usefixtures("store_path")


def given(*titles: str, turn: int = 0, at: AppTest | None = None) -> AppTest:
    """The page with a table chosen whose columns of points are called so: 83 points, then 78."""
    page = at or opened("scoring/scorecard", WANG)
    return page.file_uploader(key=field(turn)).upload("两列.csv", content(*titles)).run()


def field(turn: int = 0) -> str:
    """Where a table of the shipped project's first round is put."""
    return f"scorecard_file_{turn}/{PROJECT}/r1"


def sheets() -> list[str]:
    return [each.id for each in scorecards.sheets(Context(WANG), PROJECT)]


def column_box(at: AppTest) -> object:
    return next(box for box in at.selectbox if box.label == "得分列")


def test_nothing_is_written_before_the_preview_is_confirmed() -> None:
    before = sheets()
    at = given("复核得分", "自评得分")
    assert not at.exception
    assert "有2列得分。按“复核得分（E列）”计分，未读取：自评得分（F列）。对吗？" in words(at)
    assert "共4项，有得分4项，得分合计83.00。" in words(at)
    assert column_box(at).value == "E"  # type: ignore[attr-defined]
    assert sheets() == before
    assert at.button(key="scorecard_commit").disabled
    at.checkbox(key="scorecard_seen").check().run()
    at.button(key="scorecard_commit").click().run()
    assert not at.exception
    (new,) = set(sheets()) - set(before)
    assert f"{scorecards.scorecard(Context(WANG), PROJECT, new).tally.total}" == "83.00"
    assert "已导入为新的评分表。" in words(at)
    assert [each.key for each in at.file_uploader] == [field(1)]


def test_what_has_to_be_asked_is_chosen_and_then_confirmed() -> None:
    before = sheets()
    at = given("专家1", "专家2")
    assert "有2列得分：专家1（E列）、专家2（F列），看不出以哪一列为准。" in words(at)
    assert [each.key for each in at.button if each.key == "scorecard_commit"] == []
    column_box(at).set_value("F").run()  # type: ignore[attr-defined]
    assert "得分合计78.00。" in words(at)
    assert sheets() == before
    at.checkbox(key="scorecard_seen").check().run()
    at.button(key="scorecard_commit").click().run()
    (new,) = set(sheets()) - set(before)
    assert f"{scorecards.scorecard(Context(WANG), PROJECT, new).tally.total}" == "78.00"


def test_another_column_is_seen_anew_and_ticked_anew() -> None:
    at = given("复核得分", "自评得分")
    at.checkbox(key="scorecard_seen").check().run()
    assert not at.button(key="scorecard_commit").disabled
    column_box(at).set_value("F").run()  # type: ignore[attr-defined]
    assert "得分合计78.00。" in words(at)
    assert [each.value for each in at.checkbox if each.key == "scorecard_seen"] in ([], [False])


def test_a_file_with_problems_lists_them_and_offers_nothing() -> None:
    before = sheets()
    page = opened("scoring/scorecard", WANG)
    at = page.file_uploader(key=field()).upload("坏.csv", "三级指标,分值\n甲,100\n".encode()).run()
    assert not at.exception
    assert "没有找到表头" in words(at)
    assert [each.key for each in at.button if each.key == "scorecard_commit"] == []
    assert sheets() == before


def test_a_self_assessment_goes_into_its_own_round_and_shows_its_targets() -> None:
    page = opened("scoring/scorecard", WANG)
    at = page.file_uploader(key=field()).upload("自评表.csv", as_csv(FORM)).run()
    assert not at.exception
    box = next(each for each in at.selectbox if each.label == "导入到")
    assert box.value == "self"
    at.button(key="scorecard_commit").click().run()
    assert not at.exception
    assert "r2/working" in sheets()
    assert "一处返工" in "".join(str(each.value) for each in at.table)


def among_the_data(name: str, table: bytes, actor: Actor = WANG) -> AppTest:
    """数据导入 with that file chosen."""
    at = opened("manage/importing", actor, "upload")
    return at.file_uploader(key="import_file_0").upload(name, table).run()


def led_there(at: AppTest, button: str) -> AppTest:
    """The page that the button leads to; AppTest stays on the page before it unless it is told."""
    at.button(key=button).click().run()
    assert not at.exception
    assert "# 绩效评分" in words(at)
    return at.switch_page("pages/scoring/scorecard.py").run()


def test_a_score_table_given_among_the_data_is_not_chosen_a_second_time() -> None:
    before = sheets()
    at = among_the_data("复核.csv", content("复核得分", "自评得分"))
    at = led_there(at, "import_to_scores")
    assert "从“数据导入”带来的文件：复核.csv" in words(at)
    assert "共4项，有得分4项，得分合计83.00。" in words(at)
    assert [each.key for each in at.file_uploader] == [], "one file at a time"
    assert sheets() == before
    at.checkbox(key="scorecard_seen").check().run()
    at.button(key="scorecard_commit").click().run()
    assert not at.exception
    (new,) = set(sheets()) - set(before)
    assert f"{scorecards.scorecard(Context(WANG), PROJECT, new).tally.total}" == "83.00"
    assert "带来的文件" not in words(at)
    assert len(at.file_uploader) == 1


def test_what_was_brought_is_let_go_of_and_is_for_nobody_else() -> None:
    at = among_the_data("复核.csv", content("复核得分", "自评得分"))
    at = led_there(at, "import_to_scores")
    assert "带来的文件" in words(at)
    at.session_state["actor"] = Actor("browser-of-li", "李工")
    at.run()
    assert "带来的文件" not in words(at)
    again = led_there(among_the_data("复核.csv", content("复核得分", "自评得分")), "import_to_scores")
    again.button(key="scorecard_drop").click().run()
    assert "带来的文件" not in words(again)
    assert len(again.file_uploader) == 1


def test_a_self_assessment_that_begins_a_project_comes_along() -> None:
    at = among_the_data("自评表.csv", as_csv(FORM))
    at.selectbox(key=f"import_project/{PROJECT}").set_value("").run()
    at = led_there(at, "import_begin")
    assert "从“数据导入”带来的文件：自评表.csv" in words(at)
    at.button(key="scorecard_commit").click().run()
    assert not at.exception
    assert "已导入为新的评分表。" in words(at)
    assert at.session_state["view_project"] != PROJECT


def test_who_may_not_import_it_is_not_led_there() -> None:
    clerk = Actor("browser-of-clerk", "小周", everywhere(Role.CLERK))
    at = among_the_data("复核.csv", content("复核得分", "自评得分"), clerk)
    assert [each.key for each in at.button if each.key == "import_to_scores"] == []
    assert "这是评分表或自评表" in words(at)
