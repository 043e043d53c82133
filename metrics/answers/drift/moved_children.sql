-- The movements between two dates, child by child, with when and why care was left. Follows drift.sql (`moved`) and
-- drift_left_care.sql. Where a child was outside the scope on one of the dates is told apart from where it was within.
select
    moved.rule,
    moved.movement,
    moved.child_id,
    case when second_here then second_service else first_service end as service,
    case when second_here then second_team else first_team end as team,
    case when second_here then second_worker else first_worker end as worker,
    case when first_here then first_service end as first_service_here,
    case when first_here then first_team end as first_team_here,
    case when not first_here then first_service end as first_service_elsewhere,
    case when not first_here then first_team end as first_team_elsewhere,
    case when second_here then second_service end as second_service_here,
    case when second_here then second_team end as second_team_here,
    case when not second_here then coalesce(second_service, service_after) end as second_service_elsewhere,
    case when not second_here then coalesce(second_team, team_after) end as second_team_elsewhere,
    moved.since,
    moved.limit_date,
    moved.days_over,
    case when moved.movement = 'left care' then left_care.left_date end as left_date,
    case
        when moved.movement != 'left care' then null
        when person.pers_person_id is null then 'no longer in the extracts'
        else coalesce(left_care.reason, 'not recorded')
    end as left_reason,
    case when moved.movement = 're-entered' then moved.last_before end as earlier_date,
    moved.recorded_late and moved.movement = 'new' as recorded_late
from moved
left join ssd_person as person on person.pers_person_id = moved.child_id
left join left_care using (child_id)
