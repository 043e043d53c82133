-- title: No pathway plan
-- asks: Which young people have reached the age for a pathway plan, and have none in this period of care?
-- why: A young person for whom no permanent alternative to care has been found by then needs a plan for becoming independent,
--      and so does one who enters care after that age. The clock starts on that birthday, or on entry to care if later. Those
--      who reach the age in the coming months are also found, so that teams can prepare.
-- kind: measure
-- parameters: age_months, ahead_months
-- needs: ssd_care_leavers
-- evidence: episode, pathway_plan
-- source: Permanency Planning Policy and Procedures 8.1
-- out of: children in care old enough for a pathway plan
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    spine.as_at,
    spine.child_number,
    greatest(months_after(person.pers_dob, $age_months), spine.entered_care) as clock_start,
    'aged ' || spine.age || '; no pathway plan in this period of care' as detail
from spine
join ssd_person as person on person.rowid = spine.child_number
where spine.pathway_plan_date is null
    and months_after(person.pers_dob, $age_months) <= months_after(spine.as_at, $ahead_months)
