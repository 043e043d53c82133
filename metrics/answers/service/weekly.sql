-- The Weekly Tracking Tool: everybody in its population, which the rule's figure is a share of, and of these who has had a planning
-- meeting since entry to care.
with tracked as (
    select spine.*
    from spine
    join rule_population as named
        on named.policy = $policy_id
        and named.rule = $rule_id
        and named.as_at = spine.as_at
    join population_member as member
        on member.population = named.population
        and member.as_at = spine.as_at
        and member.child_number = spine.child_number
    where spine.as_at = any($dates::date[])
),

met as (
    select distinct
        tracked.as_at,
        tracked.child_number
    from tracked
    join local_meetings as meeting
        on meeting.person_id = tracked.child_id
        and list_contains($meetings::varchar[], meeting.meeting_type)
        and coalesce(meeting.meeting_status, 'HELD') = 'HELD'
        and meeting.meeting_date between tracked.entered_care and tracked.as_at
)

select
    listed.as_at,
    listed.service,
    listed.team,
    listed.worker,
    count(*) as population,
    count(met.child_number) as with_meeting
from tracked as listed
left join met using (as_at, child_number)
where in_scope(listed.service, listed.team, listed.worker, listed.child_id)
group by all
