-- What decides when a permanency planning meeting falls due, one row a child and date where there is something to say.
-- These are views: a night whose policies do not ask for them does not pay for them.

-- Since when the orders in force on D have been in force; of two, the later.
-- term: order_on_day: Since when the child's orders in force have been in force; of two, the later.
-- term: order_on_day.remanded: Since when the child has been remanded.
-- term: order_on_day.care_order: Since when a care order, interim or full, has been in force.
-- term: order_on_day.full_care_order: Since when a full care order has been in force.
-- term: order_on_day.accommodated: Since when the child has been accommodated under section 20. Where it was left open when a care order
--      began, the child is not.
create or replace temp view order_on_day as
select
    spine.as_at,
    spine.child_number,
    max(run.since) filter (where run.code = 'J1') as remanded,
    max(run.since) filter (where run.care_order) as care_order,
    max(run.since) filter (where run.full_care_order) as full_care_order,
    max(run.since) filter (where run.accommodated) as accommodated
from spine
join legal_status_run as run
    on run.child_number = spine.child_number
    and status_in_force(run.start_date, run.end_date, run.later_orders, spine.as_at)
group by all;

-- What was asked for and decided about a placement. An approval that says what a placement is (an emergency, unregistered or unapproved)
-- and names none is about the one that began within a week of its day, for it is asked for about the time of the move.
-- term: placement_approval: Approvals of a placement of the child: the one that is named; of an emergency, unregistered or unapproved
--      placement where none is named, the last that began within a week of the day of the approval and had not ended by that day.
-- term: placement_approval.approval_row: The row of the extract.
-- term: placement_approval.approval_type: What is to be approved.
-- term: placement_approval.requested_date: The day on which it was asked for.
-- term: placement_approval.decided_date: The day on which it was decided.
-- term: placement_approval.decision: Whether it was approved or refused.
-- term: placement_approval.decided_by: Who decided, as it is recorded.
-- term: placement_approval.review_by_date: The day by which the approval says that it is to be reviewed.
-- term: placement_approval.names_placement: Whether the approval names the placement.
create or replace temp view placement_approval as
with recorded as (
    select
        child.child_number,
        approval.*
    from local_approvals as approval
    join child on child.child_id = approval.person_id
),

unnamed as (
    select
        recorded.approval_id,
        arg_max(placement.placement_row, placement.turn) as placement_row
    from recorded
    join placement
        on placement.child_number = recorded.child_number
        and not placement.temporary
        and abs(placement.start_date - least(recorded.requested_date, recorded.decided_date)) <= 7
        and (placement.end_date is null or placement.end_date > least(recorded.requested_date, recorded.decided_date))
    where recorded.placement_id is null
        and recorded.approval_type in ('EMERGENCY', 'UNREGISTERED', 'UNAPPROVED')
    group by recorded.approval_id
)

select
    recorded.child_number,
    coalesce(placement.placement_row, unnamed.placement_row) as placement_row,
    recorded.source_row as approval_row,
    recorded.approval_type,
    recorded.requested_date,
    recorded.decided_date,
    recorded.decision,
    recorded.decided_by,
    recorded.review_by_date,
    recorded.placement_id is not null as names_placement
from recorded
left join placement
    on placement.child_number = recorded.child_number
    and placement.placement_id = recorded.placement_id
left join unnamed using (approval_id)
where placement.placement_row is not null
    or unnamed.placement_row is not null;

-- Placements that an approval says to be unregistered or unapproved, whatever was decided; from the day it was asked for or decided,
-- or from the placement's start where the approval gives no day.
-- term: irregular_placement: Placements that an approval names as unregistered or unapproved, whatever was decided.
-- term: irregular_placement.noted_date: Since when the placement has been known as unregistered or unapproved: the day on
--      which the approval was asked for or decided, or else the placement's start.
-- term: irregular_placement.unregistered_date: The same for unregistered placements only; empty for an unapproved one.
create or replace temp view irregular_placement as
select
    approval.placement_row,
    min(coalesce(least(approval.requested_date, approval.decided_date), placement.start_date)) as noted_date,
    min(coalesce(least(approval.requested_date, approval.decided_date), placement.start_date)) filter (
        where approval.approval_type = 'UNREGISTERED'
    ) as unregistered_date
from placement_approval as approval
join placement using (placement_row)
where approval.approval_type in ('UNREGISTERED', 'UNAPPROVED')
group by approval.placement_row;

-- Since when a long-term match has been ratified, and the last placement move since then.
-- term: ratified_match_on_day: Since when a long-term match has been ratified, and the last move since then.
-- term: ratified_match_on_day.ratified_date: The day on which the match was ratified.
-- term: ratified_match_on_day.move_date: The day of the last placement move since the match was ratified.
create or replace temp view ratified_match_on_day as
with ratified as (
    select
        spine.as_at,
        spine.child_number,
        spine.cla_id,
        spine.entered_care,
        min(standing.ratified_date) as ratified_date
    from spine
    join standing_match_on_day as standing using (as_at, child_number)
    where standing.ratified_date is not null
    group by all
)

select
    ratified.as_at,
    ratified.child_number,
    ratified.ratified_date,
    max(placement_move.start_date) as move_date
from ratified
left join placement_move
    on placement_move.child_number = ratified.child_number
    and placement_move.cla_id is not distinct from ratified.cla_id
    and placement_move.start_date > ratified.entered_care
    and placement_move.start_date between ratified.ratified_date and ratified.as_at
group by all;

-- The care proceedings in force on D (of two, the later issued), and whether a final care planning meeting was held in them.
-- term: proceedings_in_force_on_day: The care proceedings in force, of children in care and others; of two, the later issued.
-- term: proceedings_in_force_on_day.in_care: Whether the child is in care.
-- term: proceedings_in_force_on_day.issued_date: The day on which they were issued.
-- term: proceedings_in_force_on_day.hearing_date: The day of the first hearing, once it has come.
-- term: proceedings_in_force_on_day.hearing_recorded: Whether a first hearing is recorded, for whatever day.
-- term: proceedings_in_force_on_day.evidence_date: The day by which the final evidence is due.
-- term: proceedings_in_force_on_day.final_hearing_date: The day of the final hearing, where it is recorded.
-- term: proceedings_in_force_on_day.final_meeting_date: The day of the first final care planning meeting held in them, before entry to care
--      too.
create or replace temp view proceedings_in_force_on_day as
with proceedings as (
    select
        known.as_at,
        known.child_number,
        known.in_care,
        arg_max(
            {
                issued_date: recorded.issued_date,
                hearing_date: recorded.first_hearing_date,
                evidence_date: recorded.final_evidence_due_date,
                final_hearing_date: recorded.final_hearing_date
            },
            (recorded.issued_date, length(recorded.proceedings_id), recorded.proceedings_id)
        ) as latest
    from known_on_day as known
    join local_care_proceedings as recorded
        on recorded.person_id = known.child_id
        and in_force(recorded.issued_date, recorded.concluded_date, known.as_at)
    group by all
)

select
    proceedings.as_at,
    proceedings.child_number,
    proceedings.in_care,
    proceedings.latest.issued_date as issued_date,
    case when proceedings.latest.hearing_date <= proceedings.as_at then proceedings.latest.hearing_date end as hearing_date,
    proceedings.latest.hearing_date is not null as hearing_recorded,
    proceedings.latest.evidence_date as evidence_date,
    proceedings.latest.final_hearing_date as final_hearing_date,
    min(final_meeting.meeting_date) as final_meeting_date
from proceedings
left join held_meeting as final_meeting
    on final_meeting.child_number = proceedings.child_number
    and final_meeting.meeting_type = 'FINAL_CARE_PLANNING'
    and final_meeting.meeting_date between proceedings.latest.issued_date and proceedings.as_at
group by all;

-- term: meeting_with_option_on_day: The meetings of some types that were held in this period of care since an option has been in the plan, and
--      those so many days before that led to it.
-- term: meeting_with_option_on_day.meeting_date: The day of the meeting.
create or replace temp macro meeting_with_option_on_day(_meetings, _option, _days_before_plan) as table
select distinct
    spine.as_at,
    spine.child_number,
    spine.cla_id,
    meeting.meeting_date
from spine
join option_clock using (as_at, child_number)
join held_meeting as meeting
    on meeting.child_number = spine.child_number
    and list_contains(_meetings::varchar[], meeting.meeting_type)
    and meeting.meeting_date between spine.entered_care and spine.as_at
    and meeting.meeting_date >= option_clock.since - _days_before_plan::integer
where option_clock.option = _option;
