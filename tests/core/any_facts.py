"""Projects of every shape for hypothesis: rows that are missing or doubled, odd dates, amounts of 0."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from core.model.project import Baseline, BudgetGroup, Claim, Facts, Funding, FundingSource, SourceMoney
from tests.core.lingang import FACTS, renovation, spend

D = Decimal

AMOUNTS = st.decimals(0, 10**6, places=2)
VALUES = st.none() | st.sampled_from([D(0), D(1), D(2), D(2025)]) | st.decimals(-(10**9), 10**9, places=6)
TEXTS = st.sampled_from(["", " ", "在建", "{x}"])
CLAIMS = sorted(
    {claim.id for claim in FACTS.claims} - {"utilisation"}
    | {"satisfaction_value", "satisfaction_method", "bond_interest", "bond_issued", "evaluator", "version"}
)
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@st.composite
def any_facts(draw: st.DrawFn) -> Facts:
    places = tuple(draw(st.lists(st.sampled_from("甲乙丙丁戊"), unique=True, max_size=5)))
    money_rows = draw(st.lists(st.tuples(st.sampled_from(places), AMOUNTS), max_size=6)) if places else []
    homes = st.tuples(st.sampled_from(places), *[st.integers(0, 10**5)] * 3, AMOUNTS) if places else st.nothing()
    home_rows = draw(st.lists(homes, max_size=6)) if places else []
    groups = draw(st.lists(st.tuples(AMOUNTS, st.sets(st.sampled_from((*places, "己")))), max_size=3))
    both: tuple[FundingSource, ...] = ("bond", "budget")
    sources = draw(st.lists(st.sampled_from(both), unique=True, max_size=2))
    kinds = st.tuples(st.sampled_from((None, *places)), st.sampled_from(("bond", "居民自筹", "中央补助", "")))
    by_place = draw(st.lists(st.tuples(kinds, *[st.none() | AMOUNTS] * 3), max_size=4, unique_by=lambda row: row[0]))
    return Facts(
        project=FACTS.project,
        batch="b",
        as_of=draw(DAYS),
        places=places,
        budget_groups=tuple(BudgetGroup(str(n), a, tuple(sorted(p)), "表") for n, (a, p) in enumerate(groups)),
        funding=tuple(
            Funding(each, each, draw(AMOUNTS), draw(AMOUNTS), draw(st.none() | AMOUNTS), D(1), "节") for each in sources
        ),
        spend=tuple(spend(place, str(amount), "1") for place, amount in money_rows),
        renovation=tuple(renovation(p, c, b, h, str(a), "1") for p, c, b, h, a in home_rows),
        baselines=tuple(
            Baseline(str(n), draw(DAYS), draw(DAYS), draw(st.booleans()), "节") for n in range(draw(st.integers(0, 2)))
        ),
        claims=(
            Claim("utilisation", draw(st.none() | st.decimals(0, 1, places=4)), "", "节"),
            *(Claim(name, draw(VALUES), draw(TEXTS), "节") for name in draw(st.sets(st.sampled_from(CLAIMS)))),
        ),
        source_money=tuple(SourceMoney(place, source, source, "表", *flows) for (place, source), *flows in by_place),
    )
