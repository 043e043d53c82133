-- The reviews held by the day in the child's periods of care: of a child who is in care no more, too.
select
    'ssd_cla_reviews' as table_name,
    review.source_row,
    review.clar_cla_review_id as record_id,
    'Review held' as says,
    review.clar_cla_review_date as from_date,
    null::date as to_date
from ssd_cla_reviews as review
where review.clar_cla_id in (select clae_cla_id from ssd_cla_episodes where clae_person_id = $child_id)
    and review.clar_cla_review_date <= $as_at
    and not coalesce(review.clar_cla_review_cancelled, false)
