-- title: The Permanence Monitoring Group's list
-- asks: Which children does the Permanence Monitoring Group watch, for which reasons, and since when?
-- why: The group meets every week and follows each child until permanence is achieved: adopted, a ratified match with long-term
--      foster carers, or home or with family under a lasting order. A child joins the list on entering care (or when the
--      parents say that they relinquish the child, if that is earlier), and again when a ratified match ends. The detail gives
--      every reason that applies.
-- kind: measure
-- parameters: weeks_before_entry
-- needs: ssd_legal_status, ssd_cla_placement, local_carer_matches, local_events
-- uses: ssd_permanence, local_permanence_options
-- evidence: episode, legal_statuses, placement, relinquishment, long_term_match, permanence_orders
-- source: Slough Permanence Policy 13, Permanence Monitoring Group
-- out of: children in care, and relinquished children who are not
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: none
with relinquished as (
    select
        spine.as_at,
        spine.child_number,
        min(relinquishment.event_date) as event_date
    from spine
    join relinquishment
        on relinquishment.child_number = spine.child_number
        and relinquishment.event_date between spine.entered_care - 7 * $weeks_before_entry and spine.as_at
    group by all
),

ratified_match as (
    select
        child.child_number,
        recorded.match_date,
        greatest(recorded.match_date, recorded.ratified_date) as secured_date,
        recorded.ended_date
    from local_carer_matches as recorded
    join child on child.child_id = recorded.person_id
    where recorded.match_type = 'LTF'
        and recorded.match_date is not null
        and recorded.ratified_date is not null
),

-- When a match that had been ratified ended: the child comes back on the list.
unsecured as (
    select
        spine.as_at,
        spine.child_number,
        max(ratified_match.ended_date) as ended_date
    from spine
    join ratified_match
        on ratified_match.child_number = spine.child_number
        and ratified_match.match_date >= spine.entered_care
        and ratified_match.ended_date > ratified_match.secured_date
        and ratified_match.ended_date <= spine.as_at
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
        ) as final_orders,
        list(code) filter (where list_contains(groups, 'accommodated')) as accommodated
    from codes
    where code_set = 'legal_status'
),

watched as (
    select
        spine.*,
        coalesce(home.groups, []) as placement_groups,
        coalesce(string_split(spine.legal_statuses, ', '), []) as statuses,
        relinquished.event_date as relinquished_date,
        unsecured.ended_date
    from spine
    left join codes as home on home.code_set = 'placement_type' and home.code = spine.placement_type
    left join relinquished using (as_at, child_number)
    left join unsecured using (as_at, child_number)
    where not spine.long_term_match_ratified
        and not exists (
            select 1
            from lasting_order
            where lasting_order.child_number = spine.child_number
                and lasting_order.order_date between spine.entered_care and spine.as_at
        )
)

select
    watched.as_at,
    watched.child_number,
    greatest(
        least(watched.relinquished_date, watched.entered_care),
        watched.ended_date
    ) as clock_start,
    array_to_string(
        list_filter(
            [
                'came into care',
                case when list_has_any(watched.statuses, legal_code.final_orders) then 'final order' end,
                case when watched.relinquished_date is not null then 'relinquished' end,
                case when list_contains(watched.placement_groups, 'relatives_or_friends') then 'connected carers' end,
                case when list_contains(watched.placement_groups, 'with_parents') then 'at home' end,
                case when list_has_any(watched.statuses, legal_code.accommodated) then 'section 20' end
            ],
            lambda reason: reason is not null
        ),
        '; '
    ) as detail
from watched
cross join legal_code
union all
-- Babies, born and unborn, whose parents relinquish them and who have not come into care since.
select
    known.as_at,
    known.child_number,
    min(relinquishment.event_date) as clock_start,
    'relinquished' as detail
from known_on_day as known
join relinquishment
    on relinquishment.child_number = known.child_number
    and in_force(relinquishment.event_date, relinquishment.care_date, known.as_at)
where not known.in_care
group by known.as_at, known.child_number
