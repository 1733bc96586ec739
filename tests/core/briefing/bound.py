"""A round of four evaluators, each another case of paper; what it comes to, worked by hand.

王工 scores everything and takes 1.01 off C12 (6) and 0.5 off D41 (7): 98.49. 李工 stays out of C32 (6), calls D41
不适用 and takes 2 off C12: 85.00 of 87, 97.70 of a hundred. 赵工 has A11, A12, A13 (2 each) and C12 by 分工 and takes
0.5 off A11: 11.50 of 12, 95.83. 钱工 has begun only. Their mean: A11 1.83 (5.50 ÷ 3), C12 5.00 (14.99 ÷ 3), D41 6.50,
all else full: 98.33 of 100.
"""

from __future__ import annotations

from core.service.scoring import assignments, opening, steps, taking_over
from tests.core.service.people import LI, PROJECT, QIAN, WANG, ZHAO, edit, has_submitted, save

OWN = ("A11", "A12", "A13", "C12")
"""What 赵工 scores."""


def four(*, panel: bool = True) -> dict[str, str]:
    """Have them score, and the panel take their mean over; their sheets by name."""
    wang = has_submitted(WANG, {"C12": "1.01", "D41": "0.5"})
    li = opening.my_sheet(LI, PROJECT, "r1")
    steps.recuse(LI, PROJECT, li.id, "C32", "参与过该项")
    edits = []
    for each in li.scheme.indicators:
        if each.code == "D41":
            edits.append(edit("D41", 0, None, "not_applicable"))
        elif each.code == "C12":
            edits.append(edit("C12", 0, "4", reason="台账缺两个月"))
        elif each.code != "C32":
            edits.append(edit(each.code, 0, str(each.weight)))
    save(LI, li.id, *edits)
    steps.submit(LI, PROJECT, li.id)
    zhao = opening.my_sheet(ZHAO, PROJECT, "r1")
    assignments.assign(WANG, PROJECT, "r1", ZHAO.actor.id, OWN)
    save(
        ZHAO,
        zhao.id,
        edit("A11", 0, "1.5", reason="缺一份批复"),
        *(edit(code, 0, "6" if code == "C12" else "2") for code in OWN[1:]),
    )
    steps.submit(ZHAO, PROJECT, zhao.id)
    opening.my_sheet(QIAN, PROJECT, "r1")
    if panel:
        taking_over.take_over(WANG, PROJECT, "r1")
    return {"王工": wang.id, "李工": li.id, "赵工": zhao.id}
