-- In care before the date of birth: one of the two dates is wrong, and with it every age or the time in care.
select
    'care_before_birth',
    'ssd_cla_episodes',
    min(episode.source_row),
    arg_min(episode.clae_cla_episode_id, episode.source_row),
    episode.clae_person_id,
    'In care from ' || strftime(min(episode.clae_cla_episode_start_date), '%d/%m/%Y') || ', before the date of birth, '
        || strftime(any_value(person.pers_dob), '%d/%m/%Y'),
    'Correct the date of birth (pers_dob) or the episode''s first day.'
from ssd_cla_episodes as episode
join ssd_person as person on person.pers_person_id = episode.clae_person_id
where episode.clae_cla_episode_start_date < person.pers_dob
group by episode.clae_person_id
