-- title: Long-term fostering with no ratified match
-- asks: Which children with a plan of long-term fostering live with foster carers with whom no match has been ratified?
-- why: Living with a foster family for a long time does not make a permanent home: only the panel's agreement does.
--      The clock is the day on which the option became the plan, or on which the child moved into this home, if later.
-- kind: measure
-- clock: option
-- parameters: option
-- needs: ssd_cla_care_plan, ssd_cla_placement, local_carer_matches
-- evidence: episode, plans, placement, long_term_match
-- source: Permanency Planning Practice Guidance 4, Living with a Foster Family - Long Term Fostering
-- out of: children with {option} in their plan who live with foster carers
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    spine.as_at,
    spine.child_number,
    greatest(option_clock.since, home_on_day.home_start) as clock_start,
    greatest(option_clock.recorded_since, home_on_day.home_start) as recorded_start,
    case
        when option_clock.observed_since is not null then greatest(option_clock.observed_since, home_on_day.home_start)
    end as observed_start,
    case when spine.long_term_match_date is null then 'not matched' else 'matched, not ratified' end as detail
from option_clock
join spine using (as_at, child_number)
join home_on_day using (as_at, child_number)
join codes
    on codes.code_set = 'placement_type'
    and codes.code = spine.placement_type
    and list_contains(codes.groups, 'foster')
where option_clock.option = $option
    and not spine.long_term_match_ratified
