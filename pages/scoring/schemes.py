"""指标体系: the items of a scheme with their rules in words, and for a chief the form that makes its next version."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

import streamlit as st

from core.model.rights import Deed
from core.model.scorecard import FINEST, Scheme
from core.scoring.entry import plain as short
from core.service.manage import scheme_files
from core.service.scoring import rounds
from core.text.numbers import points
from pages.scoring.scheme_parts import editing, rule_fields
from pages.shared import chips, filters, script_run, state, styles, tables
from pages.shared.choices import apart
from pages.shared.empty import no_file
from pages.shared.reads import read, read_own
from pages.shared.session import key_of, may, project
from pages.shared.who import named, who
from pages.shared.words import plain, say, t


def _listed(scheme: Scheme) -> None:
    """Every item on a line, in a table for each group of level 1."""
    if scheme.step != FINEST:
        st.caption(plain(t("按{step}分一档打分。", step=short(scheme.step))))
    headings = [t("编号"), t("指标"), t("分值"), t("计分规则"), t("评分标准")]
    styles.stacked("scheme_items", headings)
    for name, items in groupby(scheme.indicators, lambda item: item.l1):
        group = list(items)
        marks = points(sum((item.weight for item in group), Decimal(0)))
        heading = t("{name}（{points}分）", name=say(name), points=marks)
        st.markdown(f"**{plain(heading)}**")
        tables.rows(
            headings,
            [
                [
                    item.code,
                    say(item.l3) if item.l2 == item.l1 else f"{say(item.l2)} · {say(item.l3)}",
                    points(item.least if item.minus else item.weight),
                    rule_fields.in_words(item.kind, item.params),
                    say(item.rule) or "—",
                ]
                for item in group
            ],
        )


def _of_rounds() -> str | None:
    """The scheme of the project's last round."""
    last = next(
        (view.sheets[0].sheet.scheme for view in reversed(read_own(rounds.rounds, project())) if view.sheets), None
    )
    return None if last is None else editing.edition(last)


filters.head(t("指标体系"))
known = {editing.edition(each): each for each in read(scheme_files.schemes)}
if not known:
    no_file(t("还没有指标体系。请在“数据导入”导入一套，或导入一张评分表。"))
    who()
    script_run.end()

saved = st.session_state.get(editing.SAVED)
with st.container(horizontal=True, vertical_alignment="bottom", key="schemes_bar"):
    # With each new version the list begins anew, with the one that was just saved.
    chosen = st.selectbox(
        t("指标体系"), list(known), list(known).index(saved if saved in known else _of_rounds() or next(iter(known))),
        format_func=apart(known, lambda key: f"{say(known[key].name)} v{known[key].version}"),
        key=key_of("scheme", str(len(known))), width=420, label_visibility="collapsed",
    )  # fmt: skip
    chips.lead("pages/scoring/panel.py", t("专家评议"))
    who()
scheme = known[chosen]
if chosen == saved:
    st.success(plain(t("已保存为第{version}版。新的一轮可以选用；已有的评分不变。", version=scheme.version)))
change = t("修改")
edits = may(Deed.CHAIR) and named(change, "edit_scheme")
if edits and state.choose_part(t("方式"), "schemes", {"look": t("查看"), "edit": change}) == "edit":
    editing.show(scheme, max(each.version for each in known.values() if each.id == scheme.id))
else:
    with st.container(key="scheme_items"):
        _listed(scheme)
