-- What the service-level trackers follow: first meetings, second reviews, agency decisions, and the way to court.
-- (Views: a night whose policies do not ask for them does not pay for them.)

-- The first meeting of each kind that was held in a period of care, on or after entry.
create or replace temp view first_meeting as
select
    period.child_number,
    period.entered_care,
    held_meeting.meeting_type,
    min(held_meeting.meeting_date) as meeting_date
from period
join held_meeting
    on held_meeting.child_number = period.child_number
    and held_meeting.meeting_date >= period.entered_care
group by all;

-- Meetings that are booked: the record does not say yet that they were held.
create or replace temp view booked_meeting as
select
    child.child_number,
    meeting.meeting_type,
    meeting.meeting_date
from local_meetings as meeting
join child on child.child_id = meeting.person_id
where meeting.meeting_status = 'BOOKED';

-- The first planning meeting of a period of care: whatever kinds of meeting a rule takes for one.
-- term: first_planning_meeting: The first planning meeting held in a period of care, of the kinds of meeting that the
--      rule takes for one.
-- term: first_planning_meeting.meeting_date: The day of the meeting.
create or replace temp macro first_planning_meeting(_meetings) as table
select
    child_number,
    entered_care,
    min(meeting_date) as meeting_date
from first_meeting
where list_contains(_meetings, meeting_type)
group by all;

-- Children in care who have had no planning meeting since entry, with their terms, and whether one is booked.
-- term: without_planning_meeting: Children in care who have had no planning meeting since entry, with all that spine says
--      of them.
-- term: without_planning_meeting.*: the columns of spine
-- term: without_planning_meeting.booking: Whether a meeting is booked.
create or replace temp macro without_planning_meeting(_meetings) as table
with booked as (
    select
        spine.as_at,
        spine.child_number
    from spine
    join booked_meeting
        on booked_meeting.child_number = spine.child_number
        and list_contains(_meetings, booked_meeting.meeting_type)
        and booked_meeting.meeting_date >= spine.as_at
    group by all
)

select
    spine.*,
    case when booked.child_number is null then 'no meeting booked' else 'meeting booked' end as booking
from spine
left join first_planning_meeting(_meetings) as held
    on held.child_number = spine.child_number
    and held.entered_care = spine.entered_care
left join booked
    on booked.as_at = spine.as_at
    and booked.child_number = spine.child_number
where held.meeting_date is null
    or held.meeting_date > spine.as_at;

-- The second review of a period of care, and whether the child was in care proceedings on its day; where proceedings are not
-- supplied, under an interim care order.
-- term: second_review: The second review of a period of care.
-- term: second_review.review_date: The day of the review.
-- term: second_review.in_proceedings: Whether the child was in care proceedings on the day of the second review.
create or replace temp view second_review as
with in_court as (
    select
        child.child_number,
        proceedings.issued_date as start_date,
        proceedings.concluded_date as end_date
    from local_care_proceedings as proceedings
    join child on child.child_id = proceedings.person_id
    union all
    select
        legal_status.child_number,
        legal_status.start_date,
        legal_status.end_date
    from legal_status
    join codes
        on codes.code_set = 'legal_status'
        and codes.code = legal_status.code
        and list_contains(codes.groups, 'interim_care_order')
    where not (select supplied from supplied where table_name = 'local_care_proceedings')
)

select
    held_review.child_number,
    held_review.cla_id,
    held_review.review_date,
    coalesce(bool_or(in_force(in_court.start_date, in_court.end_date, held_review.review_date)), false) as in_proceedings
from held_review
left join in_court using (child_number)
where held_review.review_number = 2
group by all;

-- The way to court: pre-proceedings, from the decision to the step-down or the issue; proceedings, from issue to conclusion.
-- term: court_stage: Pre-proceedings and care proceedings of children, in care or not.
-- term: court_stage.stage: Which of the two.
-- term: court_stage.start_date: The day of the decision or the issue.
-- term: court_stage.end_date: The day on which it ended.
create or replace temp view court_stage as
select
    child_number,
    'pre-proceedings' as stage,
    decision_date as start_date,
    ended_date as end_date
from pre_proceedings
union all
select
    child.child_number,
    'proceedings' as stage,
    proceedings.issued_date as start_date,
    proceedings.concluded_date as end_date
from local_care_proceedings as proceedings
join child on child.child_id = proceedings.person_id;

-- Children in care, and those who are not but are in pre-proceedings or proceedings: for these there is no period of care.
-- term: followed_on_day: Children in care, and those who are not and are in pre-proceedings or proceedings.
-- term: followed_on_day.age: The child's age in whole years.
-- term: followed_on_day.in_care: Whether the child is in care.
create or replace temp view followed_on_day as
select
    as_at,
    child_number,
    child_id,
    age,
    entered_care,
    true as in_care
from spine
union all
select
    other.as_at,
    other.child_number,
    other.child_id,
    age_in_years(child.dob, other.as_at) as age,
    null as entered_care,
    false as in_care
from not_in_care_on_day as other
join child using (child_number)
semi join court_stage
    on court_stage.child_number = other.child_number
    and in_force(court_stage.start_date, court_stage.end_date, other.as_at);

-- The agency decision that a child should be placed for adoption, of this period of care, unless it was reversed by D.
-- term: agency_decision_on_day: The agency decision that the child should be placed for adoption, of this period of care,
--      unless it was reversed.
-- term: agency_decision_on_day.decision_date: The day of the decision.
create or replace temp view agency_decision_on_day as
with decision as (
    select
        child.child_number,
        permanence.perm_adm_decision_date as decision_date,
        case
            when permanence.perm_decision_reversed_date >= permanence.perm_adm_decision_date
                then permanence.perm_decision_reversed_date
        end as reversed_date
    from ssd_permanence as permanence
    join child on child.child_id = permanence.perm_person_id
    where permanence.perm_adm_decision_date is not null
)

select
    followed.as_at,
    followed.child_number,
    max(decision.decision_date) as decision_date
from decision
join followed_on_day as followed
    on followed.child_number = decision.child_number
    and in_force(decision.decision_date, decision.reversed_date, followed.as_at)
    and (followed.entered_care is null or decision.decision_date >= followed.entered_care)
group by all;

-- The first legal advice meeting that the Permanency Planning Progress form answers for: of this period of care or the weeks before it; of a
-- child not in care, since pre-proceedings or proceedings began or in the weeks before.
-- term: legal_advice_on_day: Children in care, in pre-proceedings or in proceedings for whom a legal advice meeting was held.
-- term: legal_advice_on_day.in_care: Whether the child is in care.
-- term: legal_advice_on_day.advised_date: The day of the first such meeting.
create or replace temp macro legal_advice_on_day(_meeting_types, _weeks_before) as table
with followed as (
    select
        followed.as_at,
        followed.child_number,
        followed.child_id,
        followed.in_care,
        coalesce(followed.entered_care, min(court_stage.start_date)) as followed_from
    from followed_on_day as followed
    left join court_stage
        on court_stage.child_number = followed.child_number
        and in_force(court_stage.start_date, court_stage.end_date, followed.as_at)
    group by followed.as_at, followed.child_number, followed.child_id, followed.in_care, followed.entered_care
)

select
    followed.as_at,
    followed.child_number,
    followed.child_id,
    followed.in_care,
    min(held_meeting.meeting_date) as advised_date
from followed
join held_meeting
    on held_meeting.child_number = followed.child_number
    and list_contains(_meeting_types, held_meeting.meeting_type)
    and held_meeting.meeting_date between followed.followed_from - 7 * _weeks_before and followed.as_at
group by all;
