-- Reviews are tied to the period of care that they fall in, the later one on a day that ends one and starts another.
create or replace temp table care_period as
select
    child,
    period_id,
    entered_care,
    case when bool_and(dec is not null) then max(dec) end as left_care
from run_episode
group by child, period_id, entered_care;

create or replace temp table review_of_period as
select distinct
    review.child,
    review.review,
    arg_max(review.review_code, return_line) over (partition by review.child, review.review) as review_code,
    min(review.source_row) over (partition by review.child, review.review) as source_row,
    (
        select arg_max(care_period.period_id, care_period.entered_care)
        from care_period
        where care_period.child = review.child
            and care_period.entered_care <= review.review
            and (care_period.left_care is null or care_period.left_care >= review.review)
    ) as period_id
from (select *, (file, source_row) as return_line from ssda903_reviews) as review;

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

-- The permanence record, a row a period of care: the decision (PlacedAdoption), the order (E1), the match (AD1: adopted children only), the
-- move (A3 to A6) and the order that ended care.
create or replace temp table adoption_decision as
select child, date_placed, date_placed_ceased, reason_placed_ceased
from ssda903_placed_adoption
left join file_return using (file)
where date_placed is not null
qualify row_number() over (partition by child, date_placed order by coalesce(return_number, 0) desc, source_row) = 1;

insert into ssd_permanence by name
with of_period as (
    select
        care_period.*,
        (
            select arg_max((date_placed, date_placed_ceased, reason_placed_ceased), date_placed)
            from adoption_decision as decision
            where decision.child = care_period.child
                and decision.date_placed >= care_period.entered_care
                and (care_period.left_care is null or decision.date_placed <= care_period.left_care)
        ) as decision,
        (
            select min(decom) from run_episode
            where run_episode.period_id = care_period.period_id and run_episode.ls = 'E1'
        ) as order_date,
        (
            select min(decom) from run_episode
            where run_episode.period_id = care_period.period_id and run_episode.place in ('A3', 'A4', 'A5', 'A6')
        ) as placed_date,
        (
            select arg_max((date_match, foster_care), date_match) from ssda903_ad1 as adopted
            where adopted.child = care_period.child
                and adopted.date_match >= care_period.entered_care
                and (care_period.left_care is null or adopted.date_match <= care_period.left_care)
        ) as adopted,
        (
            select arg_max((dec, code_group), turn)
            from (
                select run_episode.*, case
                    when rec in ('E11', 'E12') then 'Adoption'
                    when rec in ('E43', 'E44', 'E45', 'E46', 'E47', 'E48') then 'Special guardianship order'
                    when rec = 'E41' then 'Child arrangements order'
                end as code_group
                from run_episode
            ) as ended
            where ended.period_id = care_period.period_id and ended.code_group is not null
        ) as last_order
    from care_period
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
from of_period
where decision is not null or order_date is not null or adopted is not null or placed_date is not null or last_order is not null
order by child, period_id;
