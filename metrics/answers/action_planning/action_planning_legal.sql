-- The legal track of the children in care on the day: legal planning meetings held, pre-proceedings and care proceedings begun by
-- then. `to_date` and `outcome` are what had come of each by the day; `says` is the step in a line.
with in_care as (
    select child_id
    from spine
    where as_at = $as_at
        and ($child_id::varchar is null or child_id = $child_id)
),

taken as (
    select
        meeting.person_id as child_id,
        'local_meetings' as table_name,
        meeting.source_row,
        'legal planning meeting' as step,
        meeting.meeting_date as from_date,
        meeting.meeting_date as to_date,
        meeting.outcome
    from local_meetings as meeting
    where meeting.meeting_type = 'LEGAL_PLANNING'
        and coalesce(meeting.meeting_status, 'HELD') = 'HELD'
        and meeting.meeting_date <= $as_at
    union all
    select
        prep_person_id,
        'ssd_pre_proceedings',
        source_row,
        'pre-proceedings',
        prep_pre_pro_decision_date,
        case when prep_agree_stepdown_issue_date <= $as_at then prep_agree_stepdown_issue_date end,
        case when prep_agree_stepdown_issue_date <= $as_at then prep_pre_pro_outcome end
    from ssd_pre_proceedings
    where prep_pre_pro_decision_date <= $as_at
    union all
    select
        person_id,
        'local_care_proceedings',
        source_row,
        'care proceedings',
        issued_date,
        case when concluded_date <= $as_at then concluded_date end,
        case when concluded_date <= $as_at then outcome_order end
    from local_care_proceedings
    where issued_date <= $as_at
)

select
    taken.*,
    taken.step
        || case
            when taken.step = 'legal planning meeting' then ' on ' || strftime(taken.from_date, '%d/%m/%Y')
            when taken.to_date is null then ' since ' || strftime(taken.from_date, '%d/%m/%Y')
                || ' (week ' || ($as_at - taken.from_date) // 7 || ')'
            else ' ended on ' || strftime(taken.to_date, '%d/%m/%Y')
        end
        || coalesce(': ' || lower(nullif(taken.outcome, '')), '') as says
from taken
join in_care using (child_id)
