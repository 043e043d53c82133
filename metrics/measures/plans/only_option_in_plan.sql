-- title: One option is the only one in the plan
-- asks: Which children have this option and no other in their plan, and since when?
-- why: LCS has no code for special guardianship or child arrangements, so such plans are recorded as "other". The detail shows
--      whether an assessment for either is open.
-- kind: measure
-- clock: option
-- parameters: option
-- needs: ssd_cla_care_plan
-- uses: local_permanence_options
-- evidence: episode, plans, guardianship_assessment
-- source: Placement Strategy 2.2, Countywide Tracking, fifth bullet
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
        when spine.guardianship_assessment_open then 'special guardianship or child arrangements assessment open'
        when not (select supplied from supplied where table_name = 'local_permanence_options')
            then 'assessments not supplied'
        else 'no such assessment open'
    end as detail
from option_clock
join spine using (as_at, child_number)
where option_clock.option = $option
    and len(spine.options) = 1
