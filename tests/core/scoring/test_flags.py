"""Flags: scores against the data, deductions without a reason or twice for one fact, points without evidence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.model.item_input import ItemInput
from core.model.measure import Measures
from core.progress import measures
from core.scoring import Flag, ScoredItem, flags, suggest
from tests.core.lingang import FACTS
from tests.core.scoring.sheets import event, item
from tests.core.scoring.shipped import INDICATORS, MEASURES, NOTHING, rule, working

D = Decimal


def found(flagged: tuple[Flag, ...], kind: str) -> list[str]:
    return [flag.code for flag in flagged if flag.kind == kind]


def scored(code: str, points: str, reason: str = "") -> ScoredItem:
    return ScoredItem(INDICATORS[code], event(code, points, reason=reason))


def test_a_deduction_without_a_reason_is_flagged() -> None:
    flagged = flags(
        [item("A", "6", "4.5"), item("B", "6", "4.5", reason="未竣工"), item("C", "6", "6"), item("D", "6", None)]
    )
    assert [(flag.code, flag.kind, str(flag.message)) for flag in flagged] == [
        ("A", "reason_missing", "A 指标A扣了1.50分，未写原因。")
    ]


def test_the_shipped_sheet_has_full_marks_that_the_data_contradict() -> None:
    flagged = flags(working(), MEASURES)
    assert {flag.kind for flag in flagged} == {"contradicted"}
    assert {flag.code: str(flag.message) for flag in flagged} == {
        "B11": "B11 资金到位率得满分，但概算15,000.00万元中尚有7,000.00万元没有到位记录。",
        "C11": "C11 改造小区开工率得满分，但截至2024年12月31日工程在建（工期已过61.38%），报告没有已开工小区数。",
        "C13": "C13 受益户数完成率得满分，但截至2024年12月31日工程在建（工期已过61.38%），报告没有已完工户数。",
        "C21": "C21 阶段验收合格率得满分，但截至2024年12月31日工程在建（工期已过61.38%），报告没有合格数。",
    }
    assert flags(working()) == ()
    assert found(flags(working("r1/recon-b"), MEASURES), "contradicted") == ["B11", "C11", "C13", "C21"]


def test_a_stage_that_is_fully_done_while_unfinished_is_flagged() -> None:
    assert "C12" in found(flags(working(C12="6"), MEASURES), "contradicted")


def test_full_marks_above_the_rules_own_points_are_flagged() -> None:
    flagged = flags([scored("C32", "6")], MEASURES)
    assert [str(flag.message) for flag in flagged] == [
        "C32 支付进度匹配率（工期代理）得满分，但按规则为5.21分（6.00×53.33%÷61.38%=5.21）。"
    ]


@pytest.mark.parametrize(
    ("entered", "codes"),
    [
        (ItemInput(figures={"communities_started": D(28)}), []),
        (ItemInput(figures={"communities_started": D(20)}), ["C11"]),
    ],
)
def test_what_was_entered_decides(entered: ItemInput, codes: list[str]) -> None:
    assert found(flags([scored("C11", "5")], MEASURES, {"C11": entered}), "contradicted") == codes


def test_a_finished_project_or_one_without_data_contradicts_nothing() -> None:
    full = [scored("C11", "5"), scored("B11", "3")]
    assert flags(full, NOTHING) == ()
    by_rule = {"C32": suggest(INDICATORS["C32"], MEASURES)}
    assert flags([scored("C32", "6")], suggestions=by_rule) == ()  # without data nothing is held against them
    assert found(flags([scored("C32", "6")], MEASURES, suggestions=by_rule), "contradicted") == ["C32"]
    finished = Measures(m for m in MEASURES.all if m.id != "time_elapsed")
    assert found(flags(full, finished), "contradicted") == ["B11"]
    nothing_open = rule("ratio", "5", numerator="a", denominator="b", contradicted_by="outstanding")
    small = Measures(measure for measure in measures(FACTS) if measure.id in {"estimate"})
    assert flags([ScoredItem(nothing_open, event("X1", "5"))], small) == ()
    assert (
        flags([ScoredItem(rule("checklist", "5", points=2, contradicted_by="weather"), event("X1", "5"))], MEASURES)
        == ()
    )


def test_a_contradiction_by_an_undefined_rate_asks_for_nothing() -> None:
    none = ItemInput(figures={"passed": D(0), "inspected": D(0)})
    assert flags([scored("C21", "5")], MEASURES, {"C21": none}) == ()


def test_what_is_paid_has_arrived_where_nothing_says_how_much() -> None:
    known = Measures(m for m in MEASURES.all if m.id in {"estimate", "paid"})
    assert "7,000.00万元" in str(flags([scored("B11", "3")], known)[0].message)


def test_two_deductions_for_one_reason_are_flagged_once_each() -> None:
    flagged = flags(
        [
            item("A", "6", "4", reason="工程 未竣工。"),
            item("B", "6", "5", reason="工程未竣工"),
            item("C", "6", "5", reason="满意度低"),
            item("D", "6", "6", reason="工程未竣工"),
            item("E", "6", "5", reason=" 工程，未竣工！"),
        ]
    )
    assert [(flag.code, flag.kind) for flag in flagged] == [("B", "duplicate"), ("E", "duplicate")]
    assert str(flagged[0].message) == "B 指标B与A 指标A扣分原因相同，疑似一事重复扣分。"


def test_two_deductions_on_one_figure_are_flagged() -> None:
    pair = [
        ScoredItem(
            rule("ratio", "5", numerator="paid_rate", denominator="time_elapsed"), event("X1", "4", reason="慢")
        ),
        ScoredItem(INDICATORS["B14"], event("B14", "1", reason="不匹配")),
    ]
    flagged = flags(pair)
    assert [str(flag.message) for flag in flagged] == [
        "B14 支出与建设进度匹配与X1 某项都因“支付率”扣分，疑似一事重复扣分。"
    ]
    # One flag of a kind an item, whatever else the two share.
    same = [
        ScoredItem(INDICATORS["B14"], event("B14", "1", reason="慢")),
        ScoredItem(INDICATORS["C32"], event("C32", "5", reason="慢")),
    ]
    assert found(flags(same), "duplicate") == ["C32"]
    late = [
        scored("C31", "1", "迟"),
        ScoredItem(rule("linear_deduction", "2", input="months_late", per_unit=1), event("X1", "1")),
    ]
    assert found(flags(late), "duplicate") == ["X1"]


def test_points_without_evidence_are_flagged_unless_the_documents_give_them() -> None:
    sheet = [scored("A11", "2"), scored("A12", "2"), scored("C32", "5.21", "慢"), ScoredItem(INDICATORS["A13"], None)]
    flagged = flags(sheet, MEASURES, evidenced={"A12"})
    assert [(flag.code, str(flag.message)) for flag in flagged] == [
        ("A11", "A11 立项依据充分性得2.00分，没有佐证（需立项依据文件）。")
    ]
    assert found(flags(sheet, evidenced=()), "no_evidence") == ["A11", "A12", "C32"]
    assert [str(flag.message) for flag in flags([item("Z", "5", "5")], evidenced=())] == ["Z 指标Z得5.00分，没有佐证。"]


def test_a_flag_is_one_of_its_kind_for_an_item() -> None:
    flagged = flags(working(), MEASURES, evidenced=())
    assert len({(flag.code, flag.kind) for flag in flagged}) == len(flagged)
