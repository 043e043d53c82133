-- title: In pre-proceedings, no family group conference offered
-- asks: Which children are in pre-proceedings with no family group conference held, offered or declined?
-- why: Pre-proceedings are the family's last chance to find its own answer. A conference counts when it was held, offered or declined
--      by the day and no more than the set weeks before the decision. The clock is the earliest decision that has not ended.
-- kind: measure
-- parameters: meetings, statuses, weeks_before_decision
-- needs: ssd_pre_proceedings, local_meetings, children_not_in_care
-- uses: local_care_proceedings
-- evidence: pre_proceedings_decided, family_conferences
-- source: Slough Permanence Policy 14
-- out of: children in pre-proceedings, in care or not
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with pursued as (
    select
        known.as_at,
        known.child_number,
        known.child_id,
        known.in_care,
        min(pre_proceedings.decision_date) as decision_date
    from known_on_day as known
    join pre_proceedings
        on pre_proceedings.child_number = known.child_number
        and in_force(pre_proceedings.decision_date, pre_proceedings.ended_date, known.as_at)
    group by all
)

select
    pursued.as_at,
    pursued.child_number,
    pursued.decision_date as clock_start,
    case when pursued.in_care then 'in care' else 'not in care' end as detail
from pursued
where not exists (
    select 1
    from local_meetings as meeting
    where meeting.person_id = pursued.child_id
        and list_contains($meetings::varchar[], meeting.meeting_type)
        and list_contains($statuses::varchar[], coalesce(meeting.meeting_status, 'HELD'))
        and meeting.meeting_date between pursued.decision_date - 7 * $weeks_before_decision and pursued.as_at
)
