"""The fields of an item's rule, by its kind, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from core.scoring import rule_form
from core.scoring.read_rule import KINDS, NO_RULE
from core.scoring.rule_figures import FIGURES, label, printed_unit
from core.scoring.rule_form import FORMS, RuleField
from pages.shared.choices import apart
from pages.shared.words import plain, say, t

Keys = Callable[[str], str]
FREE = "free"
"""The choice of an item without a rule."""
_SHORT = 150
_FIGURE = 240
MOST_ROWS = 9
FEWEST_ROWS = 2


def fields(key: Keys, kind: str, params: Mapping[str, Any]) -> tuple[str, dict[str, Any], bool]:
    """Draw those of a rule; (kind, params) as they say now, and whether a table of it has got other rows by it."""
    now = FREE if kind == NO_RULE and not params else kind
    kinds = {**{name: say(each.called) for name, each in KINDS.items()}, FREE: t("不定规则，由评价人判断")}
    show = apart(kinds, kinds.__getitem__)
    chosen = st.selectbox(
        t("计分规则"), list(kinds), list(kinds).index(now), format_func=show, key=key("kind"), width=_FIGURE
    )
    if chosen == FREE:
        return NO_RULE, {}, False
    begins = params if chosen == now else rule_form.begun(chosen)
    before = rule_form.typed_of(chosen, begins)
    typed: dict[str, Any] = {}
    other = False
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for field in FORMS[chosen]:
            if field.holds not in _TABLES:
                typed[field.name] = _field(key(f"{chosen}_{field.name}"), field, before[field.name])
    for field in FORMS[chosen]:
        if field.holds in _TABLES:
            rows = before[field.name] or []
            own = key(f"{chosen}_{field.name}_{len(rows)}")
            st.markdown(f"**{plain(say(field.label))}**")
            given = _TABLES[field.holds](own, rows, typed)
            typed[field.name] = _resized(own, given)
            other = other or len(typed[field.name]) != len(given)
    return chosen, (dict(begins) if typed == before else rule_form.params_of(chosen, typed, begins)), other


def number(label: str, key: str, value: Decimal | None, **more: Any) -> Decimal | None:
    """A field of a number with two decimals; a longer one stays as it was until another is typed."""
    shown = None if value is None else round(float(value), 2)
    typed = st.number_input(label, value=shown, key=key, width=_SHORT, **more)
    if typed is None or typed == shown:
        return None if typed is None else value
    return rule_form.plain(Decimal(f"{typed:.2f}"))


def _field(key: str, field: RuleField, value: Any) -> Any:
    name = say(field.label)
    match field.holds:
        case "count":
            return number(name, key, value, min_value=1.0, step=1.0, format="%.0f")
        case "percent":
            return number(t("{name}（%）", name=name), key, value, min_value=0.0, step=1.0)
        case "points":
            return number(t("{name}（分）", name=name), key, value, min_value=0.0, step=0.5)
        case "figure":
            known = [each for each in FIGURES if each not in ("ticks", "faults", "answers")]
            options = [*([] if field.needed else [None]), *known, *([value] if value and value not in known else [])]
            show = apart(options, lambda each: "—" if each is None else say(label(each)))
            return st.selectbox(name, options, options.index(value), format_func=show, key=key, width=_FIGURE)
        case "unit":
            options = list(dict.fromkeys([*rule_form.UNITS, value or ""]))
            show = apart(options, lambda each: say(printed_unit(each)) if each else "—")
            return st.selectbox(name, options, options.index(value or ""), format_func=show, key=key, width=_SHORT)
        case "direction":
            ways = {"more": t("越大越好"), "less": t("越小越好")}
            options = list(ways)
            return st.selectbox(
                name, options, options.index(value), format_func=apart(ways, ways.__getitem__), key=key, width=_SHORT
            )
    return st.text_input(name, value or "", key=key, width=_FIGURE, max_chars=100).strip() or None


def _resized(key: str, rows: list[list[Any]]) -> list[list[Any]]:
    """The rows after the buttons under them: one more, or one fewer, above the last."""
    with st.container(horizontal=True):
        more = st.button(t("加一档"), key=f"{key}_more", disabled=len(rows) >= MOST_ROWS)
        fewer = st.button(t("减一档"), key=f"{key}_fewer", disabled=len(rows) <= FEWEST_ROWS)
    *above, last = rows
    if more:
        return [*above, [None] * len(last), last]
    return [*above[:-1], last] if fewer else rows


def _bands(key: str, rows: Sequence[Sequence[Any]], typed: Mapping[str, Any]) -> list[list[Any]]:
    """[edge, per cent] a band, the best first; the last one has no edge."""
    unit = say(printed_unit(typed.get("unit") or ""))
    said = t("达到（{unit}）", unit=unit) if typed["better"] == "more" else t("不超过（{unit}）", unit=unit)
    found = []
    for at, (edge, share) in enumerate(rows):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if at == len(rows) - 1:
                st.markdown(plain(t("其余")), width=_SHORT)
                value = None
            else:
                value = number(said, f"{key}_{at}_edge", edge, step=1.0)
            found.append([value, number(t("得分（%）"), f"{key}_{at}_share", share, min_value=0.0, max_value=100.0)])
    return found


def _levels(key: str, rows: Sequence[Sequence[Any]], _: Mapping[str, Any]) -> list[list[Any]]:
    """[name, highest, lowest per cent] a level, the best first."""
    found = []
    for at, (name, high, low) in enumerate(rows):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            found.append(
                [
                    st.text_input(t("档名"), name, key=f"{key}_{at}_name", width=_SHORT, max_chars=20),
                    number(t("最高（%）"), f"{key}_{at}_high", high, min_value=0.0, max_value=100.0),
                    number(t("最低（%）"), f"{key}_{at}_low", low, min_value=0.0, max_value=100.0),
                ]
            )
    return found


def _weights(key: str, rows: Sequence[Sequence[Any]], _: Mapping[str, Any]) -> list[list[Any]]:
    """[per cent] an answer, the best first."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        return [
            [number(t("第{number}档（%）", number=at + 1), f"{key}_{at}", share, min_value=0.0, max_value=100.0)]
            for at, (share,) in enumerate(rows)
        ]


_TABLES: Mapping[str, Callable[[str, Sequence[Sequence[Any]], Mapping[str, Any]], list[list[Any]]]] = {
    "bands": _bands,
    "levels": _levels,
    "weights": _weights,
}


def in_words(kind: str, params: Mapping[str, Any]) -> str:
    """The kind of an item's rule, as a list has it."""
    return "—" if kind == NO_RULE and not params else say(KINDS[kind].called)
