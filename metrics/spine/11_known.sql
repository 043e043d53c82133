-- Everybody a rule may list on a reporting date: the children in care, and those who are not: in pre-proceedings or proceedings, before
-- a legal gateway, not yet born, relinquished by their parents, or having left care. These have the team of their own allocated worker; who has none, that of the last one.
create or replace temp table not_in_care_on_day as
with pursued as (
    select
        pre_proceedings.child_number,
        reporting_dates.as_at
    from pre_proceedings
    join reporting_dates on in_force(pre_proceedings.decision_date, pre_proceedings.ended_date, reporting_dates.as_at)
    union
    select
        legal_gateway.child_number,
        reporting_dates.as_at
    from legal_gateway
    join reporting_dates on in_force(legal_gateway.gateway_date, legal_gateway.closed_date, reporting_dates.as_at)
    union
    select
        urgent_legal_meeting.child_number,
        reporting_dates.as_at
    from urgent_legal_meeting
    join reporting_dates on in_force(
        urgent_legal_meeting.urgent_date,
        least(urgent_legal_meeting.gateway_date, urgent_legal_meeting.closed_date),
        reporting_dates.as_at
    )
    union
    select
        child.child_number,
        reporting_dates.as_at
    from local_care_proceedings as proceedings
    join child on child.child_id = proceedings.person_id
    join reporting_dates on in_force(proceedings.issued_date, proceedings.concluded_date, reporting_dates.as_at)
    union
    select
        relinquishment.child_number,
        reporting_dates.as_at
    from relinquishment
    join reporting_dates on in_force(
        relinquishment.event_date, least(relinquishment.care_date, relinquishment.withdrawn_date), reporting_dates.as_at
    )
    union
    select
        child_number,
        as_at
    from left_care_in_year
    union
    select
        child.child_number,
        reporting_dates.as_at
    from child
    join reporting_dates on child.dob is null and child.expected_dob >= reporting_dates.as_at
),

allocated_on_day as (
    select
        pursued.as_at,
        pursued.child_number,
        coalesce(
            max(allocated.turn) filter (where in_force(allocated.start_date, allocated.end_date, pursued.as_at)),
            max(allocated.turn)
        ) as turn
    from pursued
    join allocated
        on allocated.child_number = pursued.child_number
        and allocated.start_date <= pursued.as_at
    group by all
)

select
    pursued.as_at,
    pursued.child_number,
    child.child_id,
    coalesce(allocated.service, 'No service recorded') as service,
    coalesce(allocated.team, 'No team recorded') as team,
    coalesce(allocated.worker, 'No worker recorded') as worker
from pursued
join child using (child_number)
left join allocated_on_day using (as_at, child_number)
left join allocated
    on allocated.child_number = pursued.child_number
    and allocated.turn = allocated_on_day.turn
anti join child_in_care
    on child_in_care.as_at = pursued.as_at
    and child_in_care.child_number = pursued.child_number
where (child.dob is null or age_in_years(child.dob, pursued.as_at) < 18)
    and (child.death_date is null or child.death_date > pursued.as_at);

-- term: known_on_day: Everybody a list may name on the reporting date: children in care, and those in pre-proceedings or
--      proceedings, before a legal gateway, who have left care, whose birth is expected, or whose parents relinquish them.
-- term: known_on_day.in_care: Whether the child is in care.
create or replace temp view known_on_day as
select as_at, child_number, child_id, service, team, worker, true as in_care
from spine
union all
select as_at, child_number, child_id, service, team, worker, false as in_care
from not_in_care_on_day;
