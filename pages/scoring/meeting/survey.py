"""满意度问卷: what was answered with its arithmetic, the sample held against the needed one, the points it suggests."""

from __future__ import annotations

import streamlit as st

from core.ingest.score_tables.questionnaire import HEADINGS
from core.model.rights import Deed
from core.scoring.questionnaires import answered, arithmetic, mean_arithmetic, offered, rate, uncounted
from core.service.scoring import questionnaires
from core.service.scoring.questionnaires import QuestionnaireView
from core.service.scoring.rounds import RoundView
from core.text import how_computed
from core.text.file_text import file_stem
from core.text.numbers import MISSING, count, number, of_fraction, percent, points
from pages.scoring import choose
from pages.scoring.meeting import ask, survey_entry
from pages.shared import chips, state, tables
from pages.shared.choices import apart
from pages.shared.download import download_table
from pages.shared.empty import empty
from pages.shared.reads import read_own
from pages.shared.session import context, key_of, may, project
from pages.shared.who import named
from pages.shared.words import plain, say, t

SCORECARD = "pages/scoring/scorecard.py"
FEW = 3
"""Versions that are told at once; of more, the newest."""


def show(view: RoundView) -> None:
    """One questionnaire of the project at a time; for those who may, the ways to enter it."""
    found = {each.now.questionnaire: each for each in read_own(questionnaires.shown, project())}
    writable = may(Deed.ANSWER)
    if writable:
        survey_entry.new(tuple(found.values()))
    if not found:
        empty(t("还没有满意度问卷。录入或导入后，这里列出各题满意度和样本量，并给满意度指标提供建议分。"))
        return
    chosen = next(iter(found))
    if len(found) > 1:
        show_name = apart(found, lambda each: _name(found[each]))
        chosen = st.selectbox(t("问卷"), list(found), format_func=show_name, key=key_of("questionnaire"), width=320)
    _one(view, found[chosen], writable)


def _name(each: QuestionnaireView) -> str:
    return each.now.name if each.withdrawn is None else t("{name}（已撤回）", name=each.now.name)


def _one(view: RoundView, found: QuestionnaireView, writable: bool) -> None:
    now = found.now
    st.markdown(f"## {plain(now.name)}")
    if now.asked_on is not None:
        st.caption(plain(t("调查日期：{day}", day=now.asked_on)))
    if found.withdrawn is not None:
        st.warning(plain(t("{said}。不再作为建议分的依据；重新保存后恢复。", said=found.withdrawn)))
    _questions(found)
    _result(found)
    if found.withdrawn is None:
        _offers(view, found)
    if writable:
        survey_entry.edit(found)
    _foot(found, writable)


def _questions(found: QuestionnaireView) -> None:
    headings = [t("题目"), t("有效答卷"), t("满意度"), t("怎么算")]
    rows = []
    for each in found.questions:
        share = rate(each)
        known = None if share is None else of_fraction(share)
        rows.append([each.text, count(answered(each)), percent(known), arithmetic(each)])
    tables.rows(headings, rows, border="horizontal")
    shares = tuple(
        t("{answer}{weight}", answer=each.text, weight=number(each.weight)) for each in found.questions[0].answers
    )
    if survey_entry.alike(found.questions):
        st.caption(plain(t("答案权重：{shares}", shares=shares)))


def _result(found: QuestionnaireView) -> None:
    figure = found.satisfaction
    whole = t("满意度{value}", value=percent(figure.number))
    st.markdown(f"**{plain(whole)}**　{plain(_made_of(found))}")
    st.markdown(plain(_sample(found)))
    how = st.expander(t("怎么算"), on_change="rerun", key=key_of("how_questionnaire", found.now.questionnaire))
    if how.open:
        with how:
            tables.how(how_computed.rows((figure, *found.needed), state.language()))
            st.caption(
                plain(
                    t(
                        "各题满意度＝各答案份数×权重之和÷有效答卷；总满意度取各题平均，各题同等看待。"
                        "样本量取答卷最少的一题；需要的份数按受益户数、置信度95%、最不利的比例0.5计算，假定随机抽样。"
                    )
                )
            )


def _made_of(found: QuestionnaireView) -> str:
    missing = uncounted(found.questions)
    if missing:
        return t("以下题目还没有份数，满意度不能算：{questions}", questions=missing)
    made = mean_arithmetic(found.questions)
    if len(found.questions) == 1:
        return made
    return t("{count}题平均：{arithmetic}", count=len(found.questions), arithmetic=made)


def _sample(found: QuestionnaireView) -> str:
    if found.sample is None:
        return t("样本量{sample}", sample=MISSING)
    have = count(found.sample)
    if not found.enough:
        return t("样本量{sample}份；没有受益户数，需要多少份不能算", sample=have)
    return "　".join([t("样本量{sample}份", sample=have), *map(say, found.enough)])


def _offers(view: RoundView, found: QuestionnaireView) -> None:
    """What the rules of this round's scheme make of it; points move where a person takes them, nowhere else."""
    items = offered(view.sheets[0].sheet.scheme.indicators, found.satisfaction)
    seen = next((s for s in (view.mine, view.panel, *view.sheets) if s is not None and s.hidden is None), None)
    if not items:
        return
    with st.container(border=True, key="questionnaire_offers"):
        for item, suggestion in items:
            with st.container(horizontal=True, vertical_alignment="center"):
                name = choose.item_names(view.sheets[0].sheet.scheme)[item.code]
                head = t("{item}：建议{points}分", item=name, points=points(suggestion.points))
                st.markdown(f"**{plain(head)}**　{plain(say(suggestion.sentence))}", width="content")
                if seen is not None:
                    chips.lead(SCORECARD, t("打开评分表"), round=view.id, sheet=seen.sheet.id)
        st.caption(plain(t("得分不会自动改动：在评分表该项的“建议分”处点“采用建议分”，才会写入。")))


def _foot(found: QuestionnaireView, writable: bool) -> None:
    here = project()
    with st.container(horizontal=True, vertical_alignment="center", key="questionnaire_foot"):
        rows = [
            [question.text, each.text, f"{each.weight:f}", "" if each.count is None else str(each.count)]
            for question in found.questions
            for each in question.answers
        ]
        download_table(t("下载问卷（CSV）"), list(map(say, HEADINGS)), rows, file_stem(found.now.name))
        if writable and found.withdrawn is None:
            name, label = found.now.questionnaire, t("撤回问卷")
            if named(label, f"withdraw_{name}"):
                ask.reason(
                    label,
                    key_of("withdraw_questionnaire", name),
                    lambda why: questionnaires.withdraw(context(), here, name, why),
                )
    st.caption("　".join(plain(say(each)) for each in found.saved[-FEW:]))
