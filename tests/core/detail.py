"""The shipped project a half year later with invented communities: those of 璜土镇 add up, those of 利港街道 do not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.model.project import Community, Facts

D = Decimal
BATCH = "lingang-2023@2025-06-30"
FILE = ("小区台账.xlsx", "digest")
_HUANGTU = (
    # 128 buildings, 4,520 households, 39 万㎡, 2,164 万元
    ("30", "1000", "9", "500", "0.9"), ("28", "1000", "9", "500", "0.8"), ("25", "900", "8", "464", "0.5"),
    ("25", "900", "7", "400", "0.2"), ("20", "720", "6", "300", ""),
)  # fmt: skip
_LIGANG = (
    # 2 of 5 communities, 205 buildings, 6,848 households, 1,300 of 1,309 万元; one area is not reported
    ("100", "3000", "50", "600", "0.4"), ("105", "3848", "", "700", "0.3"),
)  # fmt: skip


def _rows(place: str, figures: tuple[tuple[str, ...], ...], first: int) -> tuple[Community, ...]:
    found = []
    for number, (buildings, households, area, paid, physical) in enumerate(figures, start=1):
        name = f"{place}第{number}村"
        cells = {
            "A:街镇": place,
            "B:小区": name,
            "C:栋数": buildings,
            "D:户数": households,
            "G:累计支付（万元）": paid,
        }
        found.append(
            Community(
                place=place,
                name=name,
                source=f"台账 第{first + number - 1}行",
                buildings=int(buildings),
                households=int(households),
                area=D(area) if area else None,
                invested=D(paid),
                paid=D(paid),
                physical=D(physical) if physical else None,
                raw=json.dumps(cells, ensure_ascii=False),
            )
        )
    return tuple(found)


DETAIL = (*_rows("璜土镇", _HUANGTU, 2), *_rows("利港街道", _LIGANG, 7))


def june(december: Facts) -> Facts:
    """The snapshot that the detail belongs to."""
    return replace(december, batch=BATCH, as_of=date(2025, 6, 30))
