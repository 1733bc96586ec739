"""签字表: who takes part in a round, what their own table comes to, and room for a signature and the day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from core.briefing.content import Expert, RoundScore, Signer
from core.briefing.excel import Cell, Formula, quoted
from core.briefing.spreadsheet import ScoreSheet, in_points
from core.briefing.workbook.sheet import Column, EvaluationBook, WorkbookPage
from core.errors import Message
from core.scoring import ScoredItem, Tally
from core.scoring.tally import answered
from core.text.numbers import MISSING

SIGNING = "签字表"
"""The worksheet's name."""
_COLUMNS = (
    Column("序号", 6, 0), Column("评价人", 18), Column("分工", 30), Column("状态", 10), Column("已评（项）", 11),
    Column("适用分值", 11), Column("合计得分", 11), Column("折算得分", 11), Column("回避", 18), Column("签字", 24),
    Column("日期", 16),
)  # fmt: skip
_HIGH = 36.0
"""Points of a row that is signed in."""


class SigningPage(WorkbookPage):
    """The worksheet: begun as the first of its workbook, filled when the score tables stand."""

    def __init__(self, book: EvaluationBook, score: RoundScore) -> None:
        params = {"round": score.round, "rule": score.rule_name, "unit": in_points()}
        about = Message("{round} · 汇总规则：{rule} · {unit}", params)
        super().__init__(
            book, SIGNING, Message("{project}绩效评价签字表", {"project": book.found.title}), about, _COLUMNS
        )
        self._score = score

    def fill(self, signers: Sequence[Signer], tables: Mapping[str, ScoreSheet], panel: ScoreSheet | None) -> None:
        """A row for each evaluator, then one for the panel. `tables`: the evaluators' own, by their sheets' ids."""
        for number, each in enumerate(signers, start=1):
            shown: Iterator[Cell] = iter([None] * 4)
            if each.expert is not None:
                shown = _figures(each.expert.tally, each.expert.items.values(), tables[each.expert.sheet.id])
            self._signed((number, each.name, each.assigned, each.state, *shown, _stays_out(each.expert), "", ""))
        if panel is not None:
            shown = _figures(self._score.tally, self._score.items, panel)
            state = "已锁定" if self._score.locked else "草稿"
            self._signed(("", "评审组（主评人签字）", "全部指标", state, *shown, "", "", ""))
            grade = Formula(f"{quoted('评价等级：')}&{panel.grade}", f"评价等级：{self._score.tally.grade or MISSING}")
            self.over(self.row, 0, self.row, len(_COLUMNS) - 1, "", "grade")
            self.formula(self.row, 0, grade, "grade")
            self.row += 1
        else:
            self.line("本轮还没有评审组评分表。")
        self.line(
            "得分取自本册各人的评分表，改动后随之重算；有不适用、回避或未分配的指标时，看折算得分（合计得分÷适用分值×100），"
            "它只代表本人所评的指标。"
        )
        self.end(self._score.remark)

    def _signed(self, cells: Sequence[Cell]) -> None:
        self.room(self.row, _HIGH)
        self.add(cells)


def _figures(sums: Tally, items: Collection[ScoredItem], table: ScoreSheet) -> Iterator[Cell]:
    """已评, 适用分值, 合计得分 and 折算得分 of a table."""
    given, own = answered(items)
    cells = table.of_items([item.indicator.code for item in items if not item.out], "points")
    counted = "+".join(f'SUMPRODUCT(--({each}<>""))' for each in cells) or "0"
    yield Formula(f'({counted})&"/{own}"', f"{given}/{own}")
    yield Formula(table.weight, sums.weight)
    total, scaled = table.cell(table.total, "points"), table.cell(table.total + 1, "points")
    yield Formula(f'IF({table.scored}=0,"{MISSING}",{total})', sums.total if sums.scored else MISSING)
    yield Formula(scaled, MISSING if sums.normalised is None else sums.normalised)


def _stays_out(expert: Expert | None) -> str:
    """Codes of the items that they stay out of."""
    out = [] if expert is None else [code for code, item in expert.items.items() if item.recused]
    return "整张评分表" if expert is not None and len(out) == len(expert.items) else "、".join(out)
