-- The reviews of this period of care: those held by the day, and those recorded as due.
select
    'ssd_cla_reviews' as table_name,
    review.source_row,
    review.clar_cla_review_id as record_id,
    case when review.clar_cla_review_date <= $as_at then 'Review held' else 'Review due' end as says,
    case when review.clar_cla_review_date <= $as_at then review.clar_cla_review_date else review.clar_cla_review_due_date end as from_date,
    null::date as to_date
from spine
join ssd_cla_reviews as review on review.clar_cla_id = spine.cla_id
where spine.child_id = $child_id
    and spine.as_at = $as_at
    and not coalesce(review.clar_cla_review_cancelled, false)
    and coalesce(review.clar_cla_review_due_date, review.clar_cla_review_date) is not null
