-- The way to court of the children on the lists: what is recorded of their pre-proceedings and proceedings in force. The days that
-- a court has set for the final evidence and the final hearing may still be to come.
with on_list as (
    select
        listed.child_id,
        listed.rule,
        listed.since,
        spine.entered_care
    from listed
    left join spine using (as_at, child_number)
    where listed.policy = $policy_id
        and listed.rule = any($rules::varchar[])
        and listed.as_at = $as_at
),

child as (
    select distinct child_id as child_number, child_id
    from on_list
),

pre_proceedings as (
{pre_proceedings}
),

before_court as (
    select
        on_list.child_id,
        arg_min(recorded, (decided.decision_date, recorded.source_row)) as first
    from on_list
    join pre_proceedings as decided
        on decided.child_id = on_list.child_id
        and in_force(decided.decision_date, decided.ended_date, $as_at)
    join ssd_pre_proceedings as recorded on recorded.rowid = decided.pre_proceedings_row
    group by all
),

in_court as (
    select
        on_list.child_id,
        arg_min(recorded, (recorded.issued_date, recorded.source_row)) as first
    from on_list
    join local_care_proceedings as recorded
        on recorded.person_id = on_list.child_id
        and in_force(recorded.issued_date, recorded.concluded_date, $as_at)
    group by all
),

meeting as (
    select
        on_list.child_id,
        max(recorded.meeting_date) filter (where recorded.meeting_type = 'LEGAL_PLANNING') as legal_planning_date,
        max(recorded.meeting_date) filter (where recorded.meeting_type in ('FGC', 'FNM')) as family_meeting_date,
        max(recorded.meeting_date) filter (
            where recorded.meeting_type in ('PPM', 'PPD') and (entered_care is null or recorded.meeting_date >= entered_care)
        ) as planning_meeting_date
    from on_list
    join local_meetings as recorded
        on recorded.person_id = on_list.child_id
        and coalesce(recorded.meeting_status, 'HELD') = 'HELD'
        and recorded.meeting_date <= $as_at
    group by all
),

carers as (
    select
        on_list.child_id,
        count(*) as options_open,
        count(*) filter (where explored.viability_date <= $as_at) as viability_done
    from on_list
    join local_permanence_options as explored
        on explored.person_id = on_list.child_id
        and list_contains($option_types::varchar[], explored.option_type)
        and explored.referral_date <= $as_at
        and (explored.order_date is null or explored.order_date > $as_at)
        and (explored.closed_date is null or explored.closed_date > $as_at)
    group by all
)

select
    on_list.child_id,
    ($as_at - on_list.since) // 7 as weeks,
    before_court.first.prep_plo_family_id as family_id,
    case
        when before_court.first.prep_initial_pre_pro_meeting_date <= $as_at
            then before_court.first.prep_initial_pre_pro_meeting_date
    end as initial_meeting_date,
    before_court.first.prep_legal_gateway_outcome as legal_gateway_outcome,
    in_court.first.issued_date as issued_date,
    in_court.first.first_hearing_date as first_hearing_date,
    in_court.first.final_evidence_due_date as final_evidence_due_date,
    in_court.first.final_hearing_date as final_hearing_date,
    meeting.legal_planning_date,
    meeting.family_meeting_date,
    meeting.planning_meeting_date,
    coalesce(carers.options_open, 0) as options_open,
    coalesce(carers.viability_done, 0) as viability_done
from on_list
left join before_court using (child_id)
left join in_court using (child_id)
left join meeting using (child_id)
left join carers using (child_id)
