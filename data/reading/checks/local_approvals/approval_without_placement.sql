-- An approval of a child in care that says what a placement is, an emergency, unregistered or unapproved one, and names none of the child's;
-- and none but a temporary one (T0 to T4) began within a week of its day. No rule about such placements can ask about it.
with in_care as (
    select
        open_episode.clae_person_id as person_id,
        min(episode.clae_cla_episode_start_date) as since
    from ssd_cla_episodes as open_episode
    join ssd_cla_episodes as episode
        on episode.clae_person_id = open_episode.clae_person_id
        and coalesce(episode.clae_cla_id = open_episode.clae_cla_id, episode.source_row = open_episode.source_row)
    where open_episode.clae_cla_episode_start_date <= $as_at
        and coalesce(open_episode.clae_cla_episode_ceased_date > $as_at, true)
    group by open_episode.clae_person_id
),

asked as (
    select
        *,
        least(requested_date, decided_date) as asked_date
    from local_approvals
    where approval_type in ('EMERGENCY', 'UNREGISTERED', 'UNAPPROVED')
)

select
    'approval_without_placement',
    'local_approvals',
    asked.source_row,
    asked.approval_id,
    asked.person_id,
    'Approval of an ' || lower(asked.approval_type) || ' placement' || coalesce(' on ' || strftime(asked.asked_date, '%d/%m/%Y'), '')
        || case
            when asked.placement_id is not null then ' that names ' || asked.placement_id || ', which is no placement of the child'
            else ' that names no placement, and none of the child began within a week of it'
        end || ': no rule on such placements asks about it',
    'Record the placement (placement_id) that the approval is about.'
from asked
join in_care
    on in_care.person_id = asked.person_id
    and coalesce(asked.asked_date between in_care.since and $as_at, true)
where not exists (
    select 1
    from ssd_cla_placement as placement
    where placement.clap_person_id = asked.person_id
        and case
            when asked.placement_id is not null then placement.clap_cla_placement_id = asked.placement_id
            else abs(placement.clap_cla_placement_start_date - asked.asked_date) <= 7
                and coalesce(placement.clap_cla_placement_end_date > asked.asked_date, true)
                and not coalesce(starts_with(placement.clap_cla_placement_type, 'T'), false)
        end
)
