"""Records that were altered by hand are named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from core.errors import UnknownName
from core.service.base import open_store
from core.service.manage import verifying
from core.service.scoring import item_records, steps, taking_over
from tests.core.service.people import (
    LI,
    PANEL,
    PROJECT,
    WANG,
    answer_all_flags,
    has_submitted,
)

pytestmark = pytest.mark.usefixtures("store_path")


@pytest.fixture
def tamper(store_path: Path) -> Callable[[str], None]:
    """Change the closed file by hand, as somebody with a database tool would."""

    def change(statement: str) -> None:
        open_store.close()
        with duckdb.connect(str(store_path)) as by_hand:
            by_hand.execute(statement)

    return change


def test_untouched_records_hold() -> None:
    found = verifying.verify(WANG)
    assert (found.events, found.problems) == (64, ())
    assert verifying.verify(WANG, PROJECT) == found
    with pytest.raises(UnknownName):
        verifying.verify(WANG, "nowhere")


@pytest.mark.parametrize(
    ("statement", "expected", "words"),
    [
        (
            "UPDATE score_event SET points = 6 WHERE sheet = 'r1/panel' AND code = 'C12' AND revision = 1",
            ("r1/panel", "score_event", "C12", 1),
            "评分表r1/panel的评分记录被改动过：C12第1次（王工，",
        ),
        (
            "UPDATE score_event SET actor_name = '别人' WHERE sheet = 'r1/working' AND code = 'A11'",
            ("r1/working", "score_event", "A11", 1),
            "A11第1次（别人，",
        ),
        (
            "UPDATE sheet_event SET reason = '另一个理由' WHERE kind = 'returned'",
            None,
            "流程记录被改动过：—第2次（李工，",
        ),
        (
            "UPDATE item_input SET content = replace(content, 'false', 'true')",
            ("r1/panel", "item_input", "A11", 1),
            "填报记录被改动过：A11第1次（李工，",
        ),
        (
            "DELETE FROM score_event WHERE sheet = 'r1/panel' AND code = 'C12'",
            ("r1/panel", "score_event", "C13", 1),
            "C13第1次（王工，",
        ),
        (
            "DELETE FROM score_event WHERE sheet = 'r1/panel'",
            ("r1/panel", "sheet_event", "", 1),
            "王工于",
        ),
    ],
)
def test_a_record_altered_by_hand_is_named(
    tamper: Callable[[str], None], statement: str, expected: tuple[str, str, str, int] | None, words: str
) -> None:
    sheet = has_submitted(WANG, {"C12": "1"})
    steps.return_sheet(LI, PROJECT, sheet.id, "请补原因")
    steps.submit(WANG, PROJECT, sheet.id)
    taking_over.take_over(WANG, PROJECT, "r1")
    item_records.put_input(LI, PROJECT, PANEL, "A11", {"ticks": [True, True, True, True, False]})
    answer_all_flags(WANG)
    steps.lock(WANG, PROJECT, "r1")
    assert verifying.verify(WANG).problems == ()
    tamper(statement)
    problem = verifying.verify(WANG).problems[0]
    if expected is not None:
        assert (problem.sheet, problem.table, problem.code, problem.revision) == expected
    assert words in str(problem.message)


def test_what_a_lock_froze_cannot_be_rewritten_even_with_a_new_chain(tamper: Callable[[str], None]) -> None:
    has_submitted(WANG, {})
    taking_over.take_over(WANG, PROJECT, "r1")
    answer_all_flags(WANG)
    steps.lock(WANG, PROJECT, "r1")
    tamper("UPDATE sheet_event SET frozen = replace(frozen, '100.00', '89.00') WHERE kind = 'locked'")
    tables = [str(problem.message) for problem in verifying.verify(WANG).problems]
    assert any("流程记录被改动过" in text for text in tables)
    assert any("锁定的内容与其摘要不符" in text for text in tables)
