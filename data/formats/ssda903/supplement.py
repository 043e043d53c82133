"""What stands beside the episodes: the workers of SWEpisodes, and the supplement of care plans, since the return has no plan."""

from __future__ import annotations

import duckdb

from data.contract.code_matching import CodeLists, need_code_lists
from data.parsed_sql import execute
from data.settings import Settings
from data.sql_results import one_value

# The newest return's word on each time with a social worker, and its last day if one of the return's rows has it.
SOCIAL_WORKERS = """
insert into ssd_involvements by name
with newest as (
    select
        child,
        sw_id,
        sw_decom,
        arg_max({'sw_dec': sw_dec}, (place << 33) + ((sw_dec is not null)::bigint << 32) - source_row).sw_dec as sw_dec,
        arg_max(source_row, (place << 32) - source_row) as source_row
    from (
        select worker.*, coalesce(file_return.return_number, 0) as place
        from ssda903_sw_episodes as worker
        left join file_return using (file)
        where worker.sw_decom is not null
    )
    group by child, sw_id, sw_decom
    order by child, sw_decom, sw_id
),

numbered as (
    select *, row_number() over () as place, child is distinct from lag(child) over () as is_first
    from newest
)

select
    child || '-SW' || 1 + place - max(case when is_first then place end) over (rows unbounded preceding) as invo_involvements_id,
    child as invo_person_id,
    sw_id as invo_professional_id,
    $role as invo_professional_role_id,
    sw_decom as invo_involvement_start_date,
    sw_dec as invo_involvement_end_date,
    source_row
from numbered
"""
# Options that run side by side are one plan with both (parallel planning). A plan goes from each day on which an option starts or ends to
# the next such day; a day with no option in force ends the plan.
CARE_PLANS = """
insert into ssd_cla_care_plan by name
with edges as (
    select person_id, start_date as day from local_care_plan
    union
    select person_id, end_date from local_care_plan where end_date is not null
),

spans as (
    select person_id, day as first_day, lead(day) over (partition by person_id order by day) as last_day
    from edges
),

planned as (
    select
        spans.person_id,
        spans.first_day,
        spans.last_day,
        list(distinct supplement.option) as options,
        min(supplement.source_row) as source_row
    from spans
    join local_care_plan as supplement
        on supplement.person_id = spans.person_id
        and supplement.start_date <= spans.first_day
        and (supplement.end_date is null or supplement.end_date > spans.first_day)
    group by all
)

select
    planned.person_id || '-' || row_number() over (partition by planned.person_id order by planned.first_day) as lacp_table_id,
    planned.person_id as lacp_person_id,
    planned.first_day as lacp_cla_care_plan_start_date,
    planned.last_day as lacp_cla_care_plan_end_date,
    ticked.ticks as lacp_ticks,
    list_filter(ticked.names, lambda name, place: list_position(ticked.names, name) = place) as lacp_options,
    false as lacp_recovered,
    planned.source_row
from planned,
    lateral (
        select
            list(code order by place) as ticks,
            list(option_name order by place) as names
        from code_list
        where codes = 'plan_option' and list_contains(planned.options, code)
    ) as ticked
order by planned.person_id, planned.first_day
"""


def add_social_workers(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Each social worker of SWEpisodes as an involvement, in the role that settings name for an allocated worker. The team is not known."""
    roles = [*settings.allocated_worker_contains, *settings.allocated_worker_equals]
    if roles:
        execute(con, SOCIAL_WORKERS, {"role": roles[0]})


def add_care_plans(con: duckdb.DuckDBPyConnection, lists: CodeLists) -> None:
    """The supplement's options as care plans."""
    if one_value(con.execute("select exists (from local_care_plan)")):
        need_code_lists(con, lists)
        execute(con, CARE_PLANS)
