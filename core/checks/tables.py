"""Checks of the layout of the two tables: serial numbers and merged cells."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from core.checks.finding import Finding
from core.errors import Message
from core.model.project import Facts
from core.progress import quotient
from core.progress.arithmetic import sum_if_known, sum_of
from core.progress.facts_by_place import joined, span
from core.text import numbers, word
from core.text.amounts import exact, said


def _serial(raw: str) -> str:
    """The serial as it would be joined on: without blanks and a trailing dot."""
    text = raw.strip().rstrip(".、．")
    return str(int(text)) if text.isdecimal() else text


def _serials(raw: Iterable[str]) -> list[str]:
    """The serials of a table; nothing where it has no such column."""
    found = [_serial(each) for each in raw]
    return found if any(found) else []


def serials(facts: Facts) -> Finding | None:
    """3: the serial numbers run 1, 2, 3 …; joined on doubled ones, money would be counted twice.

    None where no row has one: a table without that column has nothing to be numbered wrongly.
    """
    spend, renovation = (_serials(line.serial_raw for line in lines) for lines in (facts.spend, facts.renovation))
    if not spend and not renovation:
        return None
    figures: list[tuple[str, str | Message]] = [
        (name, ",".join(serial or numbers.MISSING for serial in column))
        for name, column in ((word("资金明细表序号"), spend), (word("受益明细表序号"), renovation))
        if column
    ]
    title = Message("序号")
    source = joined([span([line.source for line in facts.spend]), span([line.source for line in facts.renovation])])
    if all(column == [str(number) for number in range(1, len(column) + 1)] for column in (spend, renovation)):
        return Finding("3", "P", title, Message("两表序号从1起连续编号。"), tuple(figures), source)
    paid = sum_if_known(line.paid for line in facts.spend)
    joinable = zip(facts.spend, spend, strict=True) if spend and paid is not None else ()
    doubled = sum_of((line.paid or Decimal(0)) * renovation.count(serial) for line, serial in joinable)
    params: dict[str, object] = {
        "serials": figures[0][1],
        "paid": exact(paid),
        "joined": exact(doubled),
    }
    if spend and renovation and paid is not None and doubled != paid:
        figures += [(word("累计支付"), said(paid)), (word("按序号连接后"), said(doubled))]
        message = Message(
            "序号为{serials}，有重号或缺号；若按序号连接两表，累计支付{paid}会变成{joined}。"
            "本系统按街镇名称连接，保留原序号。",
            params,
        )
    else:
        message = Message("序号为{serials}，不是从1起连续编号。本系统按街镇名称连接，保留原序号。", params)
    return Finding("3", "W", title, message, tuple(figures), source)


def merged_estimate(facts: Facts) -> Finding | None:
    """4: an approved amount over several places must not be read row by row. None without any amount or row."""
    groups = facts.budget_groups
    if not groups or not facts.spend:
        return None
    title = Message("概算的合并单元格")
    source = joined(group.source for group in groups)
    estimate = sum_of(group.amount for group in groups)
    covered = {place for group in groups for place in group.places}
    bare = [line.place for line in facts.spend if line.place not in covered]
    figures: list[tuple[str, str | Message]] = [(word("概算"), said(estimate))]
    if bare:
        message = Message("{places}的概算单元格为空，也不在任何合并单元格内，请向单位核实。", {"places": tuple(bare)})
        figures.append((word("无概算的街镇"), Message("{places}", {"places": tuple(bare)})))
        return Finding("4", "Q", title, message, tuple(figures), source)
    merged = [group for group in groups if len(group.places) > 1]
    if not merged:
        message = Message("概算已分解到{count}个街镇。", {"count": len(covered)})
        return Finding("4", "P", title, message, tuple(figures), source)
    by_row = sum_of(group.amount * len(group.places) for group in groups)
    first = merged[0]
    place = first.places[0]
    paid = sum_if_known(line.paid for line in facts.spend if line.place == place)
    rate = numbers.percent(quotient(paid, first.amount), 1)
    first_row = Message("{place}{rate}", {"place": place, "rate": rate})
    figures += [(word("逐行读取"), said(by_row)), (word("只读首行的“执行率”"), first_row)]
    message = Message(
        "概算{amount}是{count}个街镇共用的合并单元格，未分解到街镇：逐行读取会变成{by_row}，"
        "只读首行则{place}得{rate}、其余街镇没有。",
        {
            "amount": exact(first.amount),
            "count": len(first.places),
            "by_row": exact(by_row),
            "place": place,
            "rate": rate,
        },
    )
    return Finding("4", "W", title, message, tuple(figures), source)
