-- The Weekly Tracking Tool: everybody in its population, and of these who has had a planning meeting since entry to care.
with tracked as (
    select *
    from spine
    where as_at = any($dates::date[])
        and months_after(entered_care, $within_months) > as_at
        and months_after(entered_care, $over_months) < as_at
        and age_at_entry < $under_age
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
group by all
