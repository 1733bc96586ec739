"""A round of the shipped project with two evaluators, and what comes of it, worked by hand.

王工 gives full marks, 李工 takes 2 points off C12 (6): together C12 has 5.00, the total is 99.00 of 100, 优.
"""

from __future__ import annotations

from core.briefing.content import BriefingContent
from core.errors import Message
from core.model.measure import Measures
from core.model.project import Facts
from core.progress import measures
from core.service.scoring import item_records, steps, taking_over
from tests.core.service.people import LI, PROJECT, WANG, answer_all_flags, has_submitted

REASON = "无月度进度台账"


def judged(*, locked: bool = True) -> None:
    """Both have submitted, the panel has taken their mean over and, if asked for, locked it."""
    has_submitted(WANG, {})
    has_submitted(LI, {"C12": "2"}, REASON)
    taking_over.take_over(WANG, PROJECT, "r1")
    answer_all_flags(WANG)
    item_records.comment(WANG, PROJECT, "r1", "C12", "台账已补，请核", "申港街道")
    item_records.reply(LI, PROJECT, "r1", "C12", "部分采纳", "台账缺两个月")
    item_records.comment(WANG, PROJECT, "r1", "D41", "=样本量过小", "=夏港街道")
    item_records.add_evidence(LI, PROJECT, "r1/working", "C12", "工作资料", "=进度台账.pdf", b"%PDF-1.7 x")
    if locked:
        steps.lock(WANG, PROJECT, "r1")


def bare(facts: Facts) -> BriefingContent:
    """A project of any shape, before anybody has scored it."""
    said = Message("—")
    return BriefingContent("zh_CN", "wan", facts, Measures(measures(facts)), said, said, said)
