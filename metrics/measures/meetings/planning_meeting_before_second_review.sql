-- title: A permanency planning meeting before the second review
-- asks: Was a permanency planning meeting held before the day of the second review, or before entry to care where the child
--      was in pre-proceedings or care proceedings by then?
-- why: The second review should have a plan to look at. Until it is held, the latest day for it counts, three months after the
--      first, which is itself due within twenty working days of entry; or the earlier one to come for which it is recorded as due. A meeting in the weeks before entry counts. On the day of the
--      review it is too late. A child who was in pre-proceedings or in care proceedings on the day before entry to care
--      should have had the meeting by that day; one since the decision to start them counts, and for proceedings one in the
--      pre-proceedings that led to them. Those that were stepped down led to none.
-- kind: milestone
-- parameters: meeting_types, first_review_working_days, second_review_months, before_weeks
-- needs: local_meetings, ssd_cla_reviews
-- uses: ssd_pre_proceedings, local_care_proceedings
-- evidence: episode, pre_proceedings_decided, reviews_of_care, stage_meetings
-- source: Permanence Planning Policy 2, third key stage
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with before_entry as (
    select
        period.child_number,
        period.entered_care,
        least(min(stage.start_date), min(led_to.decision_date)) as since
    from period
    join court_stage as stage
        on stage.child_number = period.child_number
        and in_force(stage.start_date, stage.end_date, period.entered_care - 1)
    left join pre_proceedings as led_to
        on led_to.child_number = stage.child_number
        and led_to.issued_date = stage.start_date
        and stage.stage = 'proceedings'
    group by all
),

first_held as (
    select
        period.child_number,
        period.entered_care,
        min(held_meeting.meeting_date) as held_date
    from period
    left join before_entry using (child_number, entered_care)
    join held_meeting
        on held_meeting.child_number = period.child_number
        and list_contains($meeting_types::varchar[], held_meeting.meeting_type)
        and held_meeting.meeting_date >= least(period.entered_care - 7 * $before_weeks, before_entry.since)
    group by all
),

reviewed as (
    select
        as_at,
        child_number,
        entered_care,
        least(
            second_review_by(
                entered_care,
                first_review_date,
                second_review_date,
                $first_review_working_days,
                $second_review_months
            ),
            case when second_review_date is null and expected_date >= as_at then expected_date end
        ) as second_review,
        second_review_date is not null as review_held
    from second_review_on_day
)

select
    reviewed.as_at,
    reviewed.child_number,
    coalesce(before_entry.since, reviewed.entered_care) as clock_start,
    case when before_entry.since is not null then reviewed.entered_care else reviewed.second_review end - 1 as due_date,
    case when first_held.held_date <= reviewed.as_at then first_held.held_date end as done_date,
    case when before_entry.since is not null
        then 'under the Public Law Outline since ' || strftime(before_entry.since, '%d/%m/%Y') || ': before entry to care; '
        else '' end
        || 'second review ' || case when reviewed.review_held then 'held on ' else 'by ' end
        || strftime(reviewed.second_review, '%d/%m/%Y') as detail
from reviewed
left join first_held using (child_number, entered_care)
left join before_entry using (child_number, entered_care)
