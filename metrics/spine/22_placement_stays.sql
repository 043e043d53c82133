-- A stay is all the time a child lives in one home: a temporary placement interrupts it, and the way back to the same home (type,
-- provider, URN and postcode) goes on with it. Any other placement begins a stay of its own.
-- (Views, like the other files of this number: a night whose policies do not ask for them does not pay for them.)
create or replace temp view placement_stay as
with with_the_one_before as (
    select
        *,
        lag(turn) over in_turn as turn_before,
        lag(temporary) over in_turn as was_temporary,
        lag(end_date) over in_turn as ended_before
    from placement
    window in_turn as (partition by child_number order by turn)
),

numbered as (
    select
        current.child_number,
        current.turn,
        current.placement_row,
        current.placement_id,
        current.start_date,
        count(*) filter (
            where not (current.temporary and interruption.turn is not null)
                and not coalesce(
                    not current.temporary
                    and current.was_temporary
                    and before.turn is not null
                    and (current.ended_before is null or current.ended_before >= current.start_date)
                    and before.placement_type is not distinct from current.placement_type
                    and before.provider is not distinct from current.provider
                    and before.urn is not distinct from current.urn
                    and before.postcode is not distinct from current.postcode,
                    false
                )
        ) over (
            partition by current.child_number
            order by current.turn
        ) as stay_number
    from with_the_one_before as current
    left join interruption
        on interruption.child_number = current.child_number
        and interruption.turn = current.turn
    left join interruption as interruption_before
        on interruption_before.child_number = current.child_number
        and interruption_before.turn = current.turn_before
    left join placement as before
        on before.child_number = current.child_number
        and before.turn = interruption_before.interrupted_turn
)

select
    child_number,
    placement_row,
    placement_id,
    stay_number,
    min(start_date) over (partition by child_number, stay_number) as stay_start
from numbered;

-- The stay of each child in care on D, from its start or entry to care, if later; and when the stay before it had begun.
create or replace temp view stay_on_day as
with stay_before as (
    select
        child_number,
        stay_number + 1 as stay_number,
        min(stay_start) as stay_start
    from placement_stay
    group by all
)

select
    spine.as_at,
    spine.child_number,
    spine.entered_care,
    stay.stay_number,
    greatest(stay.stay_start, spine.entered_care) as stay_start,
    stay.stay_start <= spine.entered_care as since_entry,
    stay_before.stay_start as start_before
from spine
join placement_stay as stay
    on stay.child_number = spine.child_number
    and stay.placement_row = spine.placement_row
left join stay_before
    on stay_before.child_number = stay.child_number
    and stay_before.stay_number = stay.stay_number;

-- Approvals that name a placement, by the stay that it is part of.
create or replace temp view stay_approval as
select
    stay.child_number,
    stay.stay_number,
    approval.approval_type,
    coalesce(approval.requested_date, approval.decided_date) as asked_date,
    approval.decided_date,
    approval.decision
from local_approvals as approval
join child on child.child_id = approval.person_id
join placement_stay as stay
    on stay.child_number = child.child_number
    and stay.placement_id = approval.placement_id;
