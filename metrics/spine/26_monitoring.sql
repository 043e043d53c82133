-- Whom the Permanence Monitoring Group follows on D: since when, for which reasons, and when it last considered the child since then.
-- term: monitored_on_day: The children whom the Permanence Monitoring Group follows until permanence is achieved.
-- term: monitored_on_day.since: Since when the child has been on the group's list.
-- term: monitored_on_day.reasons: Every reason for which the child is on it, in the order of the document.
-- term: monitored_on_day.considered_date: The day of the last meeting of the group about the child since then.
create or replace temp macro monitored_on_day(_weeks_before_entry) as table
with relinquished as (
    select
        spine.as_at,
        spine.child_number,
        min(relinquishment.event_date) as event_date
    from spine
    join relinquishment
        on relinquishment.child_number = spine.child_number
        and relinquishment.event_date between spine.entered_care - 7 * _weeks_before_entry and spine.as_at
        and coalesce(relinquishment.withdrawn_date > spine.as_at, true)
    group by all
),

-- When a match ended, or the child left its home: the child comes back on the list.
unsecured as (
    select
        spine.as_at,
        spine.child_number,
        max(least(long_term_match.ended_date, long_term_match.left_date)) as ended_date
    from spine
    join long_term_match
        on long_term_match.child_number = spine.child_number
        and long_term_match.match_date >= spine.entered_care
        and least(long_term_match.ended_date, long_term_match.left_date) > long_term_match.match_date
        and least(long_term_match.ended_date, long_term_match.left_date) <= spine.as_at
    group by all
),

lasting_order as (
    select child.child_number, permanence.perm_permanence_order_date as order_date
    from ssd_permanence as permanence
    join child on child.child_id = permanence.perm_person_id
    where permanence.perm_permanence_order_date is not null
    union all
    select child.child_number, explored.order_date
    from local_permanence_options as explored
    join child on child.child_id = explored.person_id
    where explored.option_type in ('SGO', 'CAO', 'ADOPTION')
        and explored.order_date is not null
),

legal_code as (
    select
        list(code) filter (
            where list_has_any(groups, ['placement_order', 'freeing_order'])
                or (list_contains(groups, 'care_order') and not list_contains(groups, 'interim_care_order'))
        ) as final_orders
    from codes
    where code_set = 'legal_status'
),

watched as (
    select
        spine.*,
        coalesce(home.groups, []) as placement_groups,
        coalesce(string_split(spine.legal_statuses, ', '), []) as statuses,
        orders.accommodated,
        relinquished.event_date as relinquished_date,
        unsecured.ended_date
    from spine
    left join order_on_day as orders using (as_at, child_number)
    left join codes as home on home.code_set = 'placement_type' and home.code = spine.placement_type
    left join relinquished using (as_at, child_number)
    left join unsecured using (as_at, child_number)
    where spine.long_term_match_date is null
        and not exists (
            select 1
            from lasting_order
            where lasting_order.child_number = spine.child_number
                and lasting_order.order_date between spine.entered_care and spine.as_at
        )
),

monitored as (
    select
        watched.as_at,
        watched.child_number,
        greatest(
            least(watched.relinquished_date, watched.entered_care),
            watched.ended_date
        ) as since,
        array_to_string(
            list_filter(
                [
                    'came into care',
                    case when list_has_any(watched.statuses, legal_code.final_orders) then 'final order' end,
                    case when watched.relinquished_date is not null then 'relinquished' end,
                    case when list_contains(watched.placement_groups, 'relatives_or_friends') then 'connected carers' end,
                    case when list_contains(watched.placement_groups, 'with_parents') then 'at home' end,
                    case when watched.accommodated is not null then 'section 20' end
                ],
                lambda reason: reason is not null
            ),
            '; '
        ) as reasons
    from watched
    cross join legal_code
    union all
    -- Babies, born and unborn, whose parents relinquish them and who have not come into care since.
    select
        known.as_at,
        known.child_number,
        min(relinquishment.event_date) as since,
        'relinquished' || case
            when child.dob is null or child.dob > known.as_at
                then coalesce(' · expected on ' || strftime(coalesce(child.expected_dob, child.dob), '%d/%m/%Y'), '')
            else ''
        end as reasons
    from known_on_day as known
    join child using (child_number)
    join relinquishment
        on relinquishment.child_number = known.child_number
        and in_force(relinquishment.event_date, least(relinquishment.care_date, relinquishment.withdrawn_date), known.as_at)
    where not known.in_care
    group by known.as_at, known.child_number, child.dob, child.expected_dob
)

select
    monitored.as_at,
    monitored.child_number,
    monitored.since,
    monitored.reasons,
    max(held_meeting.meeting_date) as considered_date
from monitored
left join held_meeting
    on held_meeting.child_number = monitored.child_number
    and held_meeting.meeting_type = 'PMG'
    and held_meeting.meeting_date between monitored.since and monitored.as_at
group by all;
