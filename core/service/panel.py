"""The panel of evaluators, as pages and commands call it: rounds and steps, what goes with an item, the meeting."""

from core.service.dossier import (
    DECISIONS,
    EVIDENCE_CLASSES,
    EVIDENCE_ENDINGS,
    MOST_EVIDENCE,
    MissingInput,
    add_evidence,
    answer_flag,
    answer_flags,
    comment,
    comments,
    evidence,
    evidence_content,
    flag_answers,
    inputs,
    missing_inputs,
    put_input,
    reply,
)
from core.service.meeting import (
    Earlier,
    Meeting,
    MeetingItem,
    adopt,
    meeting,
    sensitivity,
    take_over,
    try_out,
)
from core.service.opening import my_sheet, open_round, panel_sheet, set_rule
from core.service.rounds import (
    KIND_WORDS,
    RULE_WORDS,
    STATE_WORDS,
    RoundView,
    SheetView,
    locked_result,
    panel_id,
    round_of,
    round_or_newest,
    rounds,
    scheme_frozen,
)
from core.service.steps import lock, lock_problems, recuse, return_sheet, submit, unlock

__all__ = [
    "DECISIONS", "EVIDENCE_CLASSES", "EVIDENCE_ENDINGS", "KIND_WORDS", "MOST_EVIDENCE", "RULE_WORDS", "STATE_WORDS",
    "Earlier", "Meeting", "MeetingItem", "MissingInput", "RoundView", "SheetView",
    "add_evidence", "adopt", "answer_flag", "answer_flags", "comment", "comments", "evidence", "evidence_content",
    "flag_answers", "inputs", "lock", "lock_problems", "locked_result", "meeting", "missing_inputs", "my_sheet",
    "open_round", "panel_id", "panel_sheet", "put_input", "recuse", "reply", "return_sheet", "round_of",
    "round_or_newest", "rounds", "scheme_frozen", "sensitivity", "set_rule", "submit", "take_over", "try_out", "unlock",
]  # fmt: skip
