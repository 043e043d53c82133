-- title: Placement order, neither matched nor placed
-- asks: Which children under a placement order are neither matched nor in an adoptive placement?
-- why: After six months the plan itself has to be looked at again: the child is referred to the head of service. The detail gives the
--      last referral or review since the order.
-- kind: measure
-- parameters: meetings
-- needs: ssd_legal_status
-- needs any: ssd_permanence, local_carer_matches
-- uses: local_meetings
-- evidence: placement_order, placement, adoption_match, head_of_service
-- source: Guidance 3.9, Preventing Drift in Permanency Planning
-- out of: children subject to a placement order
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with referred as (
    select
        spine.as_at,
        spine.child_number,
        max(meeting.meeting_date) as referred_date
    from spine
    join held_meeting as meeting
        on meeting.child_number = spine.child_number
        and list_contains($meetings::varchar[], meeting.meeting_type)
        and meeting.meeting_date between spine.placement_order_since and spine.as_at
    group by all
)

select
    spine.as_at,
    spine.child_number,
    spine.placement_order_since as clock_start,
    case when spine.placement_early_permanence then 'early permanence' else 'not matched' end
        || case when spine.placement_known then '' else '; placement not known' end
        || case
            when referred.referred_date is not null
                then '; referred to the head of service on ' || strftime(referred.referred_date, '%d/%m/%Y')
            when (select supplied from supplied where table_name = 'local_meetings') then '; not referred'
            else '; referral not supplied'
        end as detail
from spine
left join referred using (as_at, child_number)
where spine.placement_order_since is not null
    and spine.adoption_match_date is null
    and not spine.placement_adoptive
