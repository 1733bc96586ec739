"""指标体系: the items with their rules in words, and the form that makes the next version."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from core.model.scorecard import Scheme
from core.service.manage import scheme_editing, scheme_files
from tests.pages.opening import key, opened
from tests.pages.test_panel_pages import CHEN, LI, PROJECT, ctx

D = Decimal

pytestmark = pytest.mark.usefixtures("store_path")

OLD = "old-community-32"


def field(name: str, number: int = 0, version: str = "1") -> str:
    """The key of a field of an item by its number."""
    return key("scheme_field", OLD, version, f"{number}/{name}")


def editing() -> AppTest:
    at = opened("scoring/schemes", CHEN)
    at.segmented_control(key="schemes_part").set_value("edit").run()
    return at


def warned(at: AppTest) -> str:
    return "".join(each.value.replace("\\", "") for each in at.warning)


def chosen(at: AppTest) -> Selectbox:
    """The list of items."""
    return next(each for each in at.selectbox if each.label == "指标")


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def newest() -> Scheme:
    return scheme_files.scheme_of(ctx(CHEN), OLD)


def test_whoever_looks_sees_every_item_with_its_rule_in_words_and_no_form() -> None:
    at = opened("scoring/schemes")
    rows = [row for table in at.table for row in table.value.to_numpy().tolist()]
    assert len(rows) == 32
    assert rows[0] == [
        "A11",
        "项目立项 · 立项依据充分性",
        "2\\.00",
        "要点勾选",
        "5个要点各占20%：符合法规政策、符合行业规划、属部门职责、属财政支持范围、不重复",
    ]
    assert [each.value.replace("\\", "") for each in at.markdown if "分）" in each.value] == [
        "**决策（15.00分）**",
        "**过程（25.00分）**",
        "**产出（35.00分）**",
        "**效益（25.00分）**",
    ]
    assert "修改" not in [option for each in at.segmented_control for option in each.options]


def test_full_marks_are_edited_checked_while_typed_and_saved_as_the_next_version() -> None:
    at = editing()
    assert next(b for b in at.button if b.label == "保存为新版本").disabled, "nothing was changed"
    at.selectbox(key=key("scheme_field", OLD, "1", "step")).select("0.5分").run()
    at.number_input(key=field("weight")).set_value(1.5).run()
    assert "分值合计应为100，现为99.50。" in warned(at)
    assert next(b for b in at.button if b.label == "保存为新版本").disabled
    chosen(at).select_index(1).run()
    at.number_input(key=field("weight", 1)).set_value(2.5).run()
    press(at, "保存为新版本")
    assert [(item.code, item.weight) for item in newest().indicators[:2]] == [("A11", D("1.5")), ("A12", D("2.5"))]
    assert (newest().version, len(newest().indicators), newest().step) == (2, 32, D("0.5"))
    assert "已保存为第2版" in at.success[0].value.replace("\\", "")
    # What was not touched is as it was, to the letter of its rule.
    first = scheme_files.scheme_of(ctx(CHEN), OLD, 1)
    assert newest().indicators[2:] == first.indicators[2:]


def test_a_rule_is_chosen_in_words_and_its_bands_are_fields() -> None:
    at = editing()
    at.selectbox(key=field("kind")).select("分段").run()
    at.selectbox(key=field("interval_input")).select("本息覆盖倍数").run()
    at.selectbox(key=field("interval_unit")).select("倍").run()
    press(at, "加一档")
    # 达到1.2得满分、达到1.1得80%、达到1得60%、其余不得分.
    for at_row, (edge, share) in enumerate(((1.2, 100.0), (1.1, 80.0), (1.0, 60.0))):
        at.number_input(key=field(f"interval_bands_4_{at_row}_edge")).set_value(edge).run()
        at.number_input(key=field(f"interval_bands_4_{at_row}_share")).set_value(share).run()
    at.text_area(key=field("rule")).set_value("本息覆盖倍数分段计分").run()
    press(at, "保存为新版本")
    item = newest().indicators[0]
    assert (item.kind, item.rule) == ("interval", "本息覆盖倍数分段计分")
    assert item.params["input"] == "coverage"
    assert [[None if edge is None else D(str(edge)), D(str(share))] for edge, share in item.params["bands_min"]] == [
        [D("1.2"), D(1)],
        [D("1.1"), D("0.8")],
        [D(1), D("0.6")],
        [None, D(0)],
    ]


def test_a_wrong_rule_is_said_in_words_before_anything_is_saved() -> None:
    at = editing()
    at.selectbox(key=field("kind")).select("分段").run()
    at.number_input(key=field("interval_bands_3_0_edge")).set_value(70.0).run()
    assert "A11 立项依据充分性：计分规则“分段”有误：分档（bands_min）。" in warned(at)
    press(at, "放弃修改")
    assert at.selectbox(key=field("kind")).value == "checklist"
    assert newest().version == 1


def test_items_are_added_moved_and_removed() -> None:
    at = editing()
    press(at, "新增指标")
    assert "缺少三级指标，不能为空。" in warned(at)
    at.text_input(key=field("code", 32)).set_value("A14").run()
    at.text_input(key=field("l3", 32)).set_value("居民意愿征询").run()
    at.number_input(key=field("weight", 32)).set_value(2.0).run()
    press(at, "上移")
    # A12 makes room for it.
    chosen(at).set_value(1).run()
    press(at, "删除这一项")
    press(at, "新增扣分项")
    at.text_input(key=field("l3", 33)).set_value("弄虚作假").run()
    at.number_input(key=field("least", 33)).set_value(5.0).run()
    press(at, "保存为新版本")
    assert [(i.code, i.l3, i.weight, i.least) for i in newest().indicators[:2]] == [
        ("A14", "居民意愿征询", D(2), D(0)),
        ("A11", "立项依据充分性", D(2), D(0)),
    ]
    assert [(i.code, i.least) for i in newest().indicators if i.minus] == [("扣-1", D(-5))]
    assert "A12" not in {i.code for i in newest().indicators}


def test_the_form_of_a_round_leads_here() -> None:
    at = opened("scoring/panel", CHEN)
    at.segmented_control(key=key("set_up_part", "r1")).set_value("new").run()
    assert "查看或修改指标体系" in [each.label for each in at.get("page_link")]


def test_what_was_typed_just_before_a_press_is_kept() -> None:
    """The browser sends both at once."""
    at = editing()
    at.text_input(key=field("l3")).set_value("立项依据")
    press(at, "新增指标")
    chosen(at).set_value(0).run()
    assert at.text_input(key=field("l3")).value == "立项依据"
    chosen(at).set_value(32).run()
    press(at, "删除这一项")
    at.text_area(key=field("rule", at_number(at))).set_value("改了一处")
    press(at, "保存为新版本")
    assert [item.l3 for item in newest().indicators[:1]] == ["立项依据"]
    assert "改了一处" in {item.rule for item in newest().indicators}


def at_number(at: AppTest) -> int:
    """The number of the chosen item."""
    return int(chosen(at).value)


def test_a_draft_that_began_before_another_version_says_so_and_is_not_saved_over_it() -> None:
    at = editing()
    at.number_input(key=field("weight")).set_value(1.5).run()
    chosen(at).set_value(1).run()
    at.number_input(key=field("weight", 1)).set_value(2.5).run()
    first = scheme_files.scheme_of(ctx(CHEN), OLD)
    items = tuple(replace(item, rule="另一人改过") if item.code == "A13" else item for item in first.indicators)
    scheme_editing.save(ctx(LI), PROJECT, OLD, 1, 1, first.name, items)
    at.run()
    assert "已有第2版。以第1版为底保存的，不含其后各版的修改。" in [each.value.replace("\\", "") for each in at.info]
