"""核对: what the documents agree and disagree on; contradictions first, each with its figures and its answer."""

from __future__ import annotations

from core.service.evidence import data_checks
from pages.evidence import funds_verified
from pages.evidence.doubts import detail, listed
from pages.shared import chips, filters, listing, script_run
from pages.shared.empty import no_file
from pages.shared.reads import read
from pages.shared.session import project
from pages.shared.who import who
from pages.shared.words import t

here = project()
found, answers = read(data_checks.checks, here), read(data_checks.answers, here)
filters.head(t("数据疑点"), amounts=True)
if not found:
    no_file(t("还没有可核对的数据。请先导入资金明细表和受益明细表。"))
    script_run.end()

chips.changed_here()
every = {finding.id: finding for finding in found}
listing.show(
    listed.checks(here, found, answers),
    lambda check: detail.show(here, every[check], answers.get(check)),
    who,
)
funds_verified.show(here)
