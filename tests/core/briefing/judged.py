"""A round of the shipped project with two evaluators, and what comes of it, worked by hand.

王工 gives full marks, 李工 takes 2 points off C12 (6): together C12 has 5.00, the total is 99.00 of 100, 优.
"""

from __future__ import annotations

from core.briefing.evaluation import Evaluation
from core.model.measure import Measures
from core.model.project import Facts
from core.progress import measures
from core.service import briefing_report, panel
from tests.core.service.people import LI, PROJECT, WANG, answer_all_flags, has_submitted

REASON = "无月度进度台账"


def judged(*, locked: bool = True) -> None:
    """Both have submitted, the panel has taken their mean over and, if asked for, locked it."""
    has_submitted(WANG, {})
    has_submitted(LI, {"C12": "2"}, REASON)
    panel.take_over(WANG, PROJECT, "r1")
    answer_all_flags(WANG)
    panel.comment(WANG, PROJECT, "r1", "C12", "台账已补,请核")
    panel.reply(LI, PROJECT, "r1", "C12", "部分采纳", "台账缺两个月")
    panel.comment(WANG, PROJECT, "r1", "D41", "=样本量过小")
    panel.add_evidence(LI, PROJECT, "r1/working", "C12", "工作资料", "=进度台账.pdf", b"%PDF-1.7 x")
    if locked:
        panel.lock(WANG, PROJECT, "r1")


def bare(facts: Facts) -> Evaluation:
    """A project of any shape, before anybody has scored it."""
    found = measures(facts)
    lines = tuple(map(briefing_report.line, found))
    return Evaluation(facts, Measures(found), lines, (), "", (), "", (), None)
