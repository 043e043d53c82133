-- Matched for adoption on D: by the permanence record or a local match, dated in this period of care and not undone by D.
create or replace temp table adoption_match_on_day as
with adoption_match as (
    select
        child.child_number,
        permanence.perm_matched_date as match_date,
        case
            when permanence.perm_decision_reversed_date >= permanence.perm_matched_date then permanence.perm_decision_reversed_date
        end as undone_date
    from ssd_permanence as permanence
    join child on child.child_id = permanence.perm_person_id
    union all
    select
        child.child_number,
        carer_match.match_date,
        carer_match.ended_date as undone_date
    from local_carer_matches as carer_match
    join child on child.child_id = carer_match.person_id
    where carer_match.match_type = 'ADOPTION'
)

select
    child_in_care.as_at,
    child_in_care.child_number,
    max(adoption_match.match_date) as match_date
from child_in_care
join adoption_match
    on adoption_match.child_number = child_in_care.child_number
    and adoption_match.match_date between child_in_care.entered_care and child_in_care.as_at
    and (adoption_match.undone_date is null or adoption_match.undone_date > child_in_care.as_at)
group by all;

-- Long-term match on D: a long-term fostering match of this period of care, not ended; ratified when its date says so.
create or replace temp table long_term_match_on_day as
select
    child_in_care.as_at,
    child_in_care.child_number,
    max(carer_match.match_date) as match_date,
    bool_or(coalesce(carer_match.ratified_date <= child_in_care.as_at, false)) as ratified
from child_in_care
join child using (child_number)
join local_carer_matches as carer_match
    on carer_match.person_id = child.child_id
    and carer_match.match_type = 'LTF'
    and carer_match.match_date between child_in_care.entered_care and child_in_care.as_at
    and (carer_match.ended_date is null or carer_match.ended_date > child_in_care.as_at)
group by all;

-- A special guardianship or child arrangements assessment open on D: referred or begun in this period of care, not closed, no order.
create or replace temp table guardianship_assessment_on_day as
select distinct
    child_in_care.as_at,
    child_in_care.child_number
from child_in_care
join child using (child_number)
join local_permanence_options as explored
    on explored.person_id = child.child_id
    and explored.option_type in ('SGO', 'CAO')
    and (
        explored.referral_date between child_in_care.entered_care and child_in_care.as_at
        or explored.assessment_start_date between child_in_care.entered_care and child_in_care.as_at
    )
    and (explored.order_date is null or explored.order_date > child_in_care.as_at)
    and (explored.closed_date is null or explored.closed_date > child_in_care.as_at);
