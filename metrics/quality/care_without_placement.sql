-- A child in care with no open placement: normal for some types, but the rules can only say "not known".
select
    'ssd_cla_episodes' as table_name,
    episode.source_row,
    episode.clae_cla_episode_id as record_id,
    spine.child_id as person_id,
    'In care since ' || strftime(spine.entered_care, '%d/%m/%Y') || ' with no placement in force on the date of the data load.' as message,
    'Record the placement that the child lives in, or end the episode of care.' as mend
from spine_tonight as spine
join ssd_cla_episodes as episode on episode.rowid = spine.episode_row
where not spine.placement_known
