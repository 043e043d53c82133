-- What the Action Planning Tracker asks of a child on D: the options explored for the child, and whether the child lives with the
-- people who are meant to be the long-term carers. Views and macros over the spine and the extracts: a night whose policies do
-- not ask for them does not pay for them, and a page can make them again over a stored night.

-- The options of the Permanency Planning Progress form: begun by D (the form is begun before care is), and not over before entry.
-- `finished`: assessed, closed, ordered, or found not viable by D. `pursued`: neither ordered, closed nor found against by D.
-- An outcome is against the carer when it holds one of the policy's words.
-- term: explored_option_on_day: The options that are being explored for a child, as the Permanency Planning Progress form
--      has them.
-- term: explored_option_on_day.option_id: The option's identifier.
-- term: explored_option_on_day.option_type: The kind of option, such as SGO for special guardianship.
-- term: explored_option_on_day.whose: Whose assessment it is: a parent's or a connected person's; empty for others.
-- term: explored_option_on_day.carer_label: Who the carer would be, as it is recorded.
-- term: explored_option_on_day.is_primary: Whether it is the primary option.
-- term: explored_option_on_day.begun_date: The day of the referral, the viability assessment or the assessment's start,
--      whichever is first.
-- term: explored_option_on_day.order_date: The day of the order.
-- term: explored_option_on_day.finished: Whether it has been assessed, closed, ordered or found not viable.
-- term: explored_option_on_day.pursued: Whether it is still pursued: neither ordered, closed nor found against.
-- term: explored_option_on_day.against_date: The day on which an assessment came out against the carer.
create or replace temp macro explored_option_on_day(_negative) as table
with explored as (
    select
        *,
        least(referral_date, viability_date, assessment_start_date) as begun_date,
        least(order_date, closed_date) as over_date,
        case when len(list_filter(_negative, lambda word: contains(lower(viability_outcome), lower(word)))) > 0
            then viability_date end as not_viable_date,
        case when len(list_filter(_negative, lambda word: contains(lower(assessment_outcome), lower(word)))) > 0
            then assessment_end_date end as refused_date
    from local_permanence_options
)

select
    spine.as_at,
    spine.child_number,
    spine.child_id,
    explored.option_id,
    explored.option_type,
    case
        when explored.option_type = 'RETURN_HOME' then 'parent'
        when explored.option_type in ('CONNECTED_PERSON', 'SGO', 'CAO') then 'connected person'
    end as whose,
    explored.carer_label,
    coalesce(explored.is_primary, false) as is_primary,
    explored.begun_date,
    explored.order_date,
    coalesce(least(explored.assessment_end_date, explored.over_date, explored.not_viable_date) <= spine.as_at, false) as finished,
    coalesce(least(explored.over_date, explored.not_viable_date, explored.refused_date) > spine.as_at, true) as pursued,
    case when least(explored.not_viable_date, explored.refused_date) <= spine.as_at
        then least(explored.not_viable_date, explored.refused_date) end as against_date
from spine
join explored
    on explored.person_id = spine.child_id
    and explored.begun_date <= spine.as_at
    and (explored.over_date is null or explored.over_date >= spine.entered_care);

-- The people whom the plan means, when the child lives with them; null when the child does not. Of a parallel plan, any option
-- will do. Without a plan, a placement that is itself permanent (adoptive, long-term foster, matched) is the long-term home.
-- term: long_term_home_on_day: Whether the child lives with the people whom the plan means to be the long-term carers,
--      and who they are.
-- term: long_term_home_on_day.matched_here: Whether the child has a long-term match with the carers of this home.
-- term: long_term_home_on_day.ratified_here: Whether the long-term match with the carers of this home has been
--      ratified.
-- term: long_term_home_on_day.home: The long-term carers with whom the child lives, in words; empty where the child does
--      not.
create or replace temp view long_term_home_on_day as
with kind as (
    select
        code,
        list_contains(groups, 'foster') as foster,
        list_contains(groups, 'relatives_or_friends') as relatives_or_friends,
        list_contains(groups, 'with_parents') as with_parents,
        list_contains(groups, 'residential') as residential,
        list_contains(groups, 'supported') as supported
    from codes
    where code_set = 'placement_type'
),

described as (
    select
        spine.as_at,
        spine.child_number,
        spine.options,
        len(spine.options) = 0 as without_plan,
        spine.placement_adoptive as adoptive,
        spine.placement_early_permanence as early_permanence,
        spine.placement_long_term_foster or coalesce(kind.foster and spine.long_term_match_here, false) as long_term_foster,
        spine.guardianship_assessment_open,
        coalesce(kind.foster and spine.long_term_match_here, false) as matched_here,
        coalesce(kind.foster and spine.long_term_match_ratified_here, false) as ratified_here,
        kind.relatives_or_friends,
        kind.with_parents,
        kind.residential,
        kind.supported
    from spine
    left join kind on kind.code = spine.placement_type
)

select
    as_at,
    child_number,
    matched_here,
    ratified_here,
    case
        when adoptive and (without_plan or list_contains(options, 'adoption')) then 'adopters'
        when early_permanence and list_contains(options, 'adoption') then 'early permanence carers'
        when long_term_foster and (without_plan or list_has_any(options, ['long_term_fostering', 'relatives_or_friends']))
            then 'long-term foster carers'
        when relatives_or_friends
            and (
                list_has_any(options, ['relatives_or_friends', 'special_guardianship'])
                or (guardianship_assessment_open and list_contains(options, 'other'))
            )
            then 'relatives or friends'
        when with_parents and list_has_any(options, ['return_home', 'supported_at_home']) then 'parents'
        when residential and list_contains(options, 'residential') then 'residential carers'
        when supported and list_contains(options, 'supported_living') then 'supported accommodation'
    end as home
from described;
