-- A stay is all the time a child lives in one home. A temporary placement interrupts it, and the way back to the same home (type,
-- provider, URN and postcode) goes on with it; so does a placement that follows in the same home under another type, known by its
-- provider, URN and postcode (a foster home that becomes the long-term one). Any other placement begins a stay of its own.
-- (Views, like the other files of this number: a night whose policies do not ask for them does not pay for them.)
-- term: placement_stay: A stay is all the time a child lives in one home, whatever the placement is called and whatever
--      interrupts it.
-- term: placement_stay.placement_id: The placement's identifier.
-- term: placement_stay.start_date: The day on which this placement of the stay began.
-- term: placement_stay.stay_number: The number of the stay among the child's.
-- term: placement_stay.stay_start: The day on which the stay began.
-- term: placement_stay.start_before: The day on which the stay before it began.
create or replace temp view placement_stay as
with with_the_one_before as (
    select
        placement.*,
        interruption.turn is not null as interrupting,
        lag(placement.turn) over in_turn as turn_before,
        lag(placement.end_date) over in_turn as ended_before,
        lag(interruption.interrupted_turn) over in_turn as interrupted_turn,
        lag(placement.temporary) over in_turn as was_temporary
    from placement
    left join interruption using (child_number, turn)
    window in_turn as (partition by placement.child_number order by placement.turn)
),

numbered as (
    select
        current.child_number,
        current.turn,
        current.placement_row,
        current.placement_id,
        current.start_date,
        count(*) filter (
            where not current.interrupting
                and not coalesce(
                    not current.temporary
                    and not home.temporary
                    and (current.ended_before is null or current.ended_before >= current.start_date)
                    and home.provider is not distinct from current.provider
                    and home.urn is not distinct from current.urn
                    and home.postcode is not distinct from current.postcode
                    and (
                        current.postcode is not null
                        or (current.was_temporary and home.placement_type is not distinct from current.placement_type)
                    ),
                    false
                )
        ) over (
            partition by current.child_number
            order by current.turn
        ) as stay_number
    from with_the_one_before as current
    left join placement as home
        on home.child_number = current.child_number
        and home.turn = coalesce(current.interrupted_turn, current.turn_before)
),

stay as (
    select
        child_number,
        stay_number,
        min(start_date) as stay_start,
        lag(min(start_date)) over (partition by child_number order by stay_number) as start_before
    from numbered
    group by child_number, stay_number
)

select
    numbered.child_number,
    numbered.placement_row,
    numbered.placement_id,
    numbered.start_date,
    numbered.stay_number,
    stay.stay_start,
    stay.start_before
from numbered
join stay using (child_number, stay_number);

-- The stay of each child in care on D, from its start or entry to care, if later; and when the stay before it had begun.
-- term: stay_on_day: The stay of each child in care on the reporting date.
-- term: stay_on_day.stay_start: The day on which the stay began, or entry to care, if later.
-- term: stay_on_day.since_entry: Whether the child has lived there since entry to care.
-- term: stay_on_day.start_before: The day on which the stay before it began.
create or replace temp view stay_on_day as
select
    spine.as_at,
    spine.child_number,
    spine.entered_care,
    greatest(stay.stay_start, spine.entered_care) as stay_start,
    stay.stay_start <= spine.entered_care as since_entry,
    stay.start_before
from spine
join placement_stay as stay on stay.placement_row = spine.placement_row;

-- Approvals that name a placement, by every placement of the same stay.
-- term: stay_approval: Approvals that name a placement, for every placement of the same stay.
-- term: stay_approval.stay_start: The day on which the stay began.
-- term: stay_approval.named_start: The day on which the placement that the approval names began.
-- term: stay_approval.approval_type: What was asked for, such as DISTANT or EMERGENCY.
-- term: stay_approval.asked_date: The day on which the approval was asked for, or decided where only that is recorded.
-- term: stay_approval.decided_date: The day on which the request was decided.
-- term: stay_approval.decision: What was decided.
create or replace temp view stay_approval as
select
    part.placement_row,
    part.stay_start,
    named.start_date as named_start,
    approval.approval_type,
    coalesce(approval.requested_date, approval.decided_date) as asked_date,
    approval.decided_date,
    approval.decision
from local_approvals as approval
join child on child.child_id = approval.person_id
join placement_stay as named
    on named.child_number = child.child_number
    and named.placement_id = approval.placement_id
join placement_stay as part
    on part.child_number = named.child_number
    and part.stay_number = named.stay_number;

-- The approvals of the child's stay on D, as far as they were known by then: asked for, or decided if only that is recorded; one
-- with neither day is known.
-- term: stay_approval_on_day: The approvals of the stay in which a child lives on the reporting date, as far as they were
--      known by then.
-- term: stay_approval_on_day.stay_start: The day on which the stay began, or entry to care, if later.
-- term: stay_approval_on_day.approval_type: What was asked for.
-- term: stay_approval_on_day.asked_date: The day on which the approval was asked for, or decided where only that is
--      recorded.
-- term: stay_approval_on_day.decided_date: The day on which the request was decided, if that has come.
-- term: stay_approval_on_day.decision: What was decided, if that has come.
create or replace temp view stay_approval_on_day as
select
    spine.as_at,
    spine.child_number,
    greatest(approval.stay_start, spine.entered_care) as stay_start,
    approval.approval_type,
    approval.asked_date,
    case when approval.decided_date <= spine.as_at then approval.decided_date end as decided_date,
    case when approval.decided_date <= spine.as_at then approval.decision end as decision
from stay_approval as approval
join spine on spine.placement_row = approval.placement_row
where approval.named_start <= spine.as_at
    and coalesce(approval.asked_date, spine.as_at) <= spine.as_at;
