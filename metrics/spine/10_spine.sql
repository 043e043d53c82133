-- The spine: one row per child in care per reporting date, with every term of the definitions.
-- term: spine: One row for each child in care on each reporting date, with all the terms that the definitions use, for
--      that child on that day.
-- cases: Child in care
-- term: spine.unknown_team: Whether the team that is recorded is in neither the identifiers nor the names of the
--      departments.
-- cases: Team and service
-- term: spine.age: The child's age in whole years.
-- cases: Age and weeks in care
-- term: spine.age_at_entry: The child's age in whole years on entering care.
-- cases: Age and weeks in care
-- term: spine.weeks_in_care: Whole weeks since entry to care.
-- cases: Age and weeks in care
-- term: spine.legal_status: The legal status that is shown: the first in the order of the list, where several are in
--      force.
-- cases: Legal statuses
-- term: spine.legal_statuses: All legal statuses in force, one after another.
-- cases: Legal statuses
-- term: spine.placement_type: The type of the placement in which the child lives. For a temporary placement, the type
--      of the placement it interrupts.
-- cases: Placement
-- term: spine.placement_start: The day on which the placement in which the child lives began.
-- cases: Placement
-- term: spine.placement_interrupted: Whether a temporary placement interrupts the placement in which the child lives.
-- cases: Placement
-- term: spine.placement_adoptive: Whether the child lives with adopters (types A3 to A6).
-- cases: Placement
-- term: spine.placement_early_permanence: Whether the child lives in an early permanence placement, with carers who may
--      adopt.
-- cases: Placement
-- term: spine.placement_long_term_foster: Whether the child lives in a long-term foster placement.
-- cases: Placement
-- term: spine.placement_known: Whether a placement is recorded for the day.
-- cases: Placement
-- term: spine.placement_moves: How often the child has moved in this period of care.
-- cases: Placement moves
-- term: spine.options: The permanence options of the plan in force; an empty list where there is none.
-- cases: Plan
-- term: spine.plan_shown: The plan in words; empty where there is none.
-- cases: Plan
-- term: spine.no_plan_since: Since when there has been no plan: the day on which the last plan with an option ran out,
--      or entry to care; where plans have no start of their own, the first load that showed none.
-- cases: Since when there is no plan
-- term: spine.no_plan_reason: Why there is no plan: none recorded, a blank plan, a plan that has ended, or one that
--      cannot be read.
-- cases: Since when there is no plan
-- term: spine.placement_order_since: Since when the child has been subject to a placement order, without a break; empty
--      where there is none.
-- cases: Placement order
-- term: spine.placement_order_source: Where the placement order is recorded: the legal status or the permanence record.
-- cases: Placement order
-- term: spine.adoption_match_date: The day of the match with adopters, in this period of care and not undone.
-- cases: Matches
-- term: spine.guardianship_assessment_open: Whether an assessment for special guardianship or a child arrangements
--      order is open.
-- cases: Matches
-- term: spine.long_term_match_date: The day of the match with long-term foster carers, in this period of care and not
--      ended. A match that names a placement ends when the child leaves that home.
-- cases: Matches
-- term: spine.long_term_match_ratified: Whether the long-term match has been ratified.
-- cases: Matches
-- term: spine.long_term_match_here: Whether the long-term match is with the carers of the home in which the child lives.
--      A match that names no placement is taken for one with them.
-- term: spine.long_term_match_ratified_here: Whether such a match has been ratified.
-- term: spine.last_review_date: The day of the last review held in this period of care.
-- cases: Review held
-- term: spine.pathway_plan_date: The day on which the pathway plan was last reviewed in this period of care.
-- term: spine.in_proceedings: Whether the child is in care proceedings; where proceedings are not supplied, under an
--      interim care order.
-- cases: In care proceedings
create or replace temp table spine as
with reviewed as (
    select
        child_in_care.as_at,
        child_in_care.child_number,
        last_review.review_date
    from child_in_care
    join last_review
        on last_review.cla_id = child_in_care.cla_id
        and last_review.review_date <= child_in_care.as_at
        and (last_review.next_review_date is null or last_review.next_review_date > child_in_care.as_at)
),

moved as (
    select
        child_in_care.as_at,
        child_in_care.child_number,
        count(*) as moves
    from child_in_care
    join placement_move
        on placement_move.child_number = child_in_care.child_number
        and placement_move.cla_id is not distinct from child_in_care.cla_id
        and placement_move.start_date > child_in_care.entered_care
        and placement_move.start_date <= child_in_care.as_at
    group by all
)

select
    child_in_care.as_at,
    child_in_care.child_number,
    child.child_id,
    coalesce(allocated.service, 'No service recorded') as service,
    coalesce(allocated.team, 'No team recorded') as team,
    coalesce(allocated.worker, 'No worker recorded') as worker,
    coalesce(allocated.unknown_team, false) as unknown_team,
    child_in_care.episode_row,
    child_in_care.cla_id,
    child_in_care.entered_care,
    age_in_years(child.dob, child_in_care.as_at) as age,
    age_in_years(child.dob, child_in_care.entered_care) as age_at_entry,
    (child_in_care.as_at - child_in_care.entered_care) // 7 as weeks_in_care,
    legal_status_set.shown as legal_status,
    legal_status_set.all_shown as legal_statuses,
    lived_in.placement_row,
    lived_in.placement_type,
    lived_in.start_date as placement_start,
    coalesce(lived_in.interrupted, false) as placement_interrupted,
    coalesce(lived_in.adoptive, false) as placement_adoptive,
    coalesce(lived_in.early_permanence, false) as placement_early_permanence,
    coalesce(lived_in.long_term_foster, false) as placement_long_term_foster,
    lived_in.placement_type is not null as placement_known,
    coalesce(moved.moves, 0) as placement_moves,
    plan_on_day.plan_row,
    case when plan_on_day.is_current then plan.options else [] end as options,
    case when plan_on_day.is_current then plan.shown end as plan_shown,
    case
        when plan_on_day.is_current and plan.shown is not null then null
        when not has_plan_starts() then coalesce(observed_blank.since, child_in_care.as_at)
        else coalesce(plan_ran_out.since, child_in_care.entered_care)
    end as no_plan_since,
    case
        when plan_on_day.is_current and plan.shown is not null then null
        when plan_not_readable_on_day.child_number is not null then 'plan not readable'
        when plan.shown is not null then 'plan ended'
        when plan.plan_row is not null then 'blank plan'
        else 'no plan recorded'
    end as no_plan_reason,
    placement_order_on_day.since as placement_order_since,
    placement_order_on_day.source as placement_order_source,
    adoption_match_on_day.match_date as adoption_match_date,
    guardianship_assessment_on_day.child_number is not null as guardianship_assessment_open,
    long_term_match_on_day.match_date as long_term_match_date,
    coalesce(long_term_match_on_day.ratified, false) as long_term_match_ratified,
    coalesce(long_term_match_on_day.here, false) as long_term_match_here,
    coalesce(long_term_match_on_day.ratified_here, false) as long_term_match_ratified_here,
    reviewed.review_date as last_review_date,
    pathway_plan_on_day.review_date as pathway_plan_date,
    in_proceedings_on_day.child_number is not null as in_proceedings
from child_in_care
join child using (child_number)
left join legal_status_set using (statuses)
left join team_on_day using (as_at, child_number)
left join allocated
    on allocated.child_number = child_in_care.child_number
    and allocated.turn = team_on_day.turn
left join placement_on_day using (as_at, child_number)
left join placement_lived_in as lived_in
    on lived_in.child_number = child_in_care.child_number
    and lived_in.turn = placement_on_day.turn
left join moved using (as_at, child_number)
left join plan_on_day using (as_at, child_number)
left join plan on plan.plan_row = plan_on_day.plan_row
left join plan_ran_out using (as_at, child_number)
left join observed_blank using (as_at, child_number)
left join plan_not_readable_on_day using (as_at, child_number)
left join placement_order_on_day using (as_at, child_number)
left join adoption_match_on_day using (as_at, child_number)
left join guardianship_assessment_on_day using (as_at, child_number)
left join long_term_match_on_day using (as_at, child_number)
left join reviewed using (as_at, child_number)
left join pathway_plan_on_day using (as_at, child_number)
left join in_proceedings_on_day using (as_at, child_number);
