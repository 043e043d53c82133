-- One period of care that is several children's: reviews are tied to a child by it, so they would count for all of them.
with shared as (
    select clae_cla_id, count(distinct clae_person_id) as children
    from ssd_cla_episodes
    where clae_cla_id is not null
    group by clae_cla_id
    having count(distinct clae_person_id) > 1
)
select
    'period_of_two_children',
    'ssd_cla_episodes',
    episode.source_row,
    episode.clae_cla_episode_id,
    episode.clae_person_id,
    'The period of care ' || clae_cla_id || ' is that of ' || shared.children || ' children',
    'Export the identifier of the period of care (clae_cla_id) in full, as text.'
from ssd_cla_episodes as episode
join shared using (clae_cla_id)
