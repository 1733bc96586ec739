"""资金查验 as evidence of 资金使用合规性 (B13): what the ledger of payments shows stands beside the suggestion."""

from __future__ import annotations

from dataclasses import replace

from core.checks.payments import summary
from core.errors import Message
from core.model.project import Facts
from core.model.scorecard import Indicator
from core.scoring import Suggestion
from core.service.base.ledger import ledger_of
from core.service.base.reference import reference
from core.store.database import Store

PROVES = "资金使用合规性"
"""The indicator, as every scheme calls it."""


def with_ledger(store: Store, facts: Facts, indicator: Indicator, suggestion: Suggestion) -> Suggestion:
    """The suggestion with what the ledger shows behind its sentence; as it is without a ledger."""
    if indicator.l3 != PROVES or (ledger := ledger_of(store, facts)) is None:
        return suggestion
    params = {"sentence": suggestion.sentence, "shown": summary(facts, ledger, reference())}
    return replace(suggestion, sentence=Message("{sentence}；{shown}", params))
