"""满意度问卷 on 专家评议: made, counted in fields and as a column, imported, shown with its arithmetic, withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from core.model.context import Actor
from core.model.questionnaire import SurveyAnswer, SurveyQuestion
from core.model.rights import Role, everywhere
from core.service.scoring import questionnaires
from core.service.scoring.questionnaires import QuestionnaireView
from tests.pages.opening import key, opened
from tests.pages.test_panel_pages import CHEN, PROJECT, WANG, ctx, labels, rows_of, words

pytestmark = pytest.mark.usefixtures("store_path")

Q = "0123456789abcdef"
D = Decimal
LIFT = SurveyQuestion("电梯", (SurveyAnswer("是", D(1), 72), SurveyAnswer("否", D(0), 8)))
ROADS = SurveyQuestion("道路", (SurveyAnswer("是", D(1), 60), SurveyAnswer("否", D(0), 20)))


def part(actor: Actor = WANG, **query: str) -> AppTest:
    return opened("scoring/panel", actor, "survey", **query)


def kept() -> tuple[QuestionnaireView, ...]:
    return questionnaires.shown(ctx(WANG), PROJECT)


def keep(*questions: SurveyQuestion, of: str = Q, base: int = 0, name: str = "入户问卷") -> None:
    questionnaires.keep(ctx(WANG), PROJECT, of, base, name, date(2024, 12, 20), questions)


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def area(at: AppTest, begins: str) -> str:
    """The key of the text area with such a label."""
    return next(each.key or "" for each in at.text_area if each.label.startswith(begins))


def test_one_is_made_with_the_usual_answers_and_its_counts_are_pasted() -> None:
    at = part()
    assert "还没有满意度问卷。" in words(at)
    at.text_input(key=next(each.key or "" for each in at.text_input if each.label == "问卷名称")).set_value("入户问卷")
    at.text_area(key=area(at, "题目")).set_value("道路\n\n电梯")
    press(at, "建立问卷")
    (found,) = kept()
    assert [(each.text, str(each.weight)) for each in found.questions[1].answers] == [
        ("非常满意", "1"), ("满意", "0.75"), ("一般", "0.5"), ("不满意", "0.25"), ("非常不满意", "0"),
    ]  # fmt: skip
    assert rows_of(at) == [["道路", "—", "—", "—"], ["电梯", "—", "—", "—"]]
    assert "以下题目还没有份数，满意度不能算：道路、电梯" in words(at)
    # 79 % (see tests.core.scoring) and 100 %
    at.text_area(key=area(at, "或粘贴一列份数（共10个")).set_value("50\n30\n10\n6\n4\n90\n0\n0\n0\n0\n")
    press(at, "保存这一列")
    assert rows_of(at) == [
        ["道路", "100", "79.00%", "(50×1 + 30×0.75 + 10×0.5 + 6×0.25 + 4×0) ÷ 100 = 79.00%"],
        ["电梯", "90", "100.00%", "(90×1 + 0×0.75 + 0×0.5 + 0×0.25 + 0×0) ÷ 90 = 100.00%"],
    ]
    said = words(at)
    assert "**满意度89.50%**　2题平均：(79.00% + 100.00%) ÷ 2 = 89.50%" in said
    assert "样本量90份　误差±5%需379份，还差289份　误差±3%需1,026份，还差936份" in said
    assert "**D41 居民满意度：建议5.60分**　居民满意度89.50%，所在档得80.00%：7.00×80.00%=5.60" in said
    assert "得分不会自动改动" in said


def test_counts_are_typed_in_fields_and_what_is_none_is_named() -> None:
    keep(ROADS, LIFT)
    at = part()
    at.text_input(key=key("count_0_1", Q, "1")).set_value("二十")
    at.text_input(key=key("count_1_0", Q, "1")).set_value("-1")
    press(at, "保存份数")
    assert [each.value for each in at.error] == ["份数有2处要改，未保存。"]
    assert "第1题“否”的份数应为不小于0的整数，读到“二十”。" in words(at)
    assert kept()[0].now.revision == 1
    at.text_input(key=key("count_0_1", Q, "1")).set_value("30")
    at.text_input(key=key("count_1_0", Q, "1")).set_value("")
    press(at, "保存份数")
    (found,) = kept()
    assert [[each.count for each in question.answers] for question in found.questions] == [[60, 30], [None, 8]]
    assert rows_of(at)[1] == ["电梯", "—", "—", "—"]


def test_a_column_of_another_length_is_refused_and_stays_in_its_field() -> None:
    keep(ROADS, LIFT)
    at = part()
    field = area(at, "或粘贴一列份数（共4个")
    at.text_area(key=field).set_value("1\n2\n3")
    press(at, "保存这一列")
    assert [each.value for each in at.error] == ["份数有1处要改，未保存。"]
    assert "各题共有4个答案，收到3个数，未保存。" in words(at)
    assert at.text_area(key=field).value == "1\n2\n3"


def test_words_are_changed_and_counts_stay_with_theirs() -> None:
    keep(ROADS, LIFT)
    at = part()
    at.text_area(key=key("questionnaire_questions", Q, "1")).set_value("道路\n绿化")
    at.text_area(key=key("questionnaire_answers", Q, "1")).set_value("是 100%\n一般 0.5\n否 0")
    press(at, "保存题目")
    (found,) = kept()
    assert [(q.text, [a.count for a in q.answers]) for q in found.questions] == [
        ("道路", [60, None, 20]), ("绿化", [None, None, None]),
    ]  # fmt: skip
    at.text_area(key=key("questionnaire_answers", Q, "2")).set_value("是\n否 3")
    press(at, "保存题目")
    assert "答案有2处要改，未保存。" in [each.value for each in at.error]
    assert kept()[0].now.revision == 2


def test_questions_with_answers_of_their_own_keep_them() -> None:
    keep(ROADS, SurveyQuestion("绿化", (SurveyAnswer("好", D(1), 5), SurveyAnswer("差", D(0), 5))))
    at = part()
    assert "要改答案，请下载问卷" in words(at)
    assert "答案权重" not in words(at)
    at.text_area(key=key("questionnaire_questions", Q, "1")).set_value("道路和停车\n绿化")
    press(at, "保存题目")
    assert kept()[0].questions[0] == replace(ROADS, text="道路和停车")
    at.text_area(key=key("questionnaire_questions", Q, "2")).set_value("道路和停车")
    press(at, "保存题目")
    assert "题数不能在这里增减：应为2题，读到1题。" in at.error[0].value.replace("\\", "")


def test_a_file_becomes_a_new_one_or_the_next_version_of_one() -> None:
    keep(ROADS)
    content = "题目,答案,权重,份数\n电梯,是,1,72\n,否,0,8\n合计,,,80\n".encode()
    at = part()
    at.file_uploader[0].set_value(("电梯问卷.csv", content, "text/csv")).run()
    assert "《电梯问卷》共1题。" in words(at)
    assert next(each for each in at.button if each.label == "确认导入").disabled  # the sum has to be seen first
    at.checkbox(key="questionnaire_seen").check().run()
    press(at, "确认导入")
    assert [(each.now.name, each.questions) for each in kept()] == [("入户问卷", (ROADS,)), ("电梯问卷", (LIFT,))]
    at = part()
    at.file_uploader[0].set_value(("电梯问卷.csv", content, "text/csv")).run()
    at.selectbox(key=key("questionnaire_into")).set_value("“入户问卷”的新一版").run()
    at.checkbox(key="questionnaire_seen").check().run()
    press(at, "确认导入")
    assert [(each.now.name, each.now.revision, each.questions) for each in kept()] == [
        ("入户问卷", 2, (LIFT,)), ("电梯问卷", 1, (LIFT,)),
    ]  # fmt: skip


def test_a_file_with_problems_is_not_kept() -> None:
    at = part()
    content = "题目,答案,权重,份数\n电梯,是,2,x\n".encode()
    at.file_uploader[0].set_value(("问卷.csv", content, "text/csv")).run()
    assert "有2处问题，整份文件不会写入。" in at.error[0].value
    assert "确认导入" not in labels(at)
    one_answer = "题目,答案,权重\n电梯,是,1\n".encode()
    at = part()
    at.file_uploader[0].set_value(("问卷.csv", one_answer, "text/csv")).run()
    assert "第1题要有2到20个答案，现有1个。" in words(at)


def test_of_several_one_is_shown_and_a_withdrawn_one_offers_nothing() -> None:
    keep(LIFT)
    keep(ROADS, of="f" * 16, name="第二次问卷")
    at = part()
    at.text_input(key=f"{key('withdraw_questionnaire', Q)}_text").set_value("样本不足")
    press(at, "撤回问卷")
    assert "撤回，理由：样本不足。不再作为建议分的依据；重新保存后恢复。" in at.warning[0].value.replace("\\", "")
    assert "**D41 居民满意度：建议" not in words(at)
    assert "撤回问卷" not in labels(at)
    at = part()  # those that count come first
    assert "**D41 居民满意度：建议3.50分**" in words(at)  # 75 %
    assert at.selectbox(key=key("questionnaire")).options == ["第二次问卷", "入户问卷（已撤回）"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_who_may_not_enter_one_sees_it(lang: str) -> None:
    keep(LIFT, ROADS)
    leader = Actor("browser-lin", "林主任", everywhere(Role.LEADER))
    for actor in (leader, CHEN):
        at = part(actor, lang=lang)
        assert not at.exception
        assert "(90.00% + 75.00%) ÷ 2 = 82.50%" in words(at)
    assert {"新建问卷", "保存份数", "保存题目"}.isdisjoint(labels(part(leader)))
