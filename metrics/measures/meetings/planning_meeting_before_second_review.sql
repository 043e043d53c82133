-- title: A permanency planning meeting before the second review
-- asks: Was a permanency planning meeting held before the day of the second review, or before entry to care where there were
--      pre-proceedings?
-- why: The second review should have a plan to look at. Until it is held, the latest day for it counts: three months after the
--      first, which is itself due within twenty working days of entry. A meeting in the weeks before entry counts. On the day of the
--      review it is too late. A child who was in pre-proceedings on the day before entry to care, or in the proceedings that they
--      led to, should have had the meeting by that day; one since the decision counts.
-- kind: milestone
-- parameters: meeting_types, first_review_working_days, second_review_months, before_weeks
-- needs: local_meetings, ssd_cla_reviews
-- uses: ssd_pre_proceedings, local_care_proceedings
-- evidence: episode, pre_proceedings_decided, reviews_held, stage_meetings
-- source: Permanence Planning Policy 2, third key stage
-- out of: children of whom this is asked
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with expected as (
    select
        child_number,
        entered_care,
        working_days_after(entered_care, $first_review_working_days) as first_review_due
    from period
),

-- Subject to the Public Law Outline when care began: since which decision.
before_entry as (
    select
        period.child_number,
        period.entered_care,
        min(pre_proceedings.decision_date) as decision_date
    from period
    join pre_proceedings
        on pre_proceedings.child_number = period.child_number
        and pre_proceedings.decision_date < period.entered_care
    left join local_care_proceedings as proceedings
        on proceedings.person_id = pre_proceedings.child_id
        and proceedings.issued_date = pre_proceedings.issued_date
        and in_force(proceedings.issued_date, proceedings.concluded_date, period.entered_care - 1)
    where in_force(pre_proceedings.decision_date, pre_proceedings.ended_date, period.entered_care - 1)
        or proceedings.issued_date is not null
    group by all
),

reviews as (
    select
        child_number,
        cla_id,
        min(review_date) filter (where review_number = 1) as first_review,
        min(review_date) filter (where review_number = 2) as second_review
    from held_review
    where review_number <= 2
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
        and held_meeting.meeting_date >= least(period.entered_care - 7 * $before_weeks, before_entry.decision_date)
    group by all
),

reviewed as (
    select
        spine.as_at,
        spine.child_number,
        spine.entered_care,
        case
            when reviews.second_review <= spine.as_at then reviews.second_review
            when reviews.first_review <= spine.as_at then months_after(reviews.first_review, $second_review_months)
            else months_after(expected.first_review_due, $second_review_months)
        end as second_review,
        coalesce(reviews.second_review <= spine.as_at, false) as review_held
    from spine
    join expected using (child_number, entered_care)
    left join reviews using (child_number, cla_id)
)

select
    reviewed.as_at,
    reviewed.child_number,
    coalesce(before_entry.decision_date, reviewed.entered_care) as clock_start,
    case when before_entry.decision_date is not null then reviewed.entered_care else reviewed.second_review end - 1 as due_date,
    case when first_held.held_date <= reviewed.as_at then first_held.held_date end as done_date,
    case when before_entry.decision_date is not null
        then 'in pre-proceedings since ' || strftime(before_entry.decision_date, '%d/%m/%Y') || ': before entry to care; '
        else '' end
        || 'second review ' || case when reviewed.review_held then 'held on ' else 'by ' end
        || strftime(reviewed.second_review, '%d/%m/%Y') as detail
from reviewed
left join first_held using (child_number, entered_care)
left join before_entry using (child_number, entered_care)
