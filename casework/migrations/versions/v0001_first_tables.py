"""The first tables of the panel's records, the barriers they begin with, and what may never be changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy
from alembic import op

revision = "0001"
down_revision = None

# The barriers that the practice guidance and the panel's own documents name; the council edits the list from here.
THEMES = {
    "court_delay": "Court delay",
    "legal_advice_awaited": "Legal advice or legal planning meeting awaited",
    "assessment_outstanding": "Assessment outstanding",
    "connected_assessment": "Connected person or special guardianship assessment not complete",
    "agency_decision_awaited": "Agency decision awaited",
    "family_finding": "Family finding still going on",
    "no_match_found": "No match found",
    "matching_not_ratified": "Match waiting for panel or ratification",
    "sibling_decision": "Decision about brothers and sisters awaited",
    "contact": "Contact arrangements not settled",
    "parents_change": "Parents' capacity to change still being tested",
    "child_wishes": "Child's wishes and feelings",
    "carer_wishes": "Carer's wishes or circumstances",
    "support_package": "Support package or finance not agreed",
    "immigration_status": "Immigration status, nationality or passport",
    "health": "Health or disability",
    "education_or_mental_health": "Education or mental health provision",
    "placement_breakdown": "Placement breakdown",
    "no_placement_available": "No suitable placement available",
    "worker_change": "Change or absence of the child's worker",
    "recording": "Record not up to date",
}
# What may be added to and never changed, and what a frozen panel's mark closes to additions too.
KEPT = ("revision", "publication", "frozen_panel", "frozen_rule", "frozen_list", "frozen_figure", "frozen_pack")
CLOSED_BY_MARK = ("frozen_rule", "frozen_list", "frozen_figure", "frozen_pack")
INDEXED = (
    ("action", "child_id"),
    ("action", "panel_id"),
    ("action", "state"),
    ("agenda_item", "child_id"),
    ("discussion", "child_id"),
)


def upgrade() -> None:
    _tables_that_people_change()
    _tables_that_nothing_changes()
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_triggers()
    else:
        _postgresql_triggers()
    _themes()


def _tables_that_people_change() -> None:
    op.create_table(
        "commentary",
        sqlalchemy.Column("kind", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("period", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("measure_id", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("text", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("version", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.PrimaryKeyConstraint("id", name="pk_commentary"),
        sqlalchemy.UniqueConstraint("kind", "period", "measure_id", name="uq_commentary_kind_period_measure_id"),
    )
    op.create_table(
        "panel",
        sqlalchemy.Column("policy_id", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("panel_date", sqlalchemy.Date(), nullable=False),
        sqlalchemy.Column("status", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("notes", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("version", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.CheckConstraint("status in ('open', 'closed')", name="ck_panel_status"),
        sqlalchemy.PrimaryKeyConstraint("id", name="pk_panel"),
        sqlalchemy.UniqueConstraint("policy_id", "panel_date", name="uq_panel_policy_id_panel_date"),
    )
    op.create_table(
        "theme",
        sqlalchemy.Column("code", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("label", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("active", sqlalchemy.Boolean(), nullable=False),
        sqlalchemy.Column("place", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("version", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.PrimaryKeyConstraint("id", name="pk_theme"),
        sqlalchemy.UniqueConstraint("code", name="uq_theme_code"),
    )
    op.create_table(
        "action",
        sqlalchemy.Column("panel_id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("child_id", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("kind", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("text", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("owner", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("due_date", sqlalchemy.Date(), nullable=True),
        sqlalchemy.Column("state", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("done_date", sqlalchemy.Date(), nullable=True),
        sqlalchemy.Column("outcome_note", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("version", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.CheckConstraint("state in ('open', 'done', 'cancelled')", name="ck_action_state"),
        sqlalchemy.ForeignKeyConstraint(["panel_id"], ["panel.id"], name="fk_action_panel_id"),
        sqlalchemy.PrimaryKeyConstraint("id", name="pk_action"),
    )
    op.create_table(
        "agenda_item",
        sqlalchemy.Column("panel_id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("child_id", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("place", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("source", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("rules", sqlalchemy.JSON(), nullable=False),
        sqlalchemy.Column("carried_from", sqlalchemy.Integer(), nullable=True),
        sqlalchemy.Column("reason", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("removed", sqlalchemy.Boolean(), nullable=False),
        sqlalchemy.Column("id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("version", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.CheckConstraint("source in ('list', 'carried', 'off_list', 'by_hand')", name="ck_agenda_item_source"),
        sqlalchemy.ForeignKeyConstraint(["carried_from"], ["panel.id"], name="fk_agenda_item_carried_from"),
        sqlalchemy.ForeignKeyConstraint(["panel_id"], ["panel.id"], name="fk_agenda_item_panel_id"),
        sqlalchemy.PrimaryKeyConstraint("id", name="pk_agenda_item"),
        sqlalchemy.UniqueConstraint("panel_id", "child_id", name="uq_agenda_item_panel_id_child_id"),
    )
    op.create_table(
        "discussion",
        sqlalchemy.Column("panel_id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("child_id", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("summary", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("decision", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("outcome", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("next_panel_date", sqlalchemy.Date(), nullable=True),
        sqlalchemy.Column("id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("version", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.ForeignKeyConstraint(["panel_id"], ["panel.id"], name="fk_discussion_panel_id"),
        sqlalchemy.PrimaryKeyConstraint("id", name="pk_discussion"),
        sqlalchemy.UniqueConstraint("panel_id", "child_id", name="uq_discussion_panel_id_child_id"),
    )
    op.create_table(
        "discussion_theme",
        sqlalchemy.Column("discussion_id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("theme_code", sqlalchemy.Text(), nullable=False),
        sqlalchemy.ForeignKeyConstraint(["discussion_id"], ["discussion.id"], name="fk_discussion_theme_discussion_id"),
        sqlalchemy.ForeignKeyConstraint(["theme_code"], ["theme.code"], name="fk_discussion_theme_theme_code"),
        sqlalchemy.PrimaryKeyConstraint("discussion_id", "theme_code", name="pk_discussion_theme"),
    )
    for table, column in INDEXED:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _tables_that_nothing_changes() -> None:
    op.create_table(
        "publication",
        sqlalchemy.Column("id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("kind", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("period", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("published_at", sqlalchemy.DateTime(timezone=True), nullable=False),
        sqlalchemy.Column("published_by", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("night_name", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("cells", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("pattern", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("sha256", sqlalchemy.Text(), nullable=False),
        sqlalchemy.PrimaryKeyConstraint("id", name="pk_publication"),
        sqlalchemy.UniqueConstraint("kind", "period", "sha256", name="uq_publication_kind_period_sha256"),
    )
    op.create_table(
        "revision",
        sqlalchemy.Column("id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("entity", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("entity_id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("version", sqlalchemy.Integer(), nullable=True),
        sqlalchemy.Column("based_on", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("before", sqlalchemy.JSON(), nullable=False),
        sqlalchemy.Column("after", sqlalchemy.JSON(), nullable=False),
        sqlalchemy.Column("who", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("at", sqlalchemy.DateTime(timezone=True), nullable=False),
        sqlalchemy.PrimaryKeyConstraint("id", name="pk_revision"),
        sqlalchemy.UniqueConstraint("entity", "entity_id", "version", name="uq_revision_entity_entity_id_version"),
    )
    op.create_table(
        "frozen_figure",
        sqlalchemy.Column("id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("panel_id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("rule", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("group_kind", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("group_name", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("children", sqlalchemy.Integer(), nullable=True),
        sqlalchemy.Column("population", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.ForeignKeyConstraint(["panel_id"], ["panel.id"], name="fk_frozen_figure_panel_id"),
        sqlalchemy.PrimaryKeyConstraint("id", name="pk_frozen_figure"),
        sqlalchemy.UniqueConstraint(
            "panel_id", "rule", "group_kind", "group_name", name="uq_frozen_figure_panel_id_rule_group_kind_group_name"
        ),
    )
    op.create_table(
        "frozen_list",
        sqlalchemy.Column("panel_id", sqlalchemy.Integer(), autoincrement=False, nullable=False),
        sqlalchemy.Column("rule", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("child_id", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("place", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("service", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("team", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("worker", sqlalchemy.Text(), nullable=True),
        sqlalchemy.Column("since", sqlalchemy.Date(), nullable=True),
        sqlalchemy.Column("recorded_since", sqlalchemy.Date(), nullable=True),
        sqlalchemy.Column("observed_since", sqlalchemy.Date(), nullable=True),
        sqlalchemy.Column("limit_date", sqlalchemy.Date(), nullable=True),
        sqlalchemy.Column("days_over", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("age", sqlalchemy.Integer(), nullable=True),
        sqlalchemy.Column("in_care", sqlalchemy.Boolean(), nullable=False),
        sqlalchemy.Column("detail", sqlalchemy.Text(), nullable=True),
        sqlalchemy.ForeignKeyConstraint(["panel_id"], ["panel.id"], name="fk_frozen_list_panel_id"),
        sqlalchemy.PrimaryKeyConstraint("panel_id", "rule", "child_id", name="pk_frozen_list"),
    )
    op.create_table(
        "frozen_pack",
        sqlalchemy.Column("panel_id", sqlalchemy.Integer(), autoincrement=False, nullable=False),
        sqlalchemy.Column("file_name", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("content", sqlalchemy.LargeBinary(), nullable=False),
        sqlalchemy.Column("sha256", sqlalchemy.Text(), nullable=False),
        sqlalchemy.ForeignKeyConstraint(["panel_id"], ["panel.id"], name="fk_frozen_pack_panel_id"),
        sqlalchemy.PrimaryKeyConstraint("panel_id", name="pk_frozen_pack"),
    )
    op.create_table(
        "frozen_panel",
        sqlalchemy.Column("panel_id", sqlalchemy.Integer(), autoincrement=False, nullable=False),
        sqlalchemy.Column("as_at", sqlalchemy.Date(), nullable=False),
        sqlalchemy.Column("night_name", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("night_hash", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("frozen_at", sqlalchemy.DateTime(timezone=True), nullable=False),
        sqlalchemy.Column("frozen_by", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("content_hash", sqlalchemy.Text(), nullable=False),
        sqlalchemy.ForeignKeyConstraint(["panel_id"], ["panel.id"], name="fk_frozen_panel_panel_id"),
        sqlalchemy.PrimaryKeyConstraint("panel_id", name="pk_frozen_panel"),
    )
    op.create_table(
        "frozen_rule",
        sqlalchemy.Column("panel_id", sqlalchemy.Integer(), autoincrement=False, nullable=False),
        sqlalchemy.Column("rule", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("place", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("title", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("wording", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("limit_words", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("missing", sqlalchemy.Text(), nullable=False),
        sqlalchemy.ForeignKeyConstraint(["panel_id"], ["panel.id"], name="fk_frozen_rule_panel_id"),
        sqlalchemy.PrimaryKeyConstraint("panel_id", "rule", name="pk_frozen_rule"),
    )


def _sqlite_triggers() -> None:
    for table in KEPT:
        for change in ("update", "delete"):
            op.execute(
                f"create trigger {table}_kept_{change} before {change} on {table} "
                f"begin select raise(abort, '{table} is kept for good'); end"
            )
    for table in CLOSED_BY_MARK:
        op.execute(
            f"create trigger {table}_closed before insert on {table} "
            "when exists (select 1 from frozen_panel where panel_id = new.panel_id) "
            f"begin select raise(abort, '{table} is kept for good'); end"
        )


def _postgresql_triggers() -> None:
    op.execute(
        "create function kept_for_good() returns trigger language plpgsql as "
        "$$ begin raise exception '% is kept for good', tg_table_name; end $$"
    )
    op.execute(
        "create function closed_by_mark() returns trigger language plpgsql as $$ begin "
        "if exists (select 1 from frozen_panel where panel_id = new.panel_id) "
        "then raise exception '% is kept for good', tg_table_name; end if; return new; end $$"
    )
    for table in KEPT:
        op.execute(
            f"create trigger {table}_kept before update or delete or truncate on {table} "
            "for each statement execute function kept_for_good()"
        )
    for table in CLOSED_BY_MARK:
        op.execute(f"create trigger {table}_closed before insert on {table} for each row execute function closed_by_mark()")


def _themes() -> None:
    names = ("id", "code", "label", "place", "version")
    columns: list[sqlalchemy.ColumnClause[Any]] = [sqlalchemy.column(name) for name in names]
    theme = sqlalchemy.table("theme", *columns, sqlalchemy.column("active", sqlalchemy.Boolean))
    rows = [
        {"code": code, "label": label, "active": True, "place": place, "version": 1}
        for place, (code, label) in enumerate(THEMES.items(), start=1)
    ]
    op.bulk_insert(theme, rows)
    _histories(op.get_bind().execute(sqlalchemy.select(theme)).mappings().all())


def _histories(themes) -> None:
    """Each theme's first version, as every later change will have its own."""
    revision_table = sqlalchemy.table(
        "revision",
        sqlalchemy.column("entity"),
        sqlalchemy.column("entity_id"),
        sqlalchemy.column("version"),
        sqlalchemy.column("based_on"),
        sqlalchemy.column("before", sqlalchemy.JSON),
        sqlalchemy.column("after", sqlalchemy.JSON),
        sqlalchemy.column("who"),
        sqlalchemy.column("at", sqlalchemy.DateTime(timezone=True)),
    )
    now = datetime.now(UTC)
    op.bulk_insert(
        revision_table,
        [
            {
                "entity": "theme",
                "entity_id": row["id"],
                "version": 1,
                "based_on": 0,
                "before": {},
                "after": {name: row[name] for name in ("label", "active", "place")},
                "who": "Permanence Tracker",
                "at": now,
            }
            for row in themes
        ],
    )
