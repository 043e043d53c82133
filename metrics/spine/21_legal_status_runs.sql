-- Since when a care order, a remand or an accommodation has been in force: the start of its unbroken run. An order that is renewed
-- row by row is one order: rows of one status that touch, overlap or leave one day uncovered are one run, as for placement orders.
-- (A view, like the other files of this number: it costs nothing on a night whose policies do not ask.)
-- term: legal_status_run: Care orders, remands and accommodation, each with the start of its unbroken run: rows that
--      touch, overlap or leave one day uncovered are one order.
-- term: legal_status_run.code: The legal status.
-- term: legal_status_run.care_order: Whether it is a care order, interim ones too.
-- term: legal_status_run.full_care_order: Whether it is a care order that is not an interim one.
-- term: legal_status_run.accommodated: Whether it is accommodation under section 20.
-- term: legal_status_run.start_date: The day on which this row of it began.
-- term: legal_status_run.end_date: The day on which this row of it ended.
-- term: legal_status_run.since: The start of the unbroken run.
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
)

select
    child_number,
    code,
    care_order,
    care_order and not interim as full_care_order,
    accommodated,
    start_date,
    end_date,
    min(start_date) over (partition by child_number, code, run_number) as since
from numbered;
