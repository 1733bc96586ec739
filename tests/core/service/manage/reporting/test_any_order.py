"""Any order of typing, submitting, returning, reviewing, releasing, correcting and withdrawing gives the figures that a
model written by hand gives; what was acknowledged outlives a kill."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.errors import NotAllowed, Question
from core.model.reporting import State
from core.service.base import batches, open_store
from core.service.base.project import facts
from core.service.manage import verifying
from core.service.manage.reporting import form, periods, review
from core.store import read
from core.store.opening import open_store as opened
from tests.core.lingang import PLACES
from tests.core.service.manage.reporting.people import (
    HUANG,
    PERIOD,
    PROJECT,
    WU,
    ZHOU,
    approve,
    edit,
    give_places,
    list_communities,
    open_march,
    row,
    states,
)
from tests.core.store.conftest import Run, run

__all__ = ["run"]

D = Decimal
Row = tuple[str, str]
PLACE = st.sampled_from(PLACES)
AMOUNT = st.integers(3000, 3600)
"""Above December's in each place, and below the approved amount in all of them together."""
LISTED = {"璜土镇": tuple(f"璜土镇第{n}村" for n in range(1, 6)), "利港街道": ("利港街道第1村", "利港街道第2村")}
"""The communities of tests.core.detail; each has been paid 700 or less."""


@dataclass
class Snapshot:
    """What one batch says of paid, by place and by community; whether it counts, and what it corrects."""

    batch: str
    paid: dict[str, Decimal]
    communities: dict[Row, Decimal]
    march: bool
    counts: bool = True
    corrects: str = ""


@dataclass
class Model:
    """The period as a person would keep it in a book."""

    rows: dict[str, tuple[Row, ...]]
    """What a place has to fill: itself, or its communities."""
    typed: dict[Row, str] = field(default_factory=dict)
    revisions: dict[Row, int] = field(default_factory=dict)
    stand: dict[str, State] = field(default_factory=lambda: dict.fromkeys(PLACES, "filling"))
    in_release: dict[str, list[str]] = field(default_factory=lambda: {place: [] for place in PLACES})
    """Releases made since the place was reviewed last."""
    snapshots: list[Snapshot] = field(default_factory=list)

    @property
    def now(self) -> Snapshot:
        """March goes before December, the later before the earlier."""
        counting = [each for each in self.snapshots if each.counts]
        return next((each for each in reversed(counting) if each.march), counting[0])

    def state(self, place: str) -> State:
        living = {each.batch for each in self.snapshots if each.counts}
        if self.stand[place] == "reviewed" and living & set(self.in_release[place]):
            return "released"
        return self.stand[place]


class AnyOrder(RuleBasedStateMachine):
    """Steps of reporter and clerks, each allowed or refused as the model says."""

    seed: Path
    of_communities = False

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.patch = pytest.MonkeyPatch()
        shutil.copy(self.seed, self.folder / "renewal.duckdb")
        self.patch.setenv("RENEWAL_STORE", str(self.folder / "renewal.duckdb"))
        open_store.close()
        first = {place: D(paid) for place, paid in zip(PLACES, (2164, 2627, 1900, 1309), strict=True)}
        listed: dict[Row, Decimal] = {}
        rows = {place: ((place, ""),) for place in PLACES}
        if self.of_communities:
            list_communities()
            rows = {place: tuple((place, name) for name in names) for place, names in LISTED.items()}
            every = [row for of in rows.values() for row in of]
            listed = dict(zip(every, map(D, (500, 500, 464, 400, 300, 600, 700)), strict=True))
        open_march("paid", places=tuple(rows), communities=self.of_communities)
        before = Snapshot(facts(ZHOU, PROJECT).batch, first, listed, march=False)
        self.model = Model(rows, snapshots=[before])

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            assert verifying.verify(ZHOU, PROJECT).problems == ()
            open_store.close()
            self.patch.undo()
            shutil.rmtree(self.folder)

    @rule(place=PLACE, number=st.integers(0, 9), amount=AMOUNT)
    def type_in(self, place: str, number: int, amount: int) -> None:
        model = self.model
        if place not in model.rows:
            return
        at = model.rows[place][number % len(model.rows[place])]
        new = edit("paid", row(*at), f"{amount}", model.revisions.get(at, 0))
        answer = form.save(ZHOU, PROJECT, PERIOD, [new])[str(new["edit_id"])]
        if model.state(place) in ("filling", "returned"):
            assert isinstance(answer, form.Saved), answer
            model.typed[at] = f"{amount}"
            model.revisions[at] = model.revisions.get(at, 0) + 1
        else:
            assert isinstance(answer, form.Refused)

    @rule(place=PLACE)
    def submit(self, place: str) -> None:
        whole = place in self.model.rows and {*self.model.rows[place]} <= {*self.model.typed}
        allowed = self.model.state(place) in ("filling", "returned") and whole
        if place in self.model.rows:
            self.step(allowed, place, "submitted", review.submit, ZHOU, PROJECT, PERIOD, place)

    @rule(place=PLACE)
    def recall(self, place: str) -> None:
        if place not in self.model.rows:
            return
        allowed = self.model.state(place) == "submitted"
        self.step(allowed, place, "filling", review.recall, ZHOU, PROJECT, PERIOD, place)

    @rule(place=PLACE)
    def give_back(self, place: str) -> None:
        if place not in self.model.rows:
            return
        allowed = self.model.state(place) in ("submitted", "reviewed")
        self.step(allowed, place, "returned", review.give_back, WU, PROJECT, PERIOD, place, "请核对")

    @rule(place=PLACE)
    def approve(self, place: str) -> None:
        if place not in self.model.rows:
            return
        allowed = self.model.state(place) == "submitted"
        self.step(allowed, place, "reviewed", approve, WU, (place,))
        if allowed:
            self.model.in_release[place] = []

    @rule(place=PLACE, amount=AMOUNT)
    def make_ready(self, place: str, amount: int) -> None:
        """All of a place's way to 已复核 at once, so that releases are met often."""
        if self.model.state(place) in ("filling", "returned"):
            for number in range(len(self.model.rows.get(place, ()))):
                self.type_in(place, number, amount + number)
            self.submit(place)
        self.approve(place)

    def step(self, allowed: bool, place: str, state: State, call, *args) -> None:  # type: ignore[no-untyped-def]
        if allowed:
            call(*args)
            self.model.stand[place] = state
        else:
            with pytest.raises(NotAllowed):
                call(*args)

    @rule()
    def release(self) -> None:
        model = self.model
        ready = [place for place in PLACES if model.state(place) == "reviewed"]
        if not ready:
            with pytest.raises(NotAllowed):
                review.release(WU, PROJECT, PERIOD)
            return
        try:
            batch = review.release(WU, PROJECT, PERIOD)
        except Question as question:
            batch = review.release(WU, PROJECT, PERIOD, question.agreed)
        sums = {place: sum(D(model.typed[row]) for row in model.rows[place]) for place in ready}
        told = {row: D(model.typed[row]) for place in ready for row in model.rows[place] if row[1]}
        snapshot = Snapshot(batch, {**model.now.paid, **sums}, {**model.now.communities, **told}, march=True)
        model.snapshots.append(snapshot)
        for place in PLACES:
            if model.stand[place] == "reviewed":
                model.in_release[place].append(batch)

    @precondition(lambda self: self.model.now.march)
    @rule(place=PLACE, amount=AMOUNT)
    def correct(self, place: str, amount: int) -> None:
        now = self.model.now
        if now.paid[place] == D(amount):
            return
        batch = batches.correct(ZHOU, PROJECT, place, "paid", f"{amount}", "多录")
        paid = now.paid | {place: D(amount)}
        self.model.snapshots.append(Snapshot(batch, paid, now.communities, march=True, corrects=now.batch))

    @precondition(lambda self: any(each.march and each.counts for each in self.model.snapshots))
    @rule(number=st.integers(0, 20))
    def withdraw(self, number: int) -> None:
        living = [each for each in self.model.snapshots if each.march and each.counts]
        gone = [living[number % len(living)]]
        batches.withdraw(ZHOU, PROJECT, gone[0].batch, "有误")
        for each in self.model.snapshots:  # a correction comes after what it corrects
            if each.corrects in {one.batch for one in gone}:
                gone.append(each)
        for each in gone:
            each.counts = False

    @invariant()
    def agrees(self) -> None:
        if hasattr(self, "model"):
            assert {line.place: line.paid for line in facts(ZHOU, PROJECT).spend} == self.model.now.paid
            listed = read.communities_of(open_store.store(), facts(ZHOU, PROJECT), PLACES)
            assert {(each.place, each.name): each.paid for each in listed} == self.model.now.communities
            assert states() == {place: self.model.state(place) for place in PLACES if place in self.model.rows}
            there = periods.report(ZHOU, PROJECT, PERIOD)
            every = [row for of in self.model.rows.values() for row in of]
            assert {row: there.said(row, "paid") for row in every} == {
                row: self.model.typed.get(row, "") for row in every
            }


class AnyOrderOfCommunities(AnyOrder):
    """Steps where the communities of two streets are asked: a street has what they add up to."""

    of_communities = True


@pytest.mark.full
@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", [AnyOrder, AnyOrderOfCommunities])
def test_any_order_gives_the_figures_of_the_model(kind: type[AnyOrder], built_store: Path) -> None:
    kind.seed = built_store
    run_state_machine_as_test(
        kind,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )  # fmt: skip


REPORT_UNTIL_KILLED = """
import itertools, os, sys
os.environ["RENEWAL_STORE"] = sys.argv[1]
from core.service.manage.reporting import form, review
from tests.core.service.manage.reporting.people import HUANG, PERIOD, PROJECT, WU, edit
print("ready", flush=True)
for number in itertools.count():
    new = edit("paid", sys.argv[2], str(3000 + number), number)
    form.save(HUANG, PROJECT, PERIOD, [new])
    print(new["edit_id"], flush=True)
    if number % 5 == 4:
        review.submit(HUANG, PROJECT, PERIOD, "璜土镇")
        review.give_back(WU, PROJECT, PERIOD, "璜土镇", str(number))
        print(f"step {number}", flush=True)
"""


@pytest.mark.parametrize("lines", [1, 7, 19, 40])
@pytest.mark.parametrize("community", ["", "璜土镇第1村"])
def test_what_was_acknowledged_outlives_a_kill(store_path: Path, run: Run, lines: int, community: str) -> None:
    give_places()
    table, before = "reported_figure", 0
    if community:
        list_communities()
        table, before = "community_figure", 4
    open_march("paid", places=("璜土镇",), communities=bool(community))
    others = [edit("paid", row("璜土镇", name), "900") for name in LISTED["璜土镇"][1:] if community]
    form.save(HUANG, PROJECT, PERIOD, others)
    open_store.close()
    process = run(REPORT_UNTIL_KILLED, store_path, row("璜土镇", community))
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _ in range(lines)]
    process.kill()
    said += [line.strip() for line in process.stdout if line.endswith("\n")]
    process.wait()
    edits, steps = [line for line in said if "step" not in line], [line for line in said if "step" in line]
    store = opened(store_path)
    with store.reading() as session:
        kept = [row["edit_id"] for (row,) in session.run_among(table, "events", {"project": (PROJECT,)})]
    store.close()
    assert set(edits) <= set(kept)
    there = periods.report(ZHOU, PROJECT, PERIOD)
    assert len(there.steps) >= 2 * len(steps)
    newest = there.figures[("璜土镇", community), "paid"]
    assert newest.revision == len(kept) - before
    assert newest.value == 3000 + newest.revision - 1
    # It goes on where it was.
    if there.state("璜土镇") == "submitted":
        review.recall(HUANG, PROJECT, PERIOD, "璜土镇")
    new = edit("paid", row("璜土镇", community), "3500", newest.revision)
    assert isinstance(form.save(HUANG, PROJECT, PERIOD, [new])[str(new["edit_id"])], form.Saved)
    assert verifying.verify(ZHOU, PROJECT).problems == ()
