-- Periods of care, with what the permanence record says of each: the order (E1), the move (A3 to A6) and the order that ended care.
create or replace temp table care_period as
select
    child,
    period_id,
    entered_care,
    case when bool_and(dec is not null) then max(dec) end as left_care,
    min(decom) filter (where ls = 'E1') as order_date,
    min(decom) filter (where place in ('A3', 'A4', 'A5', 'A6')) as placed_date,
    arg_max((dec, ended_by), turn) filter (where ended_by is not null) as last_order
from (
    select
        run_episode.*,
        case
            when rec in ('E11', 'E12') then 'Adoption'
            when rec in ('E43', 'E44', 'E45', 'E46', 'E47', 'E48') then 'Special guardianship order'
            when rec = 'E41' then 'Child arrangements order'
        end as ended_by
    from run_episode
)
group by child, period_id, entered_care;

-- Reviews are tied to the period of care that they fall in, the later one on a day that ends one and starts another.
create or replace temp table review_of_period as
select
    review.child,
    review.review,
    arg_max(review.review_code, (review.file, review.source_row)) as review_code,
    min(review.source_row) as source_row,
    arg_max(care_period.period_id, care_period.entered_care) as period_id
from ssda903_reviews as review
left join care_period
    on care_period.child = review.child
    and care_period.entered_care <= review.review
    and (care_period.left_care is null or care_period.left_care >= review.review)
group by review.child, review.review;

insert into ssd_cla_reviews by name
select
    child || '-' || strftime(review, '%Y%m%d') as clar_cla_review_id,
    period_id as clar_cla_id,
    child as clar_cla_person_id,
    review as clar_cla_review_date,
    false as clar_cla_review_cancelled,
    review_code as clar_cla_review_participation,
    source_row
from review_of_period
where period_id is not null
order by child, review;

insert into flags
select
    'review_outside_care', 'ssd_cla_reviews', source_row, child || '-' || strftime(review, '%Y%m%d'), child,
    'A review on ' || strftime(review, '%d/%m/%Y') || ', when the child was not in care by the returns: not used',
    'Correct the day of the review, or the episodes.'
from review_of_period
where period_id is null
order by child, review;

insert into ssd_immigration_status by name
select
    child || '-UASC' as immi_immigration_status_id,
    child as immi_person_id,
    'Unaccompanied asylum-seeking child (UASC)' as immi_immigration_status,
    arg_max(duc, coalesce(return_number, 0)) as immi_immigration_status_end_date,
    min(source_row) as source_row
from ssda903_uasc
left join file_return using (file)
group by child
order by child;

-- The permanence record, a row a period of care: the decision (PlacedAdoption), the match (AD1: adopted children only), and what the
-- episodes of the period say.
create or replace temp table adoption_decision as
select child, date_placed, date_placed_ceased, reason_placed_ceased
from ssda903_placed_adoption
left join file_return using (file)
where date_placed is not null
qualify row_number() over (partition by child, date_placed order by coalesce(return_number, 0) desc, source_row) = 1;

insert into ssd_permanence by name
with decided as (
    select period_id, arg_max((date_placed, date_placed_ceased, reason_placed_ceased), date_placed) as decision
    from care_period
    join adoption_decision as decision
        on decision.child = care_period.child
        and decision.date_placed >= care_period.entered_care
        and (care_period.left_care is null or decision.date_placed <= care_period.left_care)
    group by period_id
),

matched as (
    select period_id, arg_max((date_match, foster_care), date_match) as adopted
    from care_period
    join ssda903_ad1 as adopted
        on adopted.child = care_period.child
        and adopted.date_match >= care_period.entered_care
        and (care_period.left_care is null or adopted.date_match <= care_period.left_care)
    group by period_id
)

select
    period_id as perm_table_id,
    child as perm_person_id,
    period_id as perm_cla_id,
    decision[1] as perm_adm_decision_date,
    order_date as perm_placement_order_date,
    adopted[1] as perm_matched_date,
    placed_date as perm_placed_for_adoption_date,
    decision[2] as perm_decision_reversed_date,
    decision[3] as perm_decision_reversed_reason,
    last_order[1] as perm_permanence_order_date,
    last_order[2] as perm_permanence_order_type,
    adopted[2] as perm_adopted_by_carer_flag
from care_period
left join decided using (period_id)
left join matched using (period_id)
where decision is not null or order_date is not null or adopted is not null or placed_date is not null or last_order is not null
order by child, period_id;
