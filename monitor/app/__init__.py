"""Wiring: settings become adapters, and the jobs run on them.

Reading order: workspace · library · work · handed_in · recipients · drafting · replaying · making.
"""

from monitor.app.desk import act_on, desk_of, lay_out_desks, show_desk
from monitor.app.drafting import Imported, import_agreement_file, printed_agreement
from monitor.app.handed_in import (
    article_of_page,
    explain_address,
    explain_article,
    extract_body,
    import_file,
    judge_lines,
    plan_file,
    read_article,
)
from monitor.app.health import (
    health_now,
    metrics_page,
    metrics_served,
    month_of_sources,
    write_metrics,
)
from monitor.app.library import chosen, digest_of, must_be_a_digest, read_agreement, usable
from monitor.app.making import demo_workspace, new_workspace, shipped_slot
from monitor.app.recipients import decide_on_recipient, recipients_of
from monitor.app.replaying import Draft, draft, index_words, replay_draft
from monitor.app.work import (
    RunReport,
    Unseen,
    audit_of,
    check_all,
    compose_all,
    due_in,
    fetcher,
    ingest_all,
    match_all,
    plan_purge_all,
    plan_purge_files,
    preview,
    purge_all,
    run_once,
    send_all,
    source_states,
    undelivered,
    weigh_aliases_of,
)
from monitor.app.workspace import Workspace, holidays_of, now, open_workspace, read_library

__all__ = [
    "Draft",
    "Imported",
    "RunReport",
    "Unseen",
    "Workspace",
    "act_on",
    "article_of_page",
    "audit_of",
    "check_all",
    "chosen",
    "compose_all",
    "decide_on_recipient",
    "demo_workspace",
    "desk_of",
    "digest_of",
    "draft",
    "due_in",
    "explain_address",
    "explain_article",
    "extract_body",
    "fetcher",
    "health_now",
    "holidays_of",
    "import_agreement_file",
    "import_file",
    "index_words",
    "ingest_all",
    "judge_lines",
    "lay_out_desks",
    "match_all",
    "metrics_page",
    "metrics_served",
    "month_of_sources",
    "must_be_a_digest",
    "new_workspace",
    "now",
    "open_workspace",
    "plan_file",
    "plan_purge_all",
    "plan_purge_files",
    "preview",
    "printed_agreement",
    "purge_all",
    "read_agreement",
    "read_article",
    "read_library",
    "recipients_of",
    "replay_draft",
    "run_once",
    "send_all",
    "shipped_slot",
    "show_desk",
    "source_states",
    "undelivered",
    "usable",
    "weigh_aliases_of",
    "write_metrics",
]
