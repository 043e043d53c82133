-- List 9: those of whom the records hold care leavers' details.
select
    clea_person_id as child,
    pers_sex as sex,
    pers_ethnicity as ethnicity,
    pers_dob as date_of_birth,
    clea_pathway_plan_review_date as pathway_plan_review
from ssd_care_leavers
join ssd_person on pers_person_id = clea_person_id
where clea_pathway_plan_review_date <= $as_at
qualify row_number() over (partition by clea_person_id order by clea_pathway_plan_review_date desc) = 1
order by length(clea_person_id), clea_person_id
