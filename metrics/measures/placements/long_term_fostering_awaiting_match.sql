-- title: Long-term fostering: awaiting a match
-- asks: Which children with long-term fostering in their plan are waiting for a match, or from this age for its ratification?
-- why: The long-term tracking team keeps this list. From 14 a review can ratify the plan, so an older child waits until one
--      has. The clock is the day the option became the plan, or that family finding started, if that is earlier.
-- kind: measure
-- clock: option
-- parameters: option, ratified_by_review_age
-- needs: ssd_cla_care_plan, local_carer_matches
-- evidence: episode, plans, long_term_match, family_finding
-- source: Placement Strategy 2.2, Permanency Tracking for Children with a Long-Term Fostering Plan; 3.2
-- out of: children with {option} in their plan
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with family_finding as (
    select
        child.child_number,
        carer_match.family_finding_start_date,
        carer_match.ended_date
    from local_carer_matches as carer_match
    join child on child.child_id = carer_match.person_id
    where carer_match.match_type = 'LTF'
        and carer_match.family_finding_start_date is not null
),

finding_on_day as (
    select
        spine.as_at,
        spine.child_number,
        min(family_finding.family_finding_start_date) as since
    from family_finding
    join spine
        on spine.child_number = family_finding.child_number
        and family_finding.family_finding_start_date between spine.entered_care and spine.as_at
        and (family_finding.ended_date is null or family_finding.ended_date > spine.as_at)
    group by all
)

select
    spine.as_at,
    spine.child_number,
    least(option_clock.since, finding_on_day.since) as clock_start,
    least(option_clock.recorded_since, finding_on_day.since) as recorded_start,
    case
        when option_clock.observed_since is not null then least(option_clock.observed_since, finding_on_day.since)
    end as observed_start,
    case
        when not coalesce(spine.age >= $ratified_by_review_age, false) then 'awaiting a match'
        when spine.long_term_match_date is null then 'awaiting ratification by review; not matched'
        else 'awaiting ratification by review; matched'
    end as detail
from option_clock
join spine using (as_at, child_number)
left join finding_on_day using (as_at, child_number)
where option_clock.option = $option
    and case
        when spine.age >= $ratified_by_review_age then not spine.long_term_match_ratified
        else spine.long_term_match_date is null
    end
