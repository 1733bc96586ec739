"""Figure of what each street was paid, where there is no estimate to set it against."""

from __future__ import annotations

from core.errors import Message
from core.figures.figure import Bars, Figure, by_street, of_project
from core.model.measure import Measures
from core.model.project import Facts
from core.text import word
from core.text.amounts import cell, exact, headed


def paid_by_street(facts: Facts, m: Measures) -> Figure:
    """Payments of each street, sorted, from zero."""
    whole, each = m.one("paid"), m.each("paid")
    return of_project(
        facts,
        "paid",
        Message("各街镇累计支付"),
        Message("累计支付{paid}", {"paid": exact(whole.number)}),
        word("万元"),
        Message("累计支付；概算未填报，不能算占比"),
        Bars(Message("各街镇累计支付"), tuple(by_street(facts, each))),
        (word("街镇"), headed(word("累计支付"))),
        [*((x.place or "", cell(x.number)) for x in each), (word("合计"), cell(whole.number))],
        (*each, whole),
    )
