-- title: A consultation review is possible
-- asks: Which children have been matched and placed in a long-term foster placement for so long that one review a year may be a
--      consultation?
-- why: A settled child does not need a full meeting every year. This is a list of options, not of overdue tasks;
--      the decision is made at the permanence progress meeting. The clock starts with the later of the match and the home. Children
--      with relatives or friends are left out.
-- kind: measure
-- parameters: excepted, meeting_types
-- needs: local_carer_matches, ssd_cla_placement, earlier_records
-- uses: local_meetings
-- evidence: placement, long_term_match, stage_meetings
-- source: Permanence Planning Policy 8, LAC Consultation Reviews
-- out of: children matched and placed with long-term foster carers who are not relatives or friends
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: none
with matched as (
    select *
    from long_term_settled_on_day($excepted::varchar[])
),

reviewed as (
    select
        matched.as_at,
        matched.child_number,
        max(held_meeting.meeting_date) as review_date
    from matched
    join held_meeting
        on held_meeting.child_number = matched.child_number
        and list_contains($meeting_types::varchar[], held_meeting.meeting_type)
        and held_meeting.meeting_date between matched.settled_date and matched.as_at
    group by all
)

select
    matched.as_at,
    matched.child_number,
    matched.settled_date as clock_start,
    case
        when reviewed.review_date is not null then 'last consultation on ' || strftime(reviewed.review_date, '%d/%m/%Y')
        when not (select supplied from supplied where table_name = 'local_meetings') then 'consultation reviews not supplied'
        else 'no consultation review yet'
    end as detail
from matched
left join reviewed using (as_at, child_number)
