-- The reviews held by the day in this period of care.
select
    'ssd_cla_reviews' as table_name,
    review.source_row,
    review.clar_cla_review_id as record_id,
    'Review held' as says,
    review.clar_cla_review_date as from_date,
    null::date as to_date
from spine
join ssd_cla_reviews as review on review.clar_cla_id = spine.cla_id
where spine.child_id = $child_id
    and spine.as_at = $as_at
    and review.clar_cla_review_date <= $as_at
    and not coalesce(review.clar_cla_review_cancelled, false)
