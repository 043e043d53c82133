-- Pre-proceedings that are still open by the record although proceedings have been issued since.
select
    'ssd_pre_proceedings' as table_name,
    recorded.source_row,
    recorded.prep_table_id as record_id,
    recorded.prep_person_id as person_id,
    'Pre-proceedings of ' || strftime(recorded.prep_pre_pro_decision_date, '%d/%m/%Y') || ' are open, but proceedings were issued on '
        || strftime(min(proceedings.issued_date), '%d/%m/%Y') || '.' as message,
    'Record the day on which it was decided to issue proceedings.' as mend
from ssd_pre_proceedings as recorded
join (select max(as_at) as as_at from reporting_dates) as reporting
    on recorded.prep_pre_pro_decision_date <= reporting.as_at
    and (recorded.prep_agree_stepdown_issue_date is null or recorded.prep_agree_stepdown_issue_date > reporting.as_at)
join local_care_proceedings as proceedings
    on proceedings.person_id = recorded.prep_person_id
    and proceedings.issued_date between recorded.prep_pre_pro_decision_date and reporting.as_at
group by recorded.source_row, recorded.prep_table_id, recorded.prep_person_id, recorded.prep_pre_pro_decision_date
