-- How many reach a limit within so many days if nothing changes: by team, those of each list, and (no rule) each child once.
select
    listed.service,
    listed.team,
    listed.rule,
    count(distinct listed.child_number)::bigint as children
from listed_unnamed as listed
where listed.policy = $policy_id
    and list_contains($rules::varchar[], listed.rule)
    and listed.as_at = $as_at
    and {which}
group by grouping sets ((listed.service, listed.team, listed.rule), (listed.service, listed.team))
