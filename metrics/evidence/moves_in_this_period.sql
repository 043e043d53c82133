-- The changes of placement in this period of care, by the day.
select
    'ssd_cla_episodes' as table_name,
    episode.source_row,
    episode.clae_cla_episode_id as record_id,
    'Changed placement' || coalesce(', to ' || placement_code.label, '')
        || case when list_contains(placement_code.groups, 'temporary') then ' (temporary: no move)' else '' end as says,
    episode.clae_cla_episode_start_date as from_date,
    null::date as to_date
from spine
join ssd_cla_episodes as episode
    on episode.clae_person_id = spine.child_id
    and episode.clae_cla_id is not distinct from spine.cla_id
    and episode.clae_cla_episode_start_date > spine.entered_care
    and episode.clae_cla_episode_start_date <= spine.as_at
join codes as reason
    on reason.code_set = 'episode_start_reason'
    and reason.code = episode.clae_cla_episode_start_reason
    and list_contains(reason.groups, 'move')
left join ssd_cla_placement as placement on placement.clap_cla_placement_id = episode.clae_cla_placement_id
left join codes as placement_code
    on placement_code.code_set = 'placement_type' and placement_code.code = placement.clap_cla_placement_type
where spine.child_id = $child_id and spine.as_at = $as_at
