"""The checks as a list: contradictions first, with whether somebody has answered them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.checks import STATUS_NAMES, Finding, Status
from core.model.rectification import CheckAnswer
from core.service.base import project as service
from core.service.evidence.data_checks import ANSWERED
from core.text.clause import first_clause
from core.text.file_text import file_stem
from pages.shared.listing import Listed, Row
from pages.shared.reads import read
from pages.shared.rows import Line, Tone
from pages.shared.words import say, t

ORDER: tuple[Status, ...] = ("E", "Q", "W", "P")
TONES: Mapping[Status, Tone] = {"E": "doubt", "Q": "ask", "W": "note", "P": "good"}


def checks(here: str, found: Sequence[Finding], answers: Mapping[str, CheckAnswer]) -> Listed:
    """The list, of the project of that id."""
    facts = read(service.facts, here)
    return Listed(
        name="checks",
        label=t("核对结果"),
        rows=[_row(each, answers.get(each.id)) for each in sorted(found, key=lambda each: ORDER.index(each.status))],
        headings=(t("状态"), t("疑点"), t("说明"), t("答复")),
        show={status: say(STATUS_NAMES[status]) for status in ORDER},
        only={key: say(name) for key, name in ANSWERED.items()},
        file=(
            t("下载清单"),
            (t("编号"), t("状态"), t("疑点"), t("说明"), t("来源"), t("答复"), t("答复人")),
            file_stem(say(facts.project.name), t("数据疑点"), f"{facts.as_of:%Y%m%d}"),
        ),
    )


def _row(finding: Finding, given: CheckAnswer | None) -> Row:
    state, title, whole = say(STATUS_NAMES[finding.status]), say(finding.title), say(finding.message)
    asked = {"unanswered"} if finding.asks else set()
    chips, mark, text, who = asked, t("未答复") if finding.asks else "", "", ""
    if given is not None:
        chips, text, who = {"answered"}, given.text, given.actor_name
        mark = t("已核实 · {who}", who=who)
    return Row(
        Line(finding.id, TONES[finding.status], state, title, first_clause(whole), mark, whole),
        frozenset((finding.status, *chips)),
        (finding.id, state, title, whole, say(finding.source), text, who),
    )
