"""A content that must not be here: bytes gone, also from the disk; digest, event and history stay."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from core.errors import NotAllowed, StoreError, UnknownName
from core.model.context import Actor, Context
from core.model.rights import OPERATOR
from core.service.base import open_store, redaction
from core.service.evidence import findings
from core.service.manage import verifying
from core.service.scoring import history, item_records, scorecards
from core.store.schema import TABLES
from tests.core.service.people import PROJECT, WANG, WORKING, ZHAO, edit, save

pytestmark = pytest.mark.usefixtures("store_path")

ADMIN = Context(Actor("user:admin", "管理员孙", OPERATOR))
SECRET = b"%PDF-1.7 " + random.Random(7).randbytes(40_000)
OTHER = b"%PDF-1.7 " + random.Random(8).randbytes(40_000)
DIGEST = hashlib.sha256(SECRET).hexdigest()


def on_disk(path: Path, content: bytes) -> bool:
    return content[1000:1100] in path.read_bytes()


def test_the_bytes_go_and_what_was_filed_stays(store_path: Path) -> None:
    file = item_records.add_evidence(WANG, PROJECT, WORKING, "A11", "原始凭证", "身份证.pdf", SECRET)
    other = item_records.add_evidence(WANG, PROJECT, WORKING, "A11", "原始凭证", "合同.pdf", OTHER)
    with pytest.raises(NotAllowed, match="只限管理员"):
        redaction.redact(WANG, PROJECT, DIGEST, "误传")
    with pytest.raises(NotAllowed, match="请写明清除的理由"):
        redaction.redact(ADMIN, PROJECT, DIGEST, " ")
    with pytest.raises(UnknownName, match="没有摘要"):
        redaction.redact(ADMIN, PROJECT, "0" * 64, "误传")
    assert item_records.evidence_content(WANG, PROJECT, WORKING, file.id) == SECRET

    redaction.redact(ADMIN, PROJECT, DIGEST, "误传身份证，张主任批准")
    with pytest.raises(NotAllowed, match=r"内容已由管理员孙于.*清除，理由：误传身份证，张主任批准"):
        item_records.evidence_content(WANG, PROJECT, WORKING, file.id)
    assert file in item_records.evidence(WANG, PROJECT, WORKING)
    assert item_records.evidence_content(WANG, PROJECT, WORKING, other.id) == OTHER
    for told in (history.timeline(WANG, PROJECT, "r1"), history.item_history(WANG, PROJECT, WORKING, "A11")):
        assert any(f"《身份证.pdf》的内容（SHA-256：{DIGEST}）" in str(each.message) for each in told)
    assert verifying.verify(WANG).problems == ()

    # It does not come in again, as evidence or as a proof.
    with pytest.raises(StoreError, match="已被管理员清除，不能再存入"):
        item_records.add_evidence(WANG, PROJECT, WORKING, "A12", "原始凭证", "另名.pdf", SECRET)
    (point,) = findings.add(WANG, PROJECT, [findings.FindingDraft("problem", "进度滞后", "")])
    findings.start(WANG, PROJECT, point.id, "区住建局", date(2025, 6, 30))
    with pytest.raises(StoreError, match="已被管理员清除，不能再存入"):
        findings.done(WANG, PROJECT, point.id, "", file=("证明.pdf", SECRET))


def test_a_proof_of_a_finding_is_taken_out_the_same_way() -> None:
    (point,) = findings.add(WANG, PROJECT, [findings.FindingDraft("problem", "进度滞后", "")])
    findings.start(WANG, PROJECT, point.id, "区住建局", date(2025, 6, 30))
    findings.done(WANG, PROJECT, point.id, "", file=("证明.pdf", SECRET))
    redaction.redact(ADMIN, PROJECT, DIGEST, "误传")
    with pytest.raises(NotAllowed, match="清除，理由：误传"):
        findings.proof_content(ZHAO, PROJECT, point.id, DIGEST)
    assert redaction.redactions(WANG, PROJECT).keys() == {DIGEST}


def test_a_rewritten_file_has_the_same_tables_and_no_trace(store_path: Path) -> None:
    item_records.add_evidence(WANG, PROJECT, WORKING, "A11", "原始凭证", "身份证.pdf", SECRET)
    item_records.add_evidence(WANG, PROJECT, WORKING, "A11", "原始凭证", "合同.pdf", OTHER)
    save(WANG, WORKING, edit("A11", 1, "1.50", reason="依据不足"))
    open_store.close()
    assert on_disk(store_path, SECRET)
    redaction.redact(ADMIN, PROJECT, DIGEST, "误传")
    before = scorecards.scorecard(WANG, PROJECT, WORKING)
    open_store.close()
    counts = _shape(store_path)
    assert on_disk(store_path, SECRET), "if DuckDB cleared freed blocks by itself, rewriting would not be needed"

    open_store.rewrite()
    assert not on_disk(store_path, SECRET)
    assert on_disk(store_path, OTHER)
    assert _shape(store_path) == counts
    assert not list(store_path.parent.glob("*.rewriting*"))
    again = scorecards.scorecard(WANG, PROJECT, WORKING)
    assert (again.items, again.tally) == (before.items, before.tally)
    assert verifying.verify(WANG).problems == ()


def _shape(path: Path) -> dict[str, object]:
    """Rows, columns and constraints of every table."""
    with duckdb.connect(str(path), read_only=True) as other:
        rows = {table: other.execute(f"SELECT count(*) FROM {table}").fetchall() for table in TABLES}
        columns = other.execute("SELECT table_name, sql FROM duckdb_tables() ORDER BY 1").fetchall()
        held = other.execute(
            "SELECT table_name, constraint_type, constraint_text FROM duckdb_constraints() ORDER BY ALL"
        ).fetchall()
    return {"rows": rows, "tables": columns, "constraints": held}


def test_who_only_administers_one_project_takes_out_nothing_of_another() -> None:
    grants = frozenset(replace(grant, project="another") for grant in OPERATOR)
    with pytest.raises(NotAllowed, match="只用于项目another"):
        redaction.redact(Context(Actor("user:x", "乙", grants)), PROJECT, DIGEST, "误传")
