-- title: Long-term fostering: awaiting ratification
-- asks: Which children of this age with long-term fostering in their plan live in the home that is to be ratified, and are waiting
--      for that?
-- why: From this age a review can ratify the long-term plan in a long-term placement. The home is one where a long-term foster placement
--      is recorded, or with whom the child is matched. The clock is the birthday, the match or the placement, whichever is latest; another
--      record of the placement in the same home does not start it again.
-- kind: measure
-- parameters: option, ratified_by_review_age
-- needs: ssd_cla_care_plan, ssd_cla_placement, local_carer_matches
-- evidence: episode, plans, placement, long_term_match, reviews_held
-- source: Placement Strategy 2.2, Permanency Tracking for Children with a Long-Term Fostering Plan; 3.2, last paragraph
-- out of: children aged {ratified_by_review_age} or over with {option} in their plan
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
        birthday(child.dob, $ratified_by_review_age),
        spine.long_term_match_date,
        placed.since,
        spine.entered_care
    ) as clock_start,
    case
        when spine.long_term_match_date is null then 'in a long-term placement, not matched'
        when spine.placement_long_term_foster then 'in a long-term placement, matched'
        else 'matched, not in a long-term placement'
    end as detail
from spine
join child using (child_number)
left join placed_in_home_on_day('long_term_foster') as placed using (as_at, child_number)
where list_contains(spine.options, $option)
    and spine.age >= $ratified_by_review_age
    and (spine.placement_long_term_foster or spine.long_term_match_date is not null)
    and not spine.long_term_match_ratified
