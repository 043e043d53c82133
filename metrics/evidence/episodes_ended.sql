-- The episodes of care that had ended by the day, the last thirteen months' only.
select
    'ssd_cla_episodes' as table_name,
    source_row,
    clae_cla_episode_id as record_id,
    'Episode of care, ceased for reason ' || coalesce(clae_cla_episode_ceased_reason, 'not recorded') as says,
    clae_cla_episode_start_date as from_date,
    clae_cla_episode_ceased_date as to_date
from ssd_cla_episodes
where clae_person_id = $child_id
    and clae_cla_episode_ceased_date <= $as_at
    and months_after(clae_cla_episode_ceased_date, 13) > $as_at
