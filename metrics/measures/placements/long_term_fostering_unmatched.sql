-- title: Long-term fostering without a match
-- asks: Which children live in a long-term foster placement, or have that plan, with no match to their carers, and since when?
-- why: A match tells the child and the carers that this is home until the child grows up. The clock is the later of the
--      placement's start and the plan's, whichever apply; another record of the placement in the same home does not start it again.
-- kind: measure
-- clock: option
-- parameters: option
-- needs: local_carer_matches, ssd_cla_placement, ssd_cla_care_plan
-- evidence: episode, placement, plans, long_term_match
-- source: Slough Permanence Policy 4, fourth aim
-- out of: children in a long-term foster placement, or with that plan
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    spine.as_at,
    spine.child_number,
    greatest(
        placed.since,
        option_clock.since
    ) as clock_start,
    case
        when not spine.placement_long_term_foster then option_clock.recorded_since
        when option_clock.recorded_since is not null then greatest(placed.since, option_clock.recorded_since)
    end as recorded_start,
    case
        when not spine.placement_long_term_foster then option_clock.observed_since
        when option_clock.observed_since is not null then greatest(placed.since, option_clock.observed_since)
    end as observed_start,
    case
        when option_clock.since is null then 'long-term foster placement, not the plan'
        when spine.placement_long_term_foster then 'long-term foster placement, and the plan'
        else 'the plan, not in a long-term foster placement'
    end || case when spine.placement_known then '' else '; placement not known' end as detail
from spine
left join placed_in_home_on_day('long_term_foster') as placed using (as_at, child_number)
left join option_clock
    on option_clock.as_at = spine.as_at
    and option_clock.child_number = spine.child_number
    and option_clock.option = $option
where spine.long_term_match_date is null
    and (spine.placement_long_term_foster or option_clock.since is not null)
