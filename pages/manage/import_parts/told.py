"""提醒记录：what was told of the project by mail and group robots, a column a channel, with the results."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from core.service.base.moments import day_and_time
from core.service.manage import notices
from core.service.manage.notices import SendingLine
from pages.shared import listing, styles, tables
from pages.shared.session import context
from pages.shared.words import plain, say, t

AT_ONCE = 20
"""Notices on a page of the list."""
PAGE = "told_page"


def lines(here: str) -> tuple[SendingLine, ...]:
    """The list, asked anew each time: how a sending stands changes with the clock, too."""
    return notices.told(context(), here)


def show(told: tuple[SendingLine, ...]) -> None:
    """The list, the newest first; nothing is sent from here."""
    st.caption(plain(t("由服务器上的notify命令发送；没发成的会再试，不知是否发出的由人核实。")))
    channels = {each.channel: say(notices.channel(each)) for each in reversed(told)}
    every = [list(each) for _, each in groupby(told, key=lambda line: line.notice.key)]
    pages = -(-len(every) // AT_ONCE)
    page = min(int(st.session_state.get(PAGE, 1)), max(pages, 1))
    headings = [t("提醒"), *channels.values(), t("时间")]
    cells = [_cells(each, list(channels)) for each in every[(page - 1) * AT_ONCE : page * AT_ONCE]]
    with st.container(key="lines_told"):
        styles.stacked("lines_told", headings)
        tables.rows(headings, cells)
    found = t("共{count}条", count=len(every))
    listing.foot(found, headings, cells, t("提醒记录"), key="told_foot", pages=pages, page_key=PAGE)


def _cells(of_notice: list[SendingLine], channels: list[str]) -> list[str]:
    first, by_channel = of_notice[0], {each.channel: each for each in of_notice}
    results = [_result(by_channel[each]) if each in by_channel else "" for each in channels]
    return [say(first.notice.text), *results, day_and_time(first.made_at)]


def _result(line: SendingLine) -> str:
    """What became of it, with the reason where there is one."""
    result = say(notices.result(line))
    return t("{result}：{why}", result=result, why=say(line.said)) if line.said is not None else result
