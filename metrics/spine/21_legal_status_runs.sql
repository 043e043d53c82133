-- Since when a care order, a remand or an accommodation has been in force: the start of its unbroken run. An order that is renewed
-- row by row is one order: rows of one status that touch, overlap or leave one day uncovered are one run, as for placement orders.
-- A care order ends an agreement with the parents, so accommodation that was left open when a care order began after it is over while the
-- order is in force. Where the accommodation is recorded to begin with the order or after it, nobody can tell which of the two is over:
-- both stand. (A view, like the other files of this number: it costs nothing on a night whose policies do not ask.)
-- term: legal_status_run: Care orders, remands and accommodation, each with the start of its unbroken run: rows that
--      touch, overlap or leave one day uncovered are one order.
-- term: legal_status_run.code: The legal status.
-- term: legal_status_run.care_order: Whether it is a care order, interim ones too.
-- term: legal_status_run.full_care_order: Whether it is a care order that is not an interim one.
-- term: legal_status_run.accommodated: Whether it is accommodation under section 20.
-- term: legal_status_run.start_date: The day on which this row of it began.
-- term: legal_status_run.end_date: The day on which this row of it ended.
-- term: legal_status_run.since: The start of the unbroken run.
-- term: legal_status_run.later_orders: Of accommodation, the care orders that began after this row of it.
-- term: status_in_force: Whether a row of legal_status_run is in force on a day. Accommodation that is left open beside a care order which
--      began after it is not.
create or replace temp macro status_in_force(_starts, _ends, _later_orders, _day) as
    in_force(_starts, _ends, _day)
    and not coalesce(
        list_bool_or(list_transform(_later_orders, lambda care: in_force(care.start_date, care.end_date, _day))),
        false
    );

create or replace temp view legal_status_run as
with recorded as (
    select
        legal_status.child_number,
        legal_status.code,
        list_contains(codes.groups, 'care_order') as care_order,
        list_contains(codes.groups, 'interim_care_order') as interim,
        list_contains(codes.groups, 'accommodated') as accommodated,
        legal_status.start_date,
        legal_status.end_date,
        max(coalesce(legal_status.end_date, date '9999-12-30')) over (
            partition by legal_status.child_number, legal_status.code
            order by legal_status.start_date, legal_status.end_date nulls last
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from legal_status
    join codes
        on codes.code_set = 'legal_status'
        and codes.code = legal_status.code
        and list_has_any(codes.groups, ['care_order', 'accommodated', 'youth_justice'])
    where legal_status.end_date is null or legal_status.end_date >= legal_status.start_date
),

numbered as (
    select
        *,
        count(*) filter (where covered_until is null or start_date > covered_until + 1) over (
            partition by child_number, code
            order by start_date, end_date nulls last
            rows unbounded preceding
        ) as run_number
    from recorded
),

run as (
    select
        child_number,
        code,
        care_order,
        care_order and not interim as full_care_order,
        accommodated,
        start_date,
        end_date,
        min(start_date) over (partition by child_number, code, run_number) as since
    from numbered
),

later_order as (
    select
        run.child_number,
        run.start_date,
        list({start_date: care.start_date, end_date: care.end_date}) as orders
    from run
    join run as care
        on care.child_number = run.child_number
        and care.care_order
        and care.since > run.start_date
    where run.accommodated
    group by all
)

select
    run.*,
    case when run.accommodated then later_order.orders end as later_orders
from run
left join later_order using (child_number, start_date);
