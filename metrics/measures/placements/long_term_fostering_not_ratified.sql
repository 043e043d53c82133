-- title: Long-term fostering with no ratified match
-- asks: Which children whose plan is long-term fostering, or to stay with relatives or friends who foster them, have no ratified match?
-- why: Living with a foster family for a long time does not make a permanent home: only the panel's agreement does, with relatives or friends
--      who foster too, and only once a care order has been made or section 20 agreed. A child of whom no match is recorded has none. The
--      clock is the day on which the option became the plan, or on which the child moved into this home, if later.
-- kind: measure
-- clock: option
-- parameters: option, with_relatives
-- needs: ssd_cla_care_plan, ssd_cla_placement, local_carer_matches, ssd_legal_status
-- evidence: episode, plans, placement, long_term_match, legal_statuses
-- source: Permanency Planning Practice Guidance 4, Living with a Foster Family - Long Term Fostering
-- out of: children living with foster carers whose plan is {option}, or {with_relatives} with those who foster them
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with planned as (
    select
        spine.as_at,
        spine.child_number,
        spine.long_term_match_date,
        spine.long_term_match_ratified,
        min(option_clock.since) as since,
        min(option_clock.recorded_since) as recorded_since,
        min(option_clock.observed_since) as observed_since
    from option_clock
    join spine using (as_at, child_number)
    join codes
        on codes.code_set = 'placement_type'
        and codes.code = spine.placement_type
        and list_contains(codes.groups, 'foster')
    where option_clock.option = $option
        or (option_clock.option = $with_relatives and list_contains(codes.groups, 'relatives_or_friends'))
    group by all
),

-- Ratified on a day on which an order or agreement stood that is not an interim one.
agreed as (
    select distinct
        standing.as_at,
        standing.child_number
    from standing_match_on_day as standing
    join legal_status
        on legal_status.child_number = standing.child_number
        and in_force(legal_status.start_date, legal_status.end_date, standing.ratified_date)
    join codes
        on codes.code_set = 'legal_status'
        and codes.code = legal_status.code
        and list_has_any(codes.groups, ['care_order', 'placement_order', 'freeing_order', 'accommodated'])
        and not list_contains(codes.groups, 'interim_care_order')
)

select
    planned.as_at,
    planned.child_number,
    greatest(planned.since, lived_in.home_start) as clock_start,
    greatest(planned.recorded_since, lived_in.home_start) as recorded_start,
    case
        when planned.observed_since is not null then greatest(planned.observed_since, lived_in.home_start)
    end as observed_start,
    case
        when planned.long_term_match_ratified then 'ratified before a care order'
        when planned.long_term_match_date is not null then 'matched, not ratified'
        else 'not matched'
    end as detail
from planned
join home_on_day as lived_in using (as_at, child_number)
anti join agreed
    on agreed.as_at = planned.as_at
    and agreed.child_number = planned.child_number
