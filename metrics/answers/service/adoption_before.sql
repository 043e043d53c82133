-- Before the agency decision: the meetings that were held and are booked, and the next review.
with on_list as (
    select
        listed.child_id,
        spine.cla_id,
        spine.entered_care,
        (
            select max(episode.clae_cla_episode_ceased_date)
            from ssd_cla_episodes as episode
            where episode.clae_person_id = listed.child_id
                and episode.clae_cla_episode_ceased_date <= spine.entered_care
        ) as earlier_care_ended
    from listed
    left join spine using (as_at, child_number)
    where listed.policy = $policy_id
        and listed.rule = any($rules::varchar[])
        and listed.as_at = $as_at
),

meeting as (
    select
        on_list.child_id,
        max(recorded.meeting_date) filter (
            where recorded.meeting_type = 'LEGAL_PLANNING' and recorded.held and recorded.meeting_date <= $as_at
        ) as legal_planning_date,
        max(recorded.meeting_date) filter (
            where recorded.meeting_type in ('PPM', 'PPD') and recorded.held and recorded.meeting_date <= $as_at
        ) as planning_meeting_date,
        min(recorded.meeting_date) filter (
            where recorded.meeting_type in ('PPM', 'PPD')
                and recorded.meeting_status = 'BOOKED'
                and recorded.meeting_date >= $as_at
        ) as booked_date
    from on_list
    join (
        select *, coalesce(meeting_status, 'HELD') = 'HELD' as held
        from local_meetings
    ) as recorded
        on recorded.person_id = on_list.child_id
    where on_list.entered_care is null
        or recorded.meeting_date >= on_list.entered_care
        -- A legal planning meeting that led to this period of care counts, as in the rule.
        or (
            recorded.meeting_type = 'LEGAL_PLANNING'
            and coalesce(recorded.meeting_date > on_list.earlier_care_ended, true)
        )
    group by all
),

next_review as (
    select
        on_list.child_id,
        min(review.clar_cla_review_due_date) as review_due_date
    from on_list
    join ssd_cla_reviews as review
        on review.clar_cla_id = on_list.cla_id
        and not coalesce(review.clar_cla_review_cancelled, false)
        and review.clar_cla_review_due_date >= $as_at
        and (review.clar_cla_review_date is null or review.clar_cla_review_date > $as_at)
    group by all
)

select
    on_list.child_id,
    on_list.entered_care,
    meeting.legal_planning_date,
    meeting.planning_meeting_date,
    meeting.booked_date,
    next_review.review_due_date
from on_list
left join meeting using (child_id)
left join next_review using (child_id)
