-- Child in care on D: an episode in force (the later start wins), not 18, not died, not on short breaks only.
-- The rows stand in the order of their dates, the latest first, and what is joined to them stays so: a page reads one date.
create or replace temp table episode_on_day as
select
    reporting_dates.as_at,
    episode.child_number,
    max(episode.turn) as turn
from episode
join reporting_dates
    on in_force(episode.start_date, episode.end_date, reporting_dates.as_at)
group by all;

create or replace temp table child_in_care as
with in_care as (
    select
        on_day.as_at,
        on_day.child_number,
        episode.episode_row,
        episode.turn,
        episode.cla_id,
        episode.start_date,
        episode.entered_care_date,
        child.dob,
        on_day_status.statuses
    from episode_on_day as on_day
    join episode using (child_number, turn)
    join child using (child_number)
    left join legal_status_on_day as on_day_status using (as_at, child_number)
    left join legal_status_set using (statuses)
    where (child.dob is null or age_in_years(child.dob, on_day.as_at) < 18)
        and (child.death_date is null or child.death_date > on_day.as_at)
        and not coalesce(legal_status_set.short_breaks_only, false)
),

-- Entered care, where the episode itself does not say: what the period of care's other episodes say that had started by D.
period_of_care as (
    select
        in_care.as_at,
        in_care.child_number,
        arg_max(other.entered_care_date, other.turn) filter (where other.entered_care_date is not null) as recorded_entry,
        min(other.start_date) as earliest_start
    from in_care
    join episode as other
        on other.child_number = in_care.child_number
        and other.cla_id = in_care.cla_id
        and other.start_date <= in_care.as_at
    where in_care.entered_care_date is null
    group by all
)

select
    in_care.as_at,
    in_care.child_number,
    in_care.episode_row,
    in_care.turn as episode_turn,
    in_care.cla_id,
    in_care.dob,
    in_care.statuses,
    coalesce(
        in_care.entered_care_date,
        period_of_care.recorded_entry,
        period_of_care.earliest_start,
        in_care.start_date
    ) as entered_care
from in_care
left join period_of_care using (as_at, child_number)
order by in_care.as_at desc, in_care.child_number;

-- The periods of care that the reporting dates meet.
-- term: period: The periods of care that the reporting dates meet, each child's by the day of entry.
-- cases: Child in care; Entered care
create or replace temp table period as
select distinct
    child_number,
    entered_care
from child_in_care;
