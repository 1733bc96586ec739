"""What a project has not reported yet and no figure can stand without."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from core.errors import Message
from core.model.key_figure import FillIn
from core.model.project import Delivery, Facts
from core.progress.facts_by_place import INVESTED, PAID
from core.progress.places import not_reported
from core.text import word

Lacking = Literal["money", "homes", "baseline", "funding", "approval", "estimate", "places", "work"]


@dataclass(frozen=True)
class Missing:
    """Something that is not reported, and what cannot be said without it."""

    id: Lacking
    sentence: Message
    fill_in: FillIn
    """How it comes in."""


def missing(facts: Facts) -> tuple[Missing, ...]:
    """List what a project has not reported, in the order in which the pages show it."""
    return tuple(_missing(facts))


def lacks(facts: Facts, name: Lacking) -> Missing | None:
    """Find one of them; None: it is reported."""
    return next((each for each in _missing(facts) if each.id == name), None)


_REPORTED: Mapping[str, Callable[[Delivery], tuple[object, ...]]] = {
    word("开工和完工小区"): lambda each: (each.started, each.finished, each.accepted),
    word("验收合格"): lambda each: (each.qualified,),
    word("满意度"): lambda each: (each.satisfaction,),
}


def work_missing(facts: Facts) -> Missing | None:
    """What nobody reports of the work and its outcome, and what it is needed for; None: all is reported."""
    said = {name: [value for each in facts.deliveries for value in of(each)] for name, of in _REPORTED.items()}
    parts = [name for name, values in said.items() if all(value is None for value in values)]
    if not facts.comparisons:
        parts.append(word("改造前后对比"))
    if not parts:
        return None
    sentence = Message("{parts}未填报，不能判断改造是否做到、居民是否满意。", {"parts": tuple(parts)})
    return Missing("work", sentence, "file")


def money_missing(facts: Facts) -> tuple[Missing, ...]:
    """List what cannot be said of a project's money, why that matters, and how it comes in."""
    found = [each for each in _missing(facts) if each.id in ("money", "baseline", "funding")]
    if not facts.budget_groups:
        found.append(Missing("estimate", Message("缺概算，暂不能算支付占概算的比例和未支付。"), "file"))
    if facts.spend and (silent := not_reported(facts, (PAID, INVESTED))) is not None:
        found.append(Missing("places", silent, "file"))
    return tuple(found)


def chart_missing(facts: Facts) -> tuple[Missing, ...]:
    """List what payment cannot be drawn over time without, of a project that reports money."""
    return tuple(each for each in money_missing(facts) if each.id in ("baseline", "estimate", "places"))


def _missing(facts: Facts) -> Iterator[Missing]:
    if not facts.spend:
        yield Missing("money", Message("缺资金明细表，暂无累计支付。"), "file")
    if not facts.renovation:
        yield Missing("homes", Message("缺受益明细表，暂无受益户数。"), "file")
    if not facts.baselines:
        yield Missing("baseline", Message("缺计划工期，暂不能算进度快慢。"), "entry")
    if not facts.sources:
        yield Missing("funding", Message("缺资金计划，暂不能分资金来源。"), "entry")
    if not facts.project.approval:
        yield Missing("approval", Message("缺批复文号。"), "entry")
