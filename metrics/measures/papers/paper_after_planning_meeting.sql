-- title: A paper of the planning meeting, sent after it
-- asks: Was this paper sent in time after each permanency planning meeting of a child whose plan includes adoption?
-- why: Where adoption is in the plan, those who have to act on it are told at once. Asked of every meeting since adoption has been in
--      the plan, and of those so many days before that led to it; a paper that is sent later closes the earlier ones too, late.
-- kind: milestone
-- due: clock_start
-- parameters: document_type, sent_to, meetings, option, working_days, days_before_plan
-- needs: local_documents, local_meetings, ssd_cla_care_plan, plan_starts
-- evidence: episode, plans, permanency_meetings, documents_recorded
-- source: Guidance 3.2 and 3.7
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    met.as_at,
    met.child_number,
    met.meeting_date as clock_start,
    working_days_after(met.meeting_date, $working_days) as due_date,
    min(document.sent_date) as done_date,
    'meeting of ' || strftime(met.meeting_date, '%d/%m/%Y') as detail
from meeting_with_option_on_day($meetings, $option, $days_before_plan) as met
left join document
    on document.child_number = met.child_number
    and document.document_type = $document_type
    and ($sent_to = '' or document.sent_to = $sent_to)
    and document.sent_date between met.meeting_date and met.as_at
    and coalesce(document.about_date, met.meeting_date) >= met.meeting_date
group by all
