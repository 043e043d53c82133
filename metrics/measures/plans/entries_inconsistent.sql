-- title: Plan, placement, legal status and options contradict one another
-- asks: Which children have records that cannot all be right, and which of them contradict each other?
-- why: A tracker is only as good as its records. Each contradiction names the two records; at least one has to be
--      corrected. The clock starts on the first day both were in force.
-- kind: measure
-- parameters: negative_outcomes
-- needs: ssd_cla_care_plan, ssd_cla_placement, ssd_legal_status, local_permanence_options, plan_starts, fostering_plans
-- uses: ssd_permanence
-- evidence: episode, plans, placement, legal_statuses, permanence_options
-- source: Permanency Planning Policy and Procedures 11.6, sixth question
-- out of: children in care on the day
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with entered as (
    select
        spine.*,
        len(spine.options) > 0 as planned,
        coalesce(plan.lacp_cla_care_plan_start_date, spine.entered_care) as plan_start,
        coalesce(string_split(spine.legal_statuses, ', '), []) as statuses,
        coalesce(codes.groups, []) as placement_groups
    from spine
    left join ssd_cla_care_plan as plan on plan.rowid = spine.plan_row
    left join codes on codes.code_set = 'placement_type' and codes.code = spine.placement_type
),

option_in_plan_words as (
    select
        explored.*,
        case explored.option_type
            when 'RETURN_HOME' then ['return_home', 'supported_at_home']
            when 'LTF' then ['long_term_fostering', 'relatives_or_friends']
            when 'RESIDENTIAL' then ['residential']
            when 'ADOPTION' then ['adoption']
            when 'EARLY_PERMANENCE' then ['adoption']
            -- Relatives and friends may become the long-term foster carers.
            when 'CONNECTED_PERSON'
                then ['relatives_or_friends', 'special_guardianship', 'long_term_fostering', 'other']
            else ['relatives_or_friends', 'special_guardianship', 'other']
        end as plan_options
    from explored_option_on_day($negative_outcomes) as explored
),

contradiction as (
    select as_at, child_number, 1 as place, greatest(placement_start, plan_start) as since,
        'plan and placement: placed for adoption, which is not in the plan' as says
    from entered
    where planned and placement_adoptive and not list_contains(options, 'adoption')
    union all
    select as_at, child_number, 2, greatest(placement_start, plan_start),
        'plan and placement: in an early permanence placement, and adoption is not in the plan'
    from entered
    where planned and placement_early_permanence and not list_contains(options, 'adoption')
    union all
    select as_at, child_number, 3, greatest(placement_start, plan_start),
        'plan and placement: in a long-term foster placement, and the plan is another'
    from entered
    where planned
        and placement_long_term_foster
        and not list_has_any(options, ['long_term_fostering', 'relatives_or_friends', 'special_guardianship', 'other'])
    union all
    select as_at, child_number, 4, greatest(placement_start, plan_start),
        'plan and placement: placed with parents, and the plan is not to be at home'
    from entered
    where planned
        and list_contains(placement_groups, 'with_parents')
        and not list_has_any(options, ['return_home', 'supported_at_home'])
    union all
    select as_at, child_number, 5, greatest(placement_order_since, plan_start),
        'plan and legal status: subject to a placement order, and adoption is not in the plan'
    from entered
    where planned and placement_order_since is not null and not list_contains(options, 'adoption')
    union all
    select as_at, child_number, 6, placement_start,
        'placement and legal status: placed for adoption under a placement order, and there is none'
    from entered
    where placement_type in ('A5', 'A6') and placement_order_since is null
    union all
    select as_at, child_number, 7, placement_start,
        'placement and legal status: placed with parents without a care order'
    from entered
    where list_contains(placement_groups, 'with_parents') and not list_has_any(statuses, ['C1', 'C2', 'E1'])
    union all
    select entered.as_at, entered.child_number, 8, greatest(explored.begun_date, entered.plan_start),
        'options and plan: the primary option is not in the plan'
    from entered
    join option_in_plan_words as explored using (as_at, child_number)
    where entered.planned
        and explored.is_primary
        and explored.pursued
        and not list_has_any(entered.options, explored.plan_options)
    union all
    select entered.as_at, entered.child_number, 9, greatest(max(explored.against_date), entered.plan_start),
        'options and plan: the assessments for the plan came out against it'
    from entered
    join option_in_plan_words as explored using (as_at, child_number)
    where explored.whose is not null
        and len(entered.options) = 1
        and list_has_any(entered.options, explored.plan_options)
        and not list_has_any(entered.options, ['long_term_fostering', 'other'])
    group by entered.as_at, entered.child_number, entered.plan_start
    having bool_and(explored.against_date is not null)
    union all
    select entered.as_at, entered.child_number, 10, min(explored.order_date),
        'options and legal status: an order that ends care is recorded, and the child is still in care'
    from entered
    join option_in_plan_words as explored using (as_at, child_number)
    where explored.option_type in ('SGO', 'CAO', 'ADOPTION') and explored.order_date <= entered.as_at
    group by entered.as_at, entered.child_number
)

select
    contradiction.as_at,
    contradiction.child_number,
    min(greatest(contradiction.since, spine.entered_care)) as clock_start,
    string_agg(distinct contradiction.says, '; ' order by contradiction.says) as detail
from contradiction
join spine using (as_at, child_number)
group by all
