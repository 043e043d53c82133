-- The stages of adoption: of several decisions, orders, matches or families in a period of care, the last that stands.
placement_order_run as (
{placement_order_run}
),

permanence as (
    select
        journey.child_number,
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
        child_number,
        entered_care,
        perm_adm_decision_date as decision_date,
        case when perm_decision_reversed_date between perm_adm_decision_date and last_day then perm_decision_reversed_date end
            as reversed_date
    from permanence
    where perm_adm_decision_date between entered_care and until
),

decision as (
    select
        child_number,
        entered_care,
        arg_max(
            {decision_date: decision_date, reversed_date: reversed_date},
            (reversed_date is null, decision_date, coalesce(reversed_date, decision_date))
        ) as last
    from decision_made
    group by all
),

-- An order that was in force on entry was there on the day of entry.
order_by_status as (
    select
        journey.child_number,
        journey.entered_care,
        max(greatest(run.since, journey.entered_care)) as order_date,
        case
            when not bool_or(run.end_date is null or run.end_date > journey.last_day) then max(run.end_date)
        end as ended_date
    from journey
    join placement_order_run as run
        on run.child_number = journey.child_number
        and run.start_date <= journey.until
        and (run.end_date is null or run.end_date > journey.entered_care)
    group by journey.child_number, journey.entered_care
),

-- No such legal status: the recorded order, which ends by a reversed decision or a later legal status.
order_by_record as (
    select
        permanence.child_number,
        permanence.entered_care,
        permanence.last_day,
        arg_max(
            {
                order_date: permanence.perm_placement_order_date,
                reversed_date: case
                    when permanence.perm_decision_reversed_date between permanence.perm_placement_order_date and permanence.last_day
                        then permanence.perm_decision_reversed_date
                end
            },
            (
                permanence.perm_placement_order_date,
                length(coalesce(permanence.perm_table_id, '')),
                coalesce(permanence.perm_table_id, ''),
                permanence.source_row
            )
        ) as last
    from permanence
    anti join order_by_status using (child_number, entered_care)
    where permanence.perm_placement_order_date between permanence.entered_care and permanence.until
    group by permanence.child_number, permanence.entered_care, permanence.last_day
),

placement_order as (
    select child_number, entered_care, order_date, ended_date
    from order_by_status
    union all
    select
        recorded.child_number,
        recorded.entered_care,
        recorded.last.order_date,
        least(recorded.last.reversed_date, min(legal_status.start_date)) as ended_date
    from order_by_record as recorded
    left join legal_status
        on legal_status.child_number = recorded.child_number
        and legal_status.start_date > recorded.last.order_date
        and legal_status.start_date <= recorded.last_day
    group by recorded.child_number, recorded.entered_care, recorded.last
),

adoption_match as (
    select
        child_number,
        entered_care,
        perm_matched_date as match_date
    from permanence
    where perm_matched_date between entered_care and until
        and not coalesce(perm_decision_reversed_date between perm_matched_date and last_day, false)
    union all
    select
        journey.child_number,
        journey.entered_care,
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
        child_number,
        entered_care,
        max(match_date) as match_date
    from adoption_match
    group by all
),

