-- A review of a period of care that no episode belongs to: it counts for no child.
select
    'review_without_period_of_care',
    'ssd_cla_reviews',
    source_row,
    clar_cla_review_id,
    null,
    'The review belongs to the period of care ' || clar_cla_id || ', of which there is no episode',
    'Correct the review''s period of care (clar_cla_id), or export that period''s episodes.'
from ssd_cla_reviews
anti join ssd_cla_episodes on ssd_cla_episodes.clae_cla_id = ssd_cla_reviews.clar_cla_id
