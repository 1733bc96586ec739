"""满意度问卷 on a real store: kept by versions, withdrawn, and offered at the item, where points move by hand only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.errors import NameNeeded, NotAllowed, UnknownName
from core.model.context import Actor, Context, Version
from core.model.questionnaire import Questionnaire, SurveyAnswer, SurveyQuestion
from core.model.rights import Role, everywhere
from core.scoring import Suggestion
from core.scoring.questionnaires import with_counts
from core.service.base.file import File
from core.service.scoring import item_records, questionnaires, scorecards
from core.store import clock
from tests.core.service.people import LI, NOBODY, PROJECT, WANG, WORKING

D = Decimal
Q = "0123456789abcdef"

LIFT = SurveyQuestion("电梯", (SurveyAnswer("是", D(1), 72), SurveyAnswer("否", D(0), 8)))
ROADS = SurveyQuestion("道路", (SurveyAnswer("满意", D(1), 70), SurveyAnswer("一般", D("0.5"), 20)))

pytestmark = pytest.mark.usefixtures("store_path")


def keep(
    *questions: SurveyQuestion, by: Context = WANG, of: str = Q, base: int = 0, name: str = "入户问卷"
) -> Questionnaire:
    return questionnaires.keep(by, PROJECT, of, base, name, date(2024, 12, 20), questions)


def suggested(ctx: Context = WANG) -> Suggestion:
    return scorecards.scorecard(ctx, PROJECT, WORKING).suggestions["D41"]


def d41() -> tuple[object, ...]:
    item = next(i for i in scorecards.scorecard(WANG, PROJECT, WORKING).items if i.indicator.code == "D41")
    assert item.event is not None
    return item.points, item.event.revision


def test_a_questionnaire_is_shown_with_its_arithmetic_and_the_sample_it_needs() -> None:
    # 72 ÷ 80 = 90 %; (70 + 20 x 0.5) ÷ 90 = 88.89 %; the mean is 89.44 %
    keep(LIFT, ROADS)
    (found,) = questionnaires.shown(LI, PROJECT)
    assert (found.now.name, found.now.revision, found.sample, found.withdrawn) == ("入户问卷", 1, 80, None)
    assert str(found.satisfaction.formula) == (
        "问卷“入户问卷”2题平均（答卷最少的一题80份）：(90.00% + 88.89%) ÷ 2 = 89.44%"
    )
    assert found.satisfaction.as_of == date(2024, 12, 20)
    # FACTS 2: 379 at 5 %, 1,026 at 3 %, of 26,310 households
    assert [(each.basis, each.value) for each in found.needed] == [("5%", D(379)), ("3%", D(1026))]
    assert [str(each) for each in found.enough] == ["误差±5%需379份，还差299份", "误差±3%需1,026份，还差946份"]
    assert [str(each).partition("：")[0] for each in found.saved] == ["第1版"]


def test_it_is_offered_at_the_item_and_taken_over_by_nobody() -> None:
    before = d41()
    assert (suggested().points, suggested().missing) == (None, ("问卷各档人数或满意度",))
    keep(LIFT)
    assert suggested().points == D("7.00")
    assert str(suggested().sentence) == (
        "居民满意度90.00%，所在档得100.00%：7.00×100.00%=7.00；问卷“入户问卷”有效答卷80份：(72×1 + 8×0) ÷ 80 = 90.00%"
    )
    assert d41() == before
    assert not any(row.code == "D41" for row in item_records.missing_inputs(WANG, PROJECT, WORKING))
    keep(*with_counts([LIFT], [70, 10]), base=1)  # 87.5 %: the band from 80 %
    assert (suggested().points, d41()) == (D("5.60"), before)


def test_two_questionnaires_stand_side_by_side_and_what_is_entered_goes_before_both() -> None:
    keep(LIFT)
    keep(ROADS, of="f" * 16, by=LI, name="第二次问卷")
    found = suggested()
    assert found.points is None
    assert [(each.basis, each.points) for each in found.alternatives] == [
        ("入户问卷", D("7.00")), ("第二次问卷", D("5.60")),
    ]  # fmt: skip
    item_records.put_input(WANG, PROJECT, WORKING, "D41", {"answers": [5, 0, 0, 0, 5]})  # 50 %
    assert (suggested().points, suggested().alternatives) == (D("0.00"), ())


def test_two_of_one_name_are_told_apart() -> None:
    keep(LIFT)
    keep(ROADS, of="f" * 16)
    assert len({each.basis for each in suggested().alternatives}) == 2


def test_every_version_stays_and_an_earlier_moment_has_its_own() -> None:
    keep(LIFT)
    then = clock.now()
    keep(*with_counts([LIFT], [70, 10]), base=1, by=LI)
    earlier = replace(WANG, version=Version(moment=then))
    assert (suggested(earlier).points, suggested().points) == (D("7.00"), D("5.60"))
    (found,) = questionnaires.shown(earlier, PROJECT)
    assert found.now.revision == 1
    (found,) = questionnaires.shown(WANG, PROJECT)
    assert [str(each).partition("于")[0] for each in found.saved] == ["第1版：王工", "第2版：李工"]


def test_whoever_saves_over_a_newer_version_is_told_and_nothing_is_lost() -> None:
    keep(LIFT)
    keep(LIFT)  # the same click twice
    with pytest.raises(NotAllowed, match=r"王工在.*改过这份问卷，本次未保存"):
        keep(ROADS, by=LI)
    with pytest.raises(UnknownName, match="没有这份问卷"):
        keep(ROADS, of="e" * 16, base=3)
    (found,) = questionnaires.shown(WANG, PROJECT)
    assert (found.now.revision, found.questions) == (1, (LIFT,))


def test_a_withdrawn_one_stays_on_record_and_suggests_nothing() -> None:
    keep(LIFT)
    with pytest.raises(NotAllowed, match="请写明撤回的理由"):
        questionnaires.withdraw(WANG, PROJECT, Q, " ")
    questionnaires.withdraw(LI, PROJECT, Q, "样本不足")
    assert suggested().points is None
    (found,) = questionnaires.shown(WANG, PROJECT)
    assert str(found.withdrawn).startswith("已由李工于")
    assert str(found.withdrawn).endswith("撤回，理由：样本不足")
    with pytest.raises(NotAllowed, match="已由李工于"):
        questionnaires.withdraw(WANG, PROJECT, Q, "再撤")
    with pytest.raises(UnknownName):
        questionnaires.withdraw(WANG, PROJECT, "none", "理由")
    keep(LIFT, base=2)  # it counts again
    assert suggested().points == D("7.00")


def test_a_blank_count_leaves_it_undefined() -> None:
    keep(LIFT, replace(ROADS, answers=(replace(ROADS.answers[0], count=None), ROADS.answers[1])))
    (found,) = questionnaires.shown(WANG, PROJECT)
    assert (found.satisfaction.value, found.sample, found.enough) == (None, None, ())
    assert suggested().points is None


def test_who_may_and_what_is_refused_all_at_once() -> None:
    with pytest.raises(NameNeeded):
        keep(LIFT, by=NOBODY)
    expert = Context(Actor("user:zhang", "张工", everywhere(Role.EVALUATOR)))
    clerk = Context(Actor("user:lin", "林工", everywhere(Role.CLERK)))
    with pytest.raises(NotAllowed, match="只限主评人、数据员"):
        keep(LIFT, by=expert)
    keep(LIFT, by=clerk)
    with pytest.raises(NotAllowed, match="问卷有2处要改，未保存。") as refused:
        keep(replace(LIFT, answers=LIFT.answers[:1]), name=" ", of="e" * 16)
    assert [str(each) for each in refused.value.reasons] == ["请填写问卷名称。", "第1题要有2到20个答案，现有1个。"]
    with pytest.raises(NotAllowed, match="无法保存的字符"):
        keep(replace(LIFT, text="电\0梯"), of="e" * 16)
    with pytest.raises(UnknownName):
        questionnaires.keep(WANG, "none", Q, 0, "问卷", None, [LIFT])


def test_a_file_is_looked_at_before_it_is_kept() -> None:
    content = "题目,答案,权重,份数\n电梯,是,1,72\n,否,0,8\n".encode()
    found, wrong = questionnaires.preview(WANG, File("入户问卷.csv", content))
    assert found is not None
    assert (found.title, found.questions, wrong) == ("入户问卷", (LIFT,), ())
    assert questionnaires.shown(WANG, PROJECT) == ()
