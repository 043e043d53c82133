-- The episode that puts the child in care on the day.
select
    'ssd_cla_episodes' as table_name,
    episode.source_row,
    episode.clae_cla_episode_id as record_id,
    'Episode of care; entered care on ' || strftime(spine.entered_care, '%d/%m/%Y')
        || case when person.pers_dob is null then '; date of birth missing'
            else ', aged ' || age_in_years(person.pers_dob, spine.entered_care)
                || case when exists (from flags where flags.rule = 'estimated_birth' and flags.person_id = $child_id)
                    then ' (date of birth estimated)' else '' end
        end as says,
    episode.clae_cla_episode_start_date as from_date,
    episode.clae_cla_episode_ceased_date as to_date
from spine
join ssd_cla_episodes as episode on episode.rowid = spine.episode_row
join ssd_person as person on person.rowid = spine.child_number
where spine.child_id = $child_id and spine.as_at = $as_at
