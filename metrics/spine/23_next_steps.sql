-- For each child in care on D: what is left to secure a long-term home legally, what must happen first where the child does not
-- live there yet, and which steps are under way. Lists of words in the order in which they would be taken; an empty list is none.
-- term: next_step_on_day: What is left to secure a child's long-term home legally, what must happen first, and which
--      steps are under way.
-- term: next_step_on_day.home: The long-term carers with whom the child lives, in words; empty where the child does not.
-- term: next_step_on_day.left_to_secure: What is left to secure the home legally, in order.
-- term: next_step_on_day.must_happen: What must happen first, where the child does not live with the long-term carers.
-- term: next_step_on_day.under_way: Which steps towards a long-term home are under way.
-- term: next_step_on_day.any_under_way: Whether any step towards a long-term home is under way.
create or replace temp macro next_step_on_day(_negative) as table
with exploring as (
    select
        as_at,
        child_number,
        list_sort(list_distinct(list(
            case option_type
                when 'RETURN_HOME' then 'return home being explored'
                when 'CONNECTED_PERSON' then 'a connected person being explored'
                when 'SGO' then 'special guardianship being explored'
                when 'CAO' then 'a child arrangements order being explored'
                when 'LTF' then 'long-term fostering being explored'
                when 'RESIDENTIAL' then 'a residential placement being explored'
                else 'adoption being explored'
            end
        ))) as steps
    from explored_option_on_day(_negative)
    where pursued
    group by all
),

finding_family as (
    select distinct
        spine.as_at,
        spine.child_number
    from spine
    join local_carer_matches as carer_match
        on carer_match.person_id = spine.child_id
        and carer_match.family_finding_start_date between spine.entered_care and spine.as_at
        and (carer_match.match_date is null or carer_match.match_date > spine.as_at)
        and (carer_match.ended_date is null or carer_match.ended_date > spine.as_at)
),

agency_decision as (
    select distinct
        spine.as_at,
        spine.child_number
    from spine
    join ssd_permanence as permanence
        on permanence.perm_person_id = spine.child_id
        and permanence.perm_adm_decision_date between spine.entered_care and spine.as_at
        and not coalesce(
            permanence.perm_decision_reversed_date between permanence.perm_adm_decision_date and spine.as_at,
            false
        )
)

select
    spine.as_at,
    spine.child_number,
    home.home,
    case when home.home is null then [] else list_filter(
        [
            case when spine.in_proceedings then 'the end of the care proceedings' end,
            case when home.home not in ('adopters', 'early permanence carers') and spine.placement_order_since is not null
                then 'the revocation of the placement order' end,
            case when home.home = 'early permanence carers' and spine.placement_order_since is null
                then 'a placement order' end,
            case when home.home = 'early permanence carers' and spine.adoption_match_date is null
                then 'a match with the carers' end,
            case when home.home in ('adopters', 'early permanence carers') then 'the adoption order' end,
            case
                when home.home = 'relatives or friends'
                    and (spine.guardianship_assessment_open or list_contains(spine.options, 'special_guardianship'))
                    then 'the special guardianship or child arrangements order'
                when home.home in ('long-term foster carers', 'relatives or friends') and not home.matched_here
                    then 'a long-term match'
                when home.home in ('long-term foster carers', 'relatives or friends') and not home.ratified_here
                    then 'the ratification of the match'
            end,
            case when home.home = 'parents' and list_contains(string_split(spine.legal_statuses, ', '), 'C2')
                then 'the discharge of the care order' end,
            case when home.home = 'parents'
                and not coalesce(list_contains(string_split(spine.legal_statuses, ', '), 'C2'), false)
                and not spine.in_proceedings
                then 'the decision that care ends' end
        ],
        lambda step: step is not null
    ) end as left_to_secure,
    case
        when home.home is not null then []
        when len(spine.options) = 0 then ['a plan for permanence']
        else list_filter(
            [
                case when list_has_any(spine.options, ['return_home', 'supported_at_home']) then 'the move home' end,
                case when list_has_any(spine.options, ['relatives_or_friends', 'special_guardianship'])
                    then 'the move to relatives or friends' end,
                case
                    when not list_contains(spine.options, 'long_term_fostering') then null
                    when spine.long_term_match_date is not null then 'the move to the matched foster carers'
                    else 'a long-term match'
                end,
                case when list_contains(spine.options, 'residential') then 'a residential placement' end,
                case when list_contains(spine.options, 'supported_living') then 'supported accommodation' end,
                case
                    when not list_contains(spine.options, 'adoption') then null
                    when spine.adoption_match_date is not null then 'the move to the adopters'
                    when spine.placement_order_since is not null then 'a match with adopters'
                    else 'a placement order and a match with adopters'
                end,
                case when list_contains(spine.options, 'other') then 'a plan that names the carer' end
            ],
            lambda step: step is not null
        )
    end as must_happen,
    list_filter(
        [
            case when spine.in_proceedings then 'care proceedings' end,
            case when agency_decision.child_number is not null then 'the agency decision made' end,
            case when finding_family.child_number is not null then 'family finding' end,
            case when spine.adoption_match_date is not null then 'matched for adoption' end,
            case when spine.long_term_match_date is not null then 'matched for long-term fostering' end
        ] || coalesce(exploring.steps, []),
        lambda step: step is not null
    ) as under_way,
    spine.in_proceedings
        or agency_decision.child_number is not null
        or finding_family.child_number is not null
        or spine.adoption_match_date is not null
        or spine.long_term_match_date is not null
        or exploring.child_number is not null as any_under_way
from spine
join long_term_home_on_day as home using (as_at, child_number)
left join exploring using (as_at, child_number)
left join finding_family using (as_at, child_number)
left join agency_decision using (as_at, child_number);
