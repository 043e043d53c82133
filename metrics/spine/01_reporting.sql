-- The children who can matter on the reporting dates: those with an episode in force on any day from the first to the last, or
-- ended in the year before (something may still be due for them); those in pre-proceedings or proceedings, and babies whose
-- parents relinquish them, who are before a legal gateway or whose birth is expected, without being in care.
-- A child's number is the row of ssd_person: joins run on numbers, identifiers stay text.
-- term: child: The children who can matter on the reporting dates: in care, left care within a year, in
--      pre-proceedings or proceedings, before a legal gateway, relinquished, or not yet born.
-- term: child.dob: The date of birth.
-- term: child.expected_dob: The date on which an unborn child is expected.
-- term: child.death_date: The date of death.
create or replace temp table child as
with reporting as (
    select min(as_at) as first_date, max(as_at) as last_date
    from reporting_dates
)
select
    person.rowid as child_number,
    person.pers_person_id as child_id,
    person.pers_dob as dob,
    person.pers_expected_dob as expected_dob,
    person.pers_death_date as death_date
from ssd_person as person
where person.pers_person_id in (
    select episode.clae_person_id
    from ssd_cla_episodes as episode, reporting
    where episode.clae_cla_episode_start_date <= reporting.last_date
        and (
            episode.clae_cla_episode_ceased_date is null
            or months_after(episode.clae_cla_episode_ceased_date, 12) > reporting.first_date
        )
    union
    select prep_person_id
    from ssd_pre_proceedings
    union
    select person_id
    from local_care_proceedings
    union
    select meeting.person_id
    from local_meetings as meeting
    where meeting.meeting_type in ('LEGAL_GATEWAY', 'URGENT_LEGAL')
    union
    select event.person_id
    from local_events as event, reporting
    where event.event_type = 'RELINQUISHMENT'
        and event.event_date <= reporting.last_date
    union
    select unborn.pers_person_id
    from ssd_person as unborn, reporting
    where unborn.pers_dob is null
        and unborn.pers_expected_dob >= reporting.first_date
);

-- A child's rows are numbered in turn: by start, then by identifier (its length, then its text), so that
-- "the later start wins, then the higher identifier" is always the highest turn.
create or replace temp table episode as
select
    child.child_number,
    episode.rowid as episode_row,
    episode.clae_cla_id as cla_id,
    episode.clae_cla_placement_id as placement_id,
    episode.clae_cla_episode_start_date as start_date,
    episode.clae_cla_episode_ceased_date as end_date,
    episode.clae_cla_episode_start_reason as start_reason,
    episode.clae_entered_care_date as entered_care_date,
    row_number() over (
        partition by child.child_number
        order by
            episode.clae_cla_episode_start_date,
            length(episode.clae_cla_episode_id),
            episode.clae_cla_episode_id
    ) as turn
from ssd_cla_episodes as episode
join child on child.child_id = episode.clae_person_id;
