-- title: The next statutory visit to a foster placement
-- asks: By when must each child in a foster placement be visited next, and when was the last visit?
-- why: A child who moves is visited in the first week, then often for a year, then as the placement settles. The time to the
--      next visit is that of the placement's year in which the last one was made. From sixteen it is never longer than eight
--      weeks. A visit at which the child was not seen does not count. The document speaks of foster placements only; visits to
--      children who live elsewhere follow England's regulations.
-- kind: milestone
-- parameters: first_days, first_year_weeks, first_year_months, later_months, older_age, older_weeks
-- needs: ssd_cla_visits, ssd_cla_placement
-- evidence: placement, visits_recorded
-- source: Permanence Planning Policy 9, Statutory Visits for Foster Care
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with followed as (
    select
        spine.as_at,
        spine.child_number,
        home_on_day.home_start,
        child.dob,
        birthday(child.dob, $older_age) as older_from
    from spine
    join child using (child_number)
    join home_on_day using (as_at, child_number)
    join codes
        on codes.code_set = 'placement_type'
        and codes.code = spine.placement_type
        and list_contains(codes.groups, 'foster')
),

visited as (
    select
        followed.*,
        case when visit.visit_date >= followed.home_start then visit.visit_date end as last_visit
    from followed
    asof left join visit
        on visit.child_number = followed.child_number
        and visit.visit_date <= followed.as_at
),

next_visit as (
    select
        *,
        case
            when last_visit is null then home_start + $first_days
            when last_visit < months_after(home_start, $first_year_months) then last_visit + 7 * $first_year_weeks
            else months_after(last_visit, $later_months)
        end as usual_date,
        greatest(last_visit + 7 * $older_weeks, older_from) as older_date
    from visited
)

select
    as_at,
    child_number,
    coalesce(last_visit, home_start) as clock_start,
    case when last_visit is null or dob is null then usual_date else least(usual_date, older_date) end as due_date,
    null as done_date,
    case
        when last_visit is null then 'not visited since the placement began'
        else 'last visit on ' || strftime(last_visit, '%d/%m/%Y')
    end as detail
from next_visit
