-- The stages of adoption: of several decisions, orders, matches or families in a period of care, the last that stands.
placement_order_run as (
{placement_order_run}
),

recorded_placement_order as (
{recorded_placement_order}
),

permanence as (
    select
        journey.journey_number,
        journey.entered_care,
        journey.until,
        journey.last_day,
        recorded.*
    from journey
    join child using (child_number)
    join ssd_permanence as recorded on recorded.perm_person_id = child.child_id
),

decision_made as (
    select
        journey_number,
        perm_adm_decision_date as decision_date,
        case when perm_decision_reversed_date between perm_adm_decision_date and last_day then perm_decision_reversed_date end
            as reversed_date
    from permanence
    where perm_adm_decision_date between entered_care and until
),

decision as (
    select
        journey_number,
        arg_max(
            {decision_date: decision_date, reversed_date: reversed_date},
            (reversed_date is null, decision_date, coalesce(reversed_date, decision_date))
        ) as last
    from decision_made
    group by journey_number
),

-- An order that was in force on entry was there on the day of entry.
order_by_status as (
    select
        journey.journey_number,
        max(greatest(run.since, journey.entered_care)) as order_date,
        case
            when not bool_or(run.end_date is null or run.end_date > journey.last_day) then max(run.end_date)
        end as ended_date
    from journey
    join placement_order_run as run
        on run.child_number = journey.child_number
        and run.start_date <= journey.until
        and (run.end_date is null or run.end_date > journey.entered_care)
    group by journey.journey_number
),

-- No such legal status: the recorded order, which ends by a reversed decision or a later legal status.
order_by_record as (
    select
        journey.journey_number,
        journey.child_number,
        journey.last_day,
        max(recorded.turn) as turn
    from journey
    join recorded_placement_order as recorded
        on recorded.child_number = journey.child_number
        and recorded.order_date between journey.entered_care and journey.until
    anti join order_by_status on order_by_status.journey_number = journey.journey_number
    group by all
),

placement_order as (
    select journey_number, order_date, ended_date
    from order_by_status
    union all
    select
        last.journey_number,
        recorded.order_date,
        least(
            case when recorded.reversed_date <= last.last_day then recorded.reversed_date end,
            min(legal_status.start_date)
        ) as ended_date
    from order_by_record as last
    join recorded_placement_order as recorded using (child_number, turn)
    left join legal_status
        on legal_status.child_number = last.child_number
        and legal_status.start_date > recorded.order_date
        and legal_status.start_date <= last.last_day
    group by last.journey_number, last.last_day, recorded.order_date, recorded.reversed_date
),

adoption_match as (
    select
        journey_number,
        perm_matched_date as match_date
    from permanence
    where perm_matched_date between entered_care and until
        and not coalesce(perm_decision_reversed_date between perm_matched_date and last_day, false)
    union all
    select
        journey.journey_number,
        recorded.match_date
    from journey
    join child using (child_number)
    join local_carer_matches as recorded
        on recorded.person_id = child.child_id
        and recorded.match_type = 'ADOPTION'
        and recorded.match_date between journey.entered_care and journey.until
        and (recorded.ended_date is null or recorded.ended_date > journey.last_day)
),

last_match as (
    select
        journey_number,
        max(match_date) as match_date
    from adoption_match
    group by journey_number
),
