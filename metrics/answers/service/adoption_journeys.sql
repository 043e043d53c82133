-- Every journey to adoption that is under way or has just ended: the day of each stage.
with on_list as (
    select
        listed.child_id,
        listed.child_number,
        listed.service,
        listed.team,
        listed.worker,
        listed.rule = $adopted as adopted,
        case when listed.rule = $adopted then listed.since else listed.as_at end as until
    from listed
    where listed.policy = $policy_id
        and listed.rule = any($rules::varchar[])
        and listed.as_at = $as_at
        -- Of those who left care to permanence, the adopted ones.
        and (listed.rule != $adopted or listed.detail = 'adopted')
),

-- Of a child who has left care: the period of care that ended.
ended as (
    select
        on_list.child_id,
        coalesce(min(episode.clae_entered_care_date), min(episode.clae_cla_episode_start_date)) as entered_care
    from on_list
    join ssd_cla_episodes as last_episode
        on last_episode.clae_person_id = on_list.child_id
        and last_episode.clae_cla_episode_ceased_date = on_list.until
    join ssd_cla_episodes as episode
        on episode.clae_person_id = on_list.child_id
        and episode.clae_cla_id is not distinct from last_episode.clae_cla_id
    where on_list.adopted
    group by all
),

journey as (
    select
        on_list.*,
        coalesce(spine.entered_care, ended.entered_care) as entered_care,
        spine.placement_order_since,
        spine.adoption_match_date,
        spine.placement_adoptive,
        spine.placement_start
    from on_list
    left join spine on spine.as_at = $as_at and spine.child_number = on_list.child_number and not on_list.adopted
    left join ended on ended.child_id = on_list.child_id
),

-- The latest agency decision that stood, with what its row says of the stages after it.
decision as (
    select
        journey.child_id,
        arg_max(
            {
                decided: permanence.perm_adm_decision_date,
                ordered: permanence.perm_placement_order_date,
                matched: permanence.perm_matched_date,
                placed: permanence.perm_placed_for_adoption_date
            },
            (permanence.perm_adm_decision_date, permanence.source_row)
        ) as latest
    from journey
    join ssd_permanence as permanence
        on permanence.perm_person_id = journey.child_id
        and permanence.perm_adm_decision_date between journey.entered_care and journey.until
        and not coalesce(
            permanence.perm_decision_reversed_date between permanence.perm_adm_decision_date and journey.until,
            false
        )
    group by all
),

placement_order as (
    select
        journey.child_id,
        min(status.lega_legal_status_start_date) as order_date
    from journey
    join ssd_legal_status as status
        on status.lega_person_id = journey.child_id
        and status.lega_legal_status_start_date between journey.entered_care and journey.until
    join codes
        on codes.code_set = 'legal_status'
        and codes.code = status.lega_legal_status
        and list_contains(codes.groups, 'placement_order')
    where journey.adopted
    group by all
),

adoption_match as (
    select
        journey.child_id,
        max(carer_match.match_date) as match_date
    from journey
    join local_carer_matches as carer_match
        on carer_match.person_id = journey.child_id
        and carer_match.match_type = 'ADOPTION'
        and carer_match.match_date between journey.entered_care and journey.until
    where journey.adopted
    group by all
),

-- The prospective adopters with whom the child is matched, where the match names them.
matched_with as (
    select
        journey.child_id,
        arg_max(carer_match.adopter_id, (carer_match.match_date, length(carer_match.match_id), carer_match.match_id)) as adopter_id
    from journey
    join local_carer_matches as carer_match
        on carer_match.person_id = journey.child_id
        and carer_match.match_type = 'ADOPTION'
        and carer_match.match_date between journey.entered_care and journey.until
        and (carer_match.ended_date is null or carer_match.ended_date > journey.until)
    where carer_match.adopter_id is not null
    group by all
),

adoptive_placement as (
    select
        journey.child_id,
        min(placement.clap_cla_placement_start_date) as start_date
    from journey
    join ssd_cla_placement as placement
        on placement.clap_person_id = journey.child_id
        and placement.clap_cla_placement_start_date between journey.entered_care and journey.until
    join codes
        on codes.code_set = 'placement_type'
        and codes.code = placement.clap_cla_placement_type
        and list_contains(codes.groups, 'adoptive')
    where journey.adopted
    group by all
)

select
    journey.child_id,
    journey.service,
    journey.team,
    journey.worker,
    journey.adopted,
    journey.entered_care,
    decision.latest.decided as decision_date,
    case
        when not journey.adopted then journey.placement_order_since
        when decision.latest.ordered between journey.entered_care and journey.until then decision.latest.ordered
        else placement_order.order_date
    end as placement_order_date,
    case
        when not journey.adopted then journey.adoption_match_date
        when decision.latest.matched between journey.entered_care and journey.until then decision.latest.matched
        else adoption_match.match_date
    end as match_date,
    case
        when not journey.adopted and not journey.placement_adoptive then null
        when decision.latest.placed between journey.entered_care and journey.until then decision.latest.placed
        when journey.adopted then adoptive_placement.start_date
        else journey.placement_start
    end as placed_date,
    case when journey.adopted then journey.until end as order_date,
    matched_with.adopter_id,
    journey.until
from journey
left join decision using (child_id)
left join placement_order using (child_id)
left join adoption_match using (child_id)
left join adoptive_placement using (child_id)
left join matched_with using (child_id)
