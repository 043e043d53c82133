-- Subject to a placement order: an E1 in force, since the start of its run. Rows that touch, overlap or leave one day
-- uncovered are one run. A row that ends before it starts is never in force and joins nothing.
create or replace temp table placement_order_run as
with placement_order as (
    select
        legal_status.child_number,
        legal_status.start_date,
        legal_status.end_date,
        max(coalesce(legal_status.end_date, date '9999-12-30')) over (
            partition by legal_status.child_number
            order by legal_status.start_date, legal_status.end_date nulls last
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from legal_status
    join codes
        on codes.code_set = 'legal_status'
        and codes.code = legal_status.code
        and list_contains(codes.groups, 'placement_order')
    where legal_status.end_date is null or legal_status.end_date >= legal_status.start_date
),

numbered as (
    select
        *,
        count(*) filter (where covered_until is null or start_date > covered_until + 1) over (
            partition by child_number
            order by start_date, end_date nulls last
            rows unbounded preceding
        ) as run_number
    from placement_order
)

select
    child_number,
    start_date,
    end_date,
    min(start_date) over (partition by child_number, run_number) as since
from numbered;

-- The orders that the permanence record holds, in turn, and when their decision was reversed.
create or replace temp table recorded_placement_order as
select
    child.child_number,
    permanence.perm_placement_order_date as order_date,
    case
        when permanence.perm_decision_reversed_date >= permanence.perm_placement_order_date
            then permanence.perm_decision_reversed_date
    end as reversed_date,
    row_number() over (
        partition by child.child_number
        order by
            permanence.perm_placement_order_date,
            length(coalesce(permanence.perm_table_id, '')),
            coalesce(permanence.perm_table_id, ''),
            permanence.source_row
    ) as turn
from ssd_permanence as permanence
join child on child.child_id = permanence.perm_person_id
where permanence.perm_placement_order_date is not null;

create or replace temp table placement_order_on_day as
with from_legal_status as (
    select
        child_in_care.as_at,
        child_in_care.child_number,
        min(placement_order_run.since) as since
    from child_in_care
    join placement_order_run
        on placement_order_run.child_number = child_in_care.child_number
        and in_force(placement_order_run.start_date, placement_order_run.end_date, child_in_care.as_at)
    group by all
),

-- No E1 in force: the latest order of the permanence record within this period of care ...
from_permanence as (
    select
        child_in_care.as_at,
        child_in_care.child_number,
        max(recorded_placement_order.turn) as turn
    from child_in_care
    join recorded_placement_order
        on recorded_placement_order.child_number = child_in_care.child_number
        and recorded_placement_order.order_date between child_in_care.entered_care and child_in_care.as_at
    anti join from_legal_status
        on from_legal_status.as_at = child_in_care.as_at
        and from_legal_status.child_number = child_in_care.child_number
    group by all
)

select as_at, child_number, since, 'legal status' as source
from from_legal_status
union all
-- ... unless its decision was reversed since, or the legal statuses know better: a later one began, or a placement order among them ended and
-- another goes on. One that ended with no other in force has run out, and was not renewed in the record.
select
    from_permanence.as_at,
    from_permanence.child_number,
    recorded.order_date as since,
    'permanence record' as source
from from_permanence
join recorded_placement_order as recorded using (child_number, turn)
where not coalesce(recorded.reversed_date <= from_permanence.as_at, false)
    and not exists (
        select 1
        from legal_status
        where legal_status.child_number = from_permanence.child_number
            and legal_status.start_date > recorded.order_date
            and legal_status.start_date <= from_permanence.as_at
    )
    and not exists (
        select 1
        from placement_order_run as ended
        join legal_status_on_day as still
            on still.child_number = ended.child_number
            and still.as_at = from_permanence.as_at
        where ended.child_number = from_permanence.child_number
            and ended.end_date > recorded.order_date
            and ended.end_date <= from_permanence.as_at
    );
