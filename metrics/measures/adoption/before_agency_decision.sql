-- title: Adoption: before the agency decision
-- asks: For which children is adoption being considered with no agency decision yet?
-- why: The matching co-ordinator keeps oversight of every child for whom adoption is an option or in the plan, and attends the
--      legal planning meetings for children this young: one before entry to care counts too, but not one of an earlier period of care or
--      before it. The clock starts on the first day that any of these applied; the detail
--      is the first that applies.
-- kind: measure
-- clock: option
-- parameters: option, option_type, meetings, under_age
-- needs: ssd_permanence, local_permanence_options, local_meetings, ssd_cla_care_plan, children_not_in_care
-- evidence: episode, plans, permanence_options, legal_planning_meetings, agency_decision
-- source: Placement Strategy 2.2, Permanency planning for Children with an Adoption Plan, Pre-Agency Decision Maker
-- out of: children in care, in pre-proceedings or in proceedings
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: none
with assessed as (
    select
        child.child_number,
        least(explored.referral_date, explored.assessment_start_date) as begun_date,
        least(explored.order_date, explored.closed_date) as ended_date
    from local_permanence_options as explored
    join child on child.child_id = explored.person_id
    where explored.option_type = $option_type
),

reason as (
    select
        followed.as_at,
        followed.child_number,
        assessed.begun_date as since,
        assessed.begun_date as recorded_since,
        assessed.begun_date as observed_since,
        1 as place
    from assessed
    join followed_on_day as followed
        on followed.child_number = assessed.child_number
        and in_force(assessed.begun_date, assessed.ended_date, followed.as_at)
    union all
    select
        as_at,
        child_number,
        since,
        recorded_since,
        observed_since,
        2 as place
    from option_clock
    where option = $option
    union all
    select
        followed.as_at,
        followed.child_number,
        held_meeting.meeting_date as since,
        held_meeting.meeting_date as recorded_since,
        held_meeting.meeting_date as observed_since,
        3 as place
    from held_meeting
    join followed_on_day as followed
        on followed.child_number = held_meeting.child_number
        and held_meeting.meeting_date <= followed.as_at
    left join earlier_care_on_day as earlier
        on earlier.as_at = followed.as_at
        and earlier.child_number = followed.child_number
    where list_contains($meetings::varchar[], held_meeting.meeting_type)
        and followed.age < $under_age
        and coalesce(held_meeting.meeting_date > earlier.ended_date, true)
)

select
    reason.as_at,
    reason.child_number,
    min(reason.since) as clock_start,
    case when bool_or(reason.place = 2) then min(reason.recorded_since) end as recorded_start,
    case when bool_or(reason.place = 2 and reason.observed_since is not null) then min(reason.observed_since) end as observed_start,
    [
        'adoption option being assessed',
        'adoption in the plan',
        'legal planning meeting held'
    ][min(reason.place)] as detail
from reason
anti join agency_decision_on_day as decision
    on decision.as_at = reason.as_at
    and decision.child_number = reason.child_number
group by reason.as_at, reason.child_number
