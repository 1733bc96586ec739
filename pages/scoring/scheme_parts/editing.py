"""The form in which a scheme is edited: one item at a time, checked as it is typed, saved as a version of its own."""

from __future__ import annotations

from decimal import Decimal
from zlib import crc32

import streamlit as st

from core.ingest.score_tables.scheme import MOST_CODE, MOST_LABEL, MOST_TEXT, results_warning
from core.model.scorecard import STEPS, Indicator, Scheme
from core.scoring.entry import plain as short
from core.service.manage import scheme_editing
from core.text.numbers import points
from pages.scoring.scheme_parts import draft as drafts
from pages.scoring.scheme_parts import rule_fields
from pages.scoring.scheme_parts.draft import Draft, changed
from pages.shared.choices import apart
from pages.shared.errors import refusal_box
from pages.shared.session import context, project
from pages.shared.words import bullets, plain, say, t

SAVED = "scheme_saved"
"""Key of the session: the edition that was saved here last."""
_HEIGHT = 90


def edition(scheme: Scheme) -> str:
    """A scheme's id and version, as the list of them has it."""
    return f"{scheme.id}@{scheme.version}"


def show(scheme: Scheme, newest: int) -> None:
    """The form for what becomes the version after the newest one.

    What is pressed is done at the end of the run: the fields have been read by then, also one that was just left.
    """
    draft, key = drafts.of(scheme), drafts.whole_key(scheme)
    if newest > scheme.version:
        text = t(
            "已有第{newest}版。以第{version}版为底保存的，不含其后各版的修改。", newest=newest, version=scheme.version
        )
        st.info(plain(text))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        label = t("指标体系名称（改名即另存为新的一套）")
        draft.name = st.text_input(label, draft.name, key=key("name"), max_chars=scheme_editing.MOST_NAME)
        shown = apart(STEPS, lambda each: t("{points}分", points=short(each)))
        draft.step = st.selectbox(
            t("计分单位"), STEPS, STEPS.index(draft.step), format_func=shown, key=key("step"), width=110
        )
        sums = st.empty()
    choice = st.container(horizontal=True, vertical_alignment="bottom")
    with st.container(border=True, key="scheme_item"):
        resized = _item(scheme, draft)
    total = points(sum((item.weight for item in draft.listed), Decimal(0)))
    sums.markdown(plain(t("{count}项，分值合计{total}", count=len(draft.items), total=total)), width="content")
    with choice:
        moved = _choice(draft, key)
    _end(scheme, draft, newest)
    if resized or moved:
        st.rerun()


def _choice(draft: Draft, key: rule_fields.Keys) -> bool:
    """Which item, and what can be done with it as a whole. True where there is something else to be shown."""
    nameless = t("（未命名）")
    names = {
        number: f"{at}. {item.code} {say(item.l3) or nameless}"
        for at, (number, item) in enumerate(draft.items.items(), start=1)
    }
    numbers = list(draft.items)
    # The browser answers with the words of an option: with other words, or another choice, it is another list.
    listed = f"{key('chosen')}/{draft.chosen}/{crc32(repr(names).encode())}"
    show = apart(names, names.__getitem__)
    picked = st.selectbox(t("指标"), numbers, numbers.index(draft.chosen), format_func=show, key=listed, width=420)
    first, last = draft.chosen == numbers[0], draft.chosen == numbers[-1]
    pressed = {
        name: st.button(label, key=key(name), disabled=off)
        for name, label, off in (
            ("add", t("新增指标"), False),
            ("minus", t("新增扣分项"), False),
            ("up", t("上移"), first),
            ("down", t("下移"), last),
            ("remove", t("删除这一项"), len(numbers) == 1),
        )
    }
    if pressed["add"] or pressed["minus"]:
        draft.add(minus=pressed["minus"])
    elif pressed["up"] or pressed["down"]:
        draft.move(-1 if pressed["up"] else 1)
    elif pressed["remove"]:
        draft.remove()
    elif picked != draft.chosen:
        draft.chosen = picked
    else:
        return False
    return True


def _item(scheme: Scheme, draft: Draft) -> bool:
    """The fields of the chosen item, read into the draft. True where a table of its rule has got other rows."""
    item, key = draft.items[draft.chosen], drafts.field_key(scheme)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        code = st.text_input(t("编号"), item.code, key=key("code"), max_chars=MOST_CODE, width=110)
        levels = {
            name: st.text_input(label, getattr(item, name), key=key(name), max_chars=MOST_LABEL)
            for name, label in (("l1", t("一级指标")), ("l2", t("二级指标")), ("l3", t("三级指标")))
        }
        marks = _marks(item, key)
    kind, params, resized = rule_fields.fields(key, item.kind, item.params)
    texts = {
        "rule": st.text_area(t("评分标准"), item.rule, key=key("rule"), max_chars=MOST_TEXT, height=_HEIGHT),
        "inputs": st.text_input(t("数据来源"), item.inputs, key=key("inputs"), max_chars=MOST_TEXT),
        "evidence_needed": st.text_input(
            t("所需佐证"), item.evidence_needed, key=key("evidence_needed"), max_chars=MOST_TEXT
        ),
    }
    texts = {name: text.strip() for name, text in (levels | texts).items()}
    draft.put(draft.chosen, changed(item, code=code.strip(), kind=kind, params=params, **marks, **texts))
    return resized


def _marks(item: Indicator, key: rule_fields.Keys) -> dict[str, Decimal]:
    """Full marks; of a 扣分项 what it takes off at most."""
    if item.minus:
        most = rule_fields.number(t("最多扣分"), key("least"), -item.least, min_value=0.0, max_value=100.0, step=0.5)
        return {"least": -(most or Decimal(0))}
    marks = rule_fields.number(t("分值"), key("weight"), item.weight, min_value=0.0, max_value=100.0, step=0.5)
    return {"weight": marks or Decimal(0)}


def _end(scheme: Scheme, draft: Draft, newest: int) -> None:
    """What has to be put right, and the buttons."""
    key = drafts.whole_key(scheme)
    problems = scheme_editing.problems_of(draft.name, draft.listed)
    if problems:
        st.warning(plain(t("还不能保存：")) + "\n\n" + bullets(problems))
    elif (unusual := results_warning((item.l1, item.weight) for item in draft.listed)) is not None:
        st.caption(plain(say(unusual)))
    untouched = (draft.listed, draft.name.strip(), draft.step) == (scheme.indicators, scheme.name, scheme.step)
    with st.container(horizontal=True):
        save = st.button(t("保存为新版本"), type="primary", disabled=bool(problems) or untouched, key=key("save"))
        drop = st.button(t("放弃修改"), disabled=untouched, key=key("drop"))
    if save and not problems:
        with refusal_box():
            made = scheme_editing.save(
                context(), project(), scheme.id, scheme.version, newest, draft.name, draft.listed, draft.step
            )
            st.session_state[SAVED] = edition(made)
            drafts.drop(scheme)
        st.rerun()
    if drop:
        drafts.drop(scheme)
        st.rerun()
