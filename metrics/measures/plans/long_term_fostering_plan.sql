-- title: Long-term fostering is the plan
-- asks: Which children have long-term fostering among their plan's options, since when, and are they matched?
-- why: A year after long-term fostering became the plan, a child should know who they will live with. The detail shows those who
--      are matched or live in a long-term foster placement, and those who are not, who are drifting.
-- kind: measure
-- clock: option
-- parameters: option
-- needs: ssd_cla_care_plan
-- evidence: episode, plans, placement, long_term_match
-- source: Placement Strategy 2.2, Countywide Tracking, seventh bullet
-- out of: children in care on the day
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    spine.as_at,
    spine.child_number,
    option_clock.since as clock_start,
    option_clock.recorded_since as recorded_start,
    option_clock.observed_since as observed_start,
    case
        when spine.placement_long_term_foster or spine.long_term_match_date is not null
            then 'matched or in a long-term foster placement'
        when not (select supplied from supplied where table_name = 'local_carer_matches')
            then 'not in a long-term foster placement; matches not supplied'
        else 'not matched'
    end as detail
from option_clock
join spine using (as_at, child_number)
where option_clock.option = $option
