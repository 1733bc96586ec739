"""Sources of money by their whole names: special bond, the district's own budget, any other under its own name."""

from __future__ import annotations

import re

_BOND = re.compile(r"(?:地方)?(?:政府)?(?:新增|再融资)?(?:地方)?(?:政府)?专项债券?(?:资金|收入)?")
_BUDGET = re.compile(
    r"(?:本级|本区|本县|区本级|县本级|区级?|县级?)?(?:财政|一般公共预算|预算内?)(?:性|内)?"
    r"(?:预算|配套|自有|自筹|安排|拨款)*(?:资金)?"
)
"""The district's own budget: money of the province or the state is another kind."""


def kind_of(name: str) -> str:
    """bond, budget, or the name itself. `name`: without blanks and remarks."""
    return "bond" if _BOND.fullmatch(name) else "budget" if _BUDGET.fullmatch(name) else name
