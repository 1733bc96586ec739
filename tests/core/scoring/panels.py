"""Small panels for tests: ballots from points by code, a panel from full marks by code."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st

from core.model.scorecard import GradeScheme, Scheme, ScoreEvent, Status
from core.scoring.consensus import Ballot, Panel, Rule
from tests.core.scoring.sheets import MOF, event, indicator

unhurried = settings(deadline=None)
"""A busy machine is no failure."""

ABCD = {"A": "40", "B": "30", "C": "20", "D": "10"}


def ballot(
    name: str,
    scores: Mapping[str, str | Status],
    recused: Collection[str] = (),
    assigned: Collection[str] | None = None,
) -> Ballot:
    def made(code: str, score: str | Status) -> ScoreEvent:
        return event(code, None, score) if isinstance(score, Status) else event(code, score)

    events = {code: made(code, s) for code, s in scores.items()}
    return Ballot(name, f"{name}工", events, frozenset(recused), None if assigned is None else frozenset(assigned))


def panel(
    full_marks: Mapping[str, str],
    *ballots: Ballot,
    rule: Rule = Rule.MEAN,
    chief: Ballot | None = None,
    grades: GradeScheme = MOF,
) -> Panel:
    scheme = Scheme("s", 1, "方案", tuple(indicator(code, weight) for code, weight in full_marks.items()))
    return Panel(scheme, grades, ballots, rule, chief)


# 90, 89 and 87 points; the means are 36, 27, 17 and 8.67, the medians 36, 27, 18 and 9
WANG = ballot("王", {"A": "36", "B": "27", "C": "18", "D": "9"})
LI = ballot("李", {"A": "38", "B": "24", "C": "20", "D": "7"})
ZHAO = ballot("赵", {"A": "34", "B": "30", "C": "13", "D": "10"})


@st.composite
def panels(draw: st.DrawFn, fewest: int = 1, most: int = 6, whole: bool = False) -> Panel:
    """Panels of a few evaluators on a few items, with open items, 不适用 and 回避 unless `whole`."""
    sizes = draw(st.lists(st.integers(1, 40), min_size=1, max_size=5))
    full_marks = {f"I{i}": str(size) for i, size in enumerate(sizes)}
    ballots = []
    for k in range(draw(st.integers(fewest, most))):
        scores: dict[str, str | Status] = {}
        for code, size in full_marks.items():
            # A coarse grid beside the fine one, so that ties come up.
            points = st.one_of(st.decimals(0, size, places=2), st.integers(0, int(size)).map(Decimal)).map(str)
            odd = st.sampled_from([Status.NOT_APPLICABLE, Status.EVIDENCE_MISSING, Status.UNSCORED])
            scores[code] = draw(points if whole else st.one_of(points, points, points, odd))
        recused = () if whole else draw(st.sets(st.sampled_from(sorted(full_marks)), max_size=1))
        ballots.append(ballot(str(k), scores, recused))
    rule = draw(st.sampled_from([Rule.MEAN, Rule.MEDIAN, Rule.TRIMMED_MEAN]))
    return panel(full_marks, *ballots, rule=rule)
