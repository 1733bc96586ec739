"""All frames of one matter, in the order of a briefing."""

from __future__ import annotations

from core.briefing.frames import homes, lists, money, over_time, scores
from core.briefing.frames.frame import Frame
from core.briefing.frames.maker import Maker
from core.briefing.matter import Matter
from core.model.passport import Passport


def frames(matter: Matter, passport: Passport | None = None) -> tuple[Frame, ...]:
    """The frames that there is something to show in, or 总览 alone, which then says what to do.

    变化趋势 needs two snapshots, 核对 has to be chosen.
    """
    make = Maker(matter, passport)
    over = matter.trend
    every = (
        money.overview(make),
        money.budget(make),
        money.funding(make),
        money.pace(make),
        money.streets(make),
        *(
            ()
            if over is None or matter.trend_headline is None
            else (over_time.trend(make, over, matter.trend_headline),)
        ),
        homes.beneficiaries(make),
        homes.unit_costs(make),
        scores.scorecard(make),
        scores.deductions(make),
        scores.differences(make),
        *(() if matter.checks is None else (lists.checks(make, matter.checks),)),
        lists.findings(make),
    )
    return tuple(frame for frame in every if not frame.empty) or every[:1]
