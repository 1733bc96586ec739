"""The findings as a list: overdue ones first, with who has to act by when."""

from __future__ import annotations

from collections.abc import Mapping

from core.model.rectification import STATES, Rectification, State
from core.service.evidence.findings import KIND_WORDS, LATE, STATE_WORDS, FindingsView
from core.text.file_text import file_stem
from pages.shared.listing import Listed, Row
from pages.shared.rows import Line, Tone
from pages.shared.words import say, t

TONES: Mapping[State, Tone] = {"open": "ask", "working": "work", "done": "good", "reviewed": "good"}


def findings(view: FindingsView, name: str) -> Listed:
    """The list, of the project of that name."""
    headings = (
        t("类别"), t("问题或建议"), t("来源"), t("状态"), t("责任单位（人）"), t("整改期限"), t("逾期"), t("证明材料"),
    )  # fmt: skip
    return Listed(
        name="findings",
        label=t("整改清单"),
        rows=[_row(each, late=each.overdue(view.as_of)) for each in view.items],
        headings=(t("状态"), t("问题或建议"), t("责任单位（人）"), t("整改期限")),
        show={LATE: t("逾期")} | {state: say(STATE_WORDS[state]) for state in STATES},
        only={kind: say(word) for kind, word in KIND_WORDS.items()},
        file=(t("下载整改清单"), headings, file_stem(name, t("整改清单"), f"{view.as_of:%Y%m%d}")),
        wide=True,
    )


def _row(found: Rectification, *, late: bool) -> Row:
    point, state = found.point, say(STATE_WORDS[found.state])
    text, due = say(point.text), say(found.due) if found.due else ""
    mark = t("{due}，逾期", due=due) if late else due
    return Row(
        Line(point.id, "doubt" if late else TONES[found.state], state, text, found.owner, mark, text),
        frozenset((found.state, point.kind, *([LATE] if late else []))),
        (
            say(KIND_WORDS[point.kind]), text, point.source, state, found.owner, str(found.due or ""),
            t("是") if late else "",
            found.proof.name,
        ),
    )  # fmt: skip
