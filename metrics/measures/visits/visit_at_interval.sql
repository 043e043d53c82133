-- title: The next visit
-- asks: By when must each child who has been visited in the present placement be visited next?
-- why: Visits are at most six weeks apart in a placement's first year; after that at most three months where the placement is
--      meant to last to 18 (a long-term foster placement, or a long-term match), else six weeks still. The interval is that of
--      the placement's year in which the last visit was made. A visit at which the child was not seen does not count.
-- kind: milestone
-- parameters: first_year_months, first_year_weeks, lasting_months, other_weeks
-- needs: ssd_cla_visits, ssd_cla_placement
-- uses: local_carer_matches
-- evidence: placement, long_term_match, visits_recorded
-- source: Care Planning, Placement and Case Review (England) Regulations 2010, regulation 28(2)(b) and (c)
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases
-- reviewed: not yet
-- next_review: 2027-02-28
-- low_is_good: true
with visited as (
    select
        spine.as_at,
        spine.child_number,
        spine.placement_known,
        spine.placement_long_term_foster or spine.long_term_match_date is not null as meant_to_last,
        coalesce(home_on_day.home_start, spine.entered_care) as placed_date,
        visit.visit_date
    from spine
    left join home_on_day using (as_at, child_number)
    asof join visit
        on visit.child_number = spine.child_number
        and visit.visit_date <= spine.as_at
)

select
    as_at,
    child_number,
    visit_date as clock_start,
    case
        when visit_date < months_after(placed_date, $first_year_months) then visit_date + 7 * $first_year_weeks
        when meant_to_last then months_after(visit_date, $lasting_months)
        else visit_date + 7 * $other_weeks
    end as due_date,
    null::date as done_date,
    case
        when visit_date < months_after(placed_date, $first_year_months) then 'first year of the placement'
        when meant_to_last then 'meant to last to 18'
        else 'not known to be meant to last'
    end || case when placement_known then '' else '; placement not known' end as detail
from visited
where visit_date >= placed_date
