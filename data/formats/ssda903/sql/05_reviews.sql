-- Reviews are tied to the period of care that they fall in, the later one on a day that ends one and starts another. Of two on one day, the
-- later row counts; rows stand in the order of their files.
create view raw.review_of_period as
select
    review.child,
    review.review,
    arg_max(review.review_code, review.rowid) as review_code,
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
