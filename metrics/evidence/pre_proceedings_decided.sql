-- Pre-proceedings that had been decided on by the day, and how they ended.
select
    'ssd_pre_proceedings' as table_name,
    source_row,
    prep_table_id as record_id,
    'Pre-proceedings' || case when prep_agree_stepdown_issue_date <= $as_at
        then ', ended' || coalesce('; ' || nullif(prep_pre_pro_outcome, ''), '') else ', not ended' end
        || case when prep_care_pro_letter_date <= $as_at then '; letter of ' || strftime(prep_care_pro_letter_date, '%d/%m/%Y') else '' end
        as says,
    prep_pre_pro_decision_date as from_date,
    case when prep_agree_stepdown_issue_date <= $as_at then prep_agree_stepdown_issue_date end as to_date
from ssd_pre_proceedings
where prep_person_id = $child_id
    and prep_pre_pro_decision_date <= $as_at
