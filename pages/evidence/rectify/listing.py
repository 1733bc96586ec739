"""The list of findings as a file."""

from __future__ import annotations

from core.service.evidence.findings import KIND_WORDS, STATE_WORDS, FindingsView
from core.text.file_text import file_stem
from pages.shared.download import download_table
from pages.shared.words import say, t


def download(view: FindingsView, name: str) -> None:
    """整改清单 as .csv, of the project of that name; no cell of it is a formula."""
    headings = [
        t("类别"),
        t("问题或建议"),
        t("来源"),
        t("状态"),
        t("责任单位（人）"),
        t("整改期限"),
        t("逾期"),
        t("证明材料"),
    ]
    rows = [
        [
            say(KIND_WORDS[each.point.kind]),
            say(each.point.text),
            each.point.source,
            say(STATE_WORDS[each.state]),
            each.owner,
            each.due.isoformat() if each.due else "",
            t("是") if each.overdue(view.as_of) else "",
            each.proof.name,
        ]
        for each in view.items
    ]
    called = file_stem(name, t("整改清单"), f"{view.as_of:%Y%m%d}")
    download_table(t("下载整改清单"), headings, rows, called)
