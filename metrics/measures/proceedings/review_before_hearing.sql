-- title: Review before the issues resolution hearing
-- asks: Was each child in care who is in proceedings reviewed in the weeks before the issues resolution hearing, by the day before it?
-- why: The final care plan, and what is proposed for family time, are looked at before the court is asked. A review of the child's case
--      counts, and so does a meeting held for it. Where the day of the hearing is not recorded, there is no due date. A child who
--      entered care on the day of the hearing or later had no review before it, and is not asked about.
-- kind: milestone
-- parameters: meeting_types, weeks
-- needs: local_care_proceedings, ssd_cla_reviews
-- uses: local_meetings
-- evidence: episode, court_hearings, reviews_held, stage_meetings
-- source: Slough Permanence Policy 8, Planning process
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with proceedings as (
    select
        spine.as_at,
        spine.child_number,
        spine.cla_id,
        recorded.issued_date,
        recorded.issues_resolution_hearing_date as hearing_date
    from spine
    join local_care_proceedings as recorded
        on recorded.person_id = spine.child_id
        and in_force(recorded.issued_date, recorded.concluded_date, spine.as_at)
    where recorded.issues_resolution_hearing_date is null
        or recorded.issues_resolution_hearing_date > spine.entered_care
),

looked_at as (
    select child_number, cla_id, review_date as looked_date, false as of_any_period
    from held_review
    union all
    select child_number, null as cla_id, meeting_date, true as of_any_period
    from held_meeting
    where list_contains($meeting_types::varchar[], meeting_type)
)

select
    proceedings.as_at,
    proceedings.child_number,
    proceedings.issued_date as clock_start,
    proceedings.hearing_date - 1 as due_date,
    min(looked_at.looked_date) as done_date,
    case
        when proceedings.hearing_date is null then 'issues resolution hearing not recorded'
        else 'issues resolution hearing on ' || strftime(proceedings.hearing_date, '%d/%m/%Y')
    end as detail
from proceedings
left join looked_at
    on looked_at.child_number = proceedings.child_number
    and (looked_at.of_any_period or looked_at.cla_id = proceedings.cla_id)
    and looked_at.looked_date >= proceedings.hearing_date - 7 * $weeks
    and looked_at.looked_date < proceedings.hearing_date
    and looked_at.looked_date <= proceedings.as_at
group by
    proceedings.as_at,
    proceedings.child_number,
    proceedings.issued_date,
    proceedings.hearing_date
