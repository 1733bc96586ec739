"""Checklists of the renovation standard: who may fill them in, what they add up to, and what becomes of them."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest

from core.errors import NameNeeded, NotAllowed, UnknownName
from core.model.context import Context
from core.model.rectification import Proof
from core.model.standard import CheckedArea, PointCounts, PointResult
from core.service.base import open_store, redaction
from core.service.evidence import findings, standards
from core.service.scoring import scorecards
from core.store import clock
from core.store import standards as stored
from tests.core.service.people import LI, NOBODY, PROJECT, WANG
from tests.core.small_files import picture

pytestmark = pytest.mark.usefixtures("store_path")

DAY = date(2025, 3, 1)
PNG = picture()
STREETS = ("璜土镇", "夏港街道", "申港街道", "利港街道")
RENOVATION, CONTENTS = ("renovation-12", 1), ("contents-11", 1)
ITEMS = [f"N{number}" for number in range(1, 12)]


def fill(place: str, results: dict[str, PointResult], of: tuple[str, int] = RENOVATION, ctx: Context = WANG) -> int:
    """As somebody does who has just looked at the newest state."""
    seen = {each.point.code: each.newest for each in standards.checklist(ctx, PROJECT, *of, place)}
    told = {code: (result, newest.seq if (newest := seen[code]) is not None else 0) for code, result in results.items()}
    return standards.check(ctx, PROJECT, *of, place, "", told, DAY)


def state(place: str, code: str) -> standards.PointState:
    return next(each for each in standards.checklist(WANG, PROJECT, *RENOVATION, place) if each.point.code == code)


class TestFillingIn:
    def test_only_what_changes_is_put_down_with_day_and_person(self) -> None:
        assert fill("申港街道", {"1.1": "met", "1.2": "unchecked", "2.1": "not_met"}) == 2
        newest = state("申港街道", "1.1").newest
        assert newest is not None
        assert (newest.result, newest.checked_on, newest.checked_by, newest.actor_name) == ("met", DAY, "王工", "王工")
        assert state("申港街道", "1.2").newest is None
        assert fill("申港街道", {"1.1": "met", "2.1": "met"}, ctx=LI) == 1
        told = standards.history(WANG, PROJECT, *RENOVATION, "申港街道", "", "2.1")
        assert [str(each).split(" ", 2)[2] for each in told] == [
            "王工登记为“不符合”；2025年3月1日由王工检查", "李工登记为“符合”；2025年3月1日由李工检查",
        ]  # fmt: skip

    def test_what_somebody_else_has_put_down_meanwhile_is_not_written_over(self) -> None:
        fill("申港街道", {"1.1": "met"}, ctx=LI)
        with pytest.raises(NotAllowed, match=r"1\.1刚由李工填为“符合”"):
            standards.check(WANG, PROJECT, *RENOVATION, "申港街道", "", {"1.1": ("not_met", 0), "2.1": ("met", 0)}, DAY)
        assert state("申港街道", "2.1").newest is None

    @pytest.mark.parametrize(
        ("day", "said"), [(None, "请填写检查日期"), (clock.now().date() + timedelta(days=3), "还没有到")]
    )
    def test_a_check_has_a_day_that_has_come(self, day: date | None, said: str) -> None:
        with pytest.raises(NotAllowed, match=said):
            standards.check(WANG, PROJECT, *RENOVATION, "申港街道", "", {"1.1": ("met", 0)}, day)

    def test_a_name_a_street_and_a_point_are_needed(self) -> None:
        with pytest.raises(NameNeeded):
            fill("申港街道", {"1.1": "met"}, ctx=NOBODY)
        told: dict[str, tuple[PointResult, int]] = {"1.1": ("met", 0)}
        for standard, place, community, results in (
            ("renovation-12", "别处", "", told),
            ("renovation-12", "申港街道", "没有的小区", told),
            ("none", "申港街道", "", told),
            ("renovation-12", "申港街道", "", {"9.9": ("met", 0)}),
        ):
            with pytest.raises(UnknownName):
                standards.check(WANG, PROJECT, standard, 1, place, community, results, DAY)  # type: ignore[arg-type]

    def test_one_point_with_a_note_and_a_picture(self) -> None:
        asked = (PROJECT, *RENOVATION, "申港街道", "", "2.1")
        standards.check_point(WANG, *asked, "not_met", 0, DAY, "赵监理", " 顶楼\n渗水 ", ("C:\\x\\屋面.png", PNG))
        newest, digest = state("申港街道", "2.1").newest, hashlib.sha256(PNG).hexdigest()
        assert newest is not None
        assert (newest.checked_by, newest.note, newest.picture) == ("赵监理", "顶楼 渗水", Proof("屋面.png", digest))
        assert standards.picture(LI, PROJECT, digest) == PNG
        standards.check_point(LI, *asked, "met", 1, DAY)
        after = state("申港街道", "2.1").newest
        assert after is not None
        assert (after.result, after.note, after.picture.digest) == ("met", "", digest)
        with pytest.raises(UnknownName):
            standards.picture(LI, PROJECT, "0" * 64)

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("单.pdf", b"%PDF-1.7 x", "不是图片"),
            ("照.png", b"MZ", "内容与文件类型不符"),
            ("a.exe", PNG, "不是图片"),
        ],
    )
    def test_only_a_picture_is_taken(self, name: str, content: bytes, said: str) -> None:
        with pytest.raises(NotAllowed, match=said):
            standards.check_point(
                WANG, PROJECT, *RENOVATION, "申港街道", "", "2.1", "met", 0, DAY, picture=(name, content)
            )
        assert state("申港街道", "2.1").newest is None

    def test_a_picture_that_was_taken_out_is_told(self) -> None:
        standards.check_point(WANG, PROJECT, *RENOVATION, "申港街道", "", "2.1", "met", 0, DAY, picture=("a.png", PNG))
        digest = hashlib.sha256(PNG).hexdigest()
        from core.model.context import Actor
        from core.model.rights import OPERATOR

        redaction.redact(Context(Actor("op", "管理员", OPERATOR)), PROJECT, digest, "误传")
        with pytest.raises(NotAllowed, match="内容已由管理员"):
            standards.picture(WANG, PROJECT, digest)


class TestSums:
    def test_nothing_was_checked_in_the_shipped_project(self) -> None:
        view = standards.view(WANG, PROJECT, *RENOVATION)
        assert view.lists == tuple(map(CheckedArea, STREETS))
        assert [(group.name, len(group.points), group.sum) for group in view.groups] == [
            ("违法建筑", 2, PointCounts(unchecked=8)),
            ("房屋维修", 2, PointCounts(unchecked=8)),
            ("配套设施", 4, PointCounts(unchecked=16)),
            ("安全封闭", 4, PointCounts(unchecked=16)),
        ]
        assert (view.sum, view.carried_out) == (PointCounts(unchecked=48), None)

    def test_groups_and_streets_add_up_to_the_same(self) -> None:
        fill("璜土镇", {"1.1": "met", "1.2": "not_applicable", "3.4": "not_met"})
        fill("利港街道", {"1.1": "not_met"})
        view = standards.view(WANG, PROJECT, *RENOVATION)
        assert view.groups[0].sum == PointCounts(1, 1, 1, 5)
        assert view.by_list[0] == (CheckedArea("璜土镇"), PointCounts(1, 1, 1, 9))
        assert view.by_list[3] == (CheckedArea("利港街道"), PointCounts(0, 1, 0, 11))
        assert view.sum == PointCounts(1, 2, 1, 44)

    def test_both_standards_can_be_chosen_the_contents_last(self) -> None:
        assert [(each.id, each.version) for each in standards.choices(WANG, PROJECT)] == [RENOVATION, CONTENTS]

    def test_an_unknown_one_is_named(self) -> None:
        with pytest.raises(UnknownName, match="没有编号为“none”的改造标准第1版"):
            standards.view(WANG, PROJECT, "none", 1)


class TestContents:
    """C22: full marks 3, carried out ÷ 11 (FACTS 5, 7)."""

    @staticmethod
    def suggested() -> object:
        return scorecards.scorecard(WANG, PROJECT).suggestions["C22"]

    def test_nothing_is_suggested_while_a_content_is_open(self) -> None:
        before = self.suggested()
        assert before.points is None  # type: ignore[attr-defined]
        for street in STREETS:
            fill(street, dict.fromkeys(ITEMS[:10], "met"), CONTENTS)
        assert self.suggested() == before
        assert "还有未查的内容" in str(standards.view(WANG, PROJECT, *CONTENTS).carried_out)

    def test_ten_of_eleven_are_2_73_points(self) -> None:
        for street in STREETS:
            fill(street, dict.fromkeys(ITEMS, "met"), CONTENTS)
        fill("申港街道", {"N4": "not_met"}, CONTENTS)
        found = self.suggested()
        assert f"{found.points:.2f}" == "2.73"  # type: ignore[attr-defined]
        assert [str(each.source) for each in found.measures][:1] == ["改造标准检查"]  # type: ignore[attr-defined]
        assert "已实施10项，批复11项" in str(standards.view(WANG, PROJECT, *CONTENTS).carried_out)
        fill("申港街道", {"N4": "met"}, CONTENTS)
        assert f"{self.suggested().points:.2f}" == "3.00"  # type: ignore[attr-defined]

    def test_the_points_of_the_shipped_sheet_stay_as_they_were(self) -> None:
        before = scorecards.scorecard(WANG, PROJECT).tally
        for street in STREETS:
            fill(street, dict.fromkeys(ITEMS, "not_met"), CONTENTS)
        assert scorecards.scorecard(WANG, PROJECT).tally == before


class TestToFinding:
    def test_a_point_not_met_becomes_a_finding_once(self) -> None:
        fill("利港街道", {"2.1": "not_met", "1.1": "met"})
        asked = (PROJECT, *RENOVATION, "利港街道", "")
        before = len(findings.findings(WANG, PROJECT).items)
        assert standards.to_finding(WANG, *asked, "2.1") is True
        assert standards.to_finding(LI, *asked, "2.1") is False
        new = [each for each in findings.findings(WANG, PROJECT).items if each.point.actor_name == "王工"]
        assert [(each.point.kind, each.point.text, each.point.source, each.state, each.owner) for each in new] == [
            (
                "problem",
                "利港街道：不符合改造标准2.1（屋面防水重做，不渗漏）",
                "老旧小区改造标准（4组12条） 2.1",
                "open",
                "",
            )
        ]
        assert len(findings.findings(WANG, PROJECT).items) == before + 1

    @pytest.mark.parametrize("code", ["1.1", "3.1"])
    def test_what_is_met_or_was_not_looked_at_does_not(self, code: str) -> None:
        fill("利港街道", {"1.1": "met"})
        with pytest.raises(NotAllowed, match="只有“不符合”"):
            standards.to_finding(WANG, PROJECT, *RENOVATION, "利港街道", "", code)


def test_what_was_checked_stands_in_the_record() -> None:
    fill("申港街道", {"1.1": "met"})
    checks = stored.checked(open_store.store(), PROJECT)[RENOVATION]
    assert [(check.actor, check.seq) for check in checks.values()] == [(WANG.actor.id, 1)]
