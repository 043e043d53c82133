-- Team on D: the allocated worker's involvement in force, the latest start first. The team is looked up by identifier, then by
-- name; what is found in neither is shown as it is recorded. A service is the team's parent; a team without one is its own.
create or replace temp table department as
select
    team.dept_team_id as team_id,
    lower(trim(team.dept_team_name)) as name_key,
    coalesce(nullif(trim(team.dept_team_name), ''), team.dept_team_id) as team,
    coalesce(
        nullif(trim(team.dept_team_parent_name), ''),
        nullif(trim(parent.dept_team_name), ''),
        team.dept_team_parent_id,
        nullif(trim(team.dept_team_name), ''),
        team.dept_team_id
    ) as service
from ssd_department as team
left join ssd_department as parent on parent.dept_team_id = team.dept_team_parent_id;

create or replace temp table department_by_name as
select
    name_key,
    arg_max(team, (length(team_id), team_id)) as team,
    arg_max(service, (length(team_id), team_id)) as service
from department
where name_key != ''
group by name_key;

create or replace temp table recorded_team as
select
    recorded.recorded_team,
    coalesce(department.team, department_by_name.team, trim(recorded.recorded_team)) as team,
    coalesce(department.service, department_by_name.service, trim(recorded.recorded_team)) as service,
    department.team is null and department_by_name.team is null as unknown
from (
    select distinct invo_professional_team as recorded_team
    from ssd_involvements
    where trim(invo_professional_team) != ''
) as recorded
left join department on department.team_id = trim(recorded.recorded_team)
left join department_by_name on department_by_name.name_key = lower(trim(recorded.recorded_team));

create or replace temp table allocated as
select
    child.child_number,
    coalesce(recorded_team.team, 'No team recorded') as team,
    coalesce(recorded_team.service, 'No service recorded') as service,
    coalesce(recorded_team.unknown, false) as unknown_team,
    coalesce(
        nullif(trim(professional.prof_professional_name), ''),
        involvement.invo_professional_id,
        'No worker recorded'
    ) as worker,
    involvement.invo_involvement_start_date as start_date,
    involvement.invo_involvement_end_date as end_date,
    row_number() over (
        partition by child.child_number
        order by
            involvement.invo_involvement_start_date,
            length(involvement.invo_involvements_id),
            involvement.invo_involvements_id
    ) as turn
from ssd_involvements as involvement
join child on child.child_id = involvement.invo_person_id
left join ssd_professionals as professional
    on professional.prof_professional_id = involvement.invo_professional_id
left join recorded_team
    on recorded_team.recorded_team = involvement.invo_professional_team
where exists (
    select 1
    from allocated_worker_role as role
    where (role.matches = 'contains' and contains(upper(involvement.invo_professional_role_id), role.text))
        or (role.matches = 'equals' and upper(trim(involvement.invo_professional_role_id)) = role.text)
);

create or replace temp table team_on_day as
select
    child_in_care.as_at,
    child_in_care.child_number,
    max(allocated.turn) as turn
from child_in_care
join allocated
    on allocated.child_number = child_in_care.child_number
    and in_force(allocated.start_date, allocated.end_date, child_in_care.as_at)
group by all;
