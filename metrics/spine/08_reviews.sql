-- The last review held by D of this period of care, the pathway plan, and care proceedings.
create or replace temp table last_review as
with review_day as (
    select distinct
        clar_cla_id as cla_id,
        clar_cla_review_date as review_date
    from ssd_cla_reviews
    where clar_cla_review_date is not null
        and not coalesce(clar_cla_review_cancelled, false)
)

select
    cla_id,
    review_date,
    lead(review_date) over (partition by cla_id order by review_date) as next_review_date
from review_day;

create or replace temp table pathway_plan_on_day as
select
    child_in_care.as_at,
    child_in_care.child_number,
    max(leaver.clea_pathway_plan_review_date) as review_date
from child_in_care
join child using (child_number)
join ssd_care_leavers as leaver
    on leaver.clea_person_id = child.child_id
    and leaver.clea_pathway_plan_review_date between child_in_care.entered_care and child_in_care.as_at
group by all;

-- In care proceedings: a row in force; where proceedings are not supplied, an interim care order in force.
create or replace temp table in_proceedings_on_day as
select distinct
    child_in_care.as_at,
    child_in_care.child_number
from child_in_care
join child using (child_number)
join local_care_proceedings as proceedings
    on proceedings.person_id = child.child_id
    and in_force(proceedings.issued_date, proceedings.concluded_date, child_in_care.as_at)
union all
select
    child_in_care.as_at,
    child_in_care.child_number
from child_in_care
join legal_status_set using (statuses)
where legal_status_set.has_interim_care_order
    and not (select supplied from supplied where table_name = 'local_care_proceedings');
