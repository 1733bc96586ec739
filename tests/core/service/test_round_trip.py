"""What is downloaded to be edited reads back the same, whatever the figures and names are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from core.briefing.data_sheet import data_xlsx
from core.ingest.claims import find_claims, find_stated
from core.ingest.document import read_document
from core.ingest.facts import Reading, read_facts
from core.model.project import Arrival, BudgetGroup, Community, Delivery, Facts, Milestone
from tests.core.lingang import FACTS
from tests.core.service.test_import_files import known

D = Decimal
MONEY = st.decimals(0, 10**7, places=6)
AREA = st.decimals(0, 999, places=2)
SHARE = st.none() | st.decimals(0, 1, places=4)
FEW = st.none() | st.integers(0, 5)
COUNT = st.integers(0, 10**5)
DAYS = st.dates(date(2000, 1, 1), date(2024, 12, 31))
NAMES = st.text(st.sampled_from("=+-@'\"<*甲乙丙村1"), min_size=1, max_size=6).map(lambda text: f"{text}园")


@st.composite
def filled(draw: st.DrawFn) -> Facts:
    """The shipped project with other figures, some of the optional tables and any split of the approved amounts."""
    places = FACTS.places
    cut = draw(st.integers(1, len(places)))
    parts = [part for part in (places[:cut], places[cut:]) if part]
    groups = tuple(BudgetGroup(f"g{n}", draw(MONEY), part, "") for n, part in enumerate(parts))
    of_place = {place: group.id for group in groups for place in group.places}
    changes = st.none() | st.decimals(-(10**6), 10**6, places=6)
    work = [
        Delivery(
            place, "", draw(SHARE), draw(FEW), draw(FEW), draw(FEW), draw(SHARE), None,
            *(draw(FEW) for _ in range(4)), draw(st.none() | MONEY), draw(changes),
        )
        for place in draw(st.sets(st.sampled_from(places)))
    ]  # fmt: skip
    arrivals = draw(
        st.lists(st.builds(Arrival, st.sampled_from(("bond", "budget")), DAYS, MONEY, st.just("")), max_size=3)
    )
    marks = [
        Milestone(name, draw(st.none() | DAYS), draw(DAYS), "", draw(st.none() | st.sampled_from(places)))
        for name in draw(st.sets(st.sampled_from(("批复", "开工", "竣工"))))
    ]
    return replace(
        FACTS,
        budget_groups=groups,
        spend=tuple(
            replace(line, invested=draw(MONEY), paid=draw(MONEY), budget_group=of_place[line.place])
            for line in FACTS.spend
        ),
        renovation=tuple(
            replace(line, buildings=draw(COUNT), households=draw(COUNT), area=draw(AREA)) for line in FACTS.renovation
        ),
        deliveries=tuple(row for place in places for row in work if row.place == place and _says(row)),
        arrivals=tuple(arrivals),
        milestones=tuple(marks),
    )


def _says(row: Delivery) -> bool:
    return any(value is not None for name, value in vars(row).items() if name not in ("place", "source", "raw"))


def read_back(content: bytes, before: Facts) -> Reading:
    document = read_document("现有数据.xlsx", content)
    assert document.problems == ()
    return read_facts(
        document,
        project=before.project.id,
        batch="again",
        as_of=None,
        today=date(2026, 1, 1),
        previous=before,
        mapping={},
        stated=find_stated(document.paragraphs, before.places),
        claims=find_claims(document.paragraphs),
    )


@settings(max_examples=40)
@given(filled())
def test_every_figure_reads_back_the_same(before: Facts) -> None:
    reading = read_back(data_xlsx(before), before)
    assert [str(problem.sentence()) for problem in reading.problems] == []
    assert reading.facts is not None
    assert known(reading.facts) == known(before)
    assert reading.facts.as_of == before.as_of


@settings(max_examples=20)
@given(st.lists(NAMES, min_size=9, max_size=9, unique=True), st.lists(MONEY, min_size=9, max_size=9))
def test_detail_reads_back_the_same(names: list[str], paid: list[Decimal]) -> None:
    detail = tuple(
        Community("申港街道", name, "", 1, 2, None, None, amount, D("0.25"))
        for name, amount in zip(names, paid, strict=True)
    )
    lines = [replace(line, paid=sum(paid, D(0))) if line.place == "申港街道" else line for line in FACTS.spend]
    homes = [
        replace(line, buildings=9, households=18) if line.place == "申港街道" else line for line in FACTS.renovation
    ]
    before = replace(FACTS, spend=tuple(lines), renovation=tuple(homes))
    reading = read_back(data_xlsx(before, detail), before)
    assert [str(problem.sentence()) for problem in reading.problems] == []
    assert [replace(each, source="", raw="{}") for each in reading.communities] == list(detail)
