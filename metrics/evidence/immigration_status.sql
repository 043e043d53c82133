-- The immigration statuses of the child, and the need that the episode of care records.
select
    'ssd_immigration_status' as table_name,
    source_row,
    immi_immigration_status_id as record_id,
    coalesce(immi_immigration_status, 'Immigration status not recorded') as says,
    immi_immigration_status_start_date as from_date,
    immi_immigration_status_end_date as to_date
from ssd_immigration_status
where immi_person_id = $child_id
    and coalesce(immi_immigration_status_start_date, $as_at) <= $as_at
union all
select
    'ssd_cla_episodes' as table_name,
    episode.source_row,
    episode.clae_cla_episode_id as record_id,
    'Primary need ' || episode.clae_cla_primary_need_code || coalesce(': ' || codes.label, '') as says,
    episode.clae_cla_episode_start_date as from_date,
    episode.clae_cla_episode_ceased_date as to_date
from spine
join ssd_cla_episodes as episode on episode.rowid = spine.episode_row
left join codes on codes.code_set = 'primary_need' and codes.code = episode.clae_cla_primary_need_code
where spine.child_id = $child_id
    and spine.as_at = $as_at
    and episode.clae_cla_primary_need_code is not null
