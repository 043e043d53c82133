-- A review of a period of care that no episode belongs to, or that several children share and it does not say whose it is: it counts for no
-- child.
select
    'review_without_period_of_care',
    'ssd_cla_reviews',
    source_row,
    clar_cla_review_id,
    null,
    'The review belongs to ' || coalesce('the period of care ' || clar_cla_id, 'no period of care')
        || case when clar_cla_id is null then '' else ', of which there is no episode of one child' end
        || ', so it counts for nobody',
    'Correct the review''s period of care (clar_cla_id), name its child (clar_cla_person_id), or export that period''s episodes.'
from ssd_cla_reviews
anti join ssd_cla_episodes on ssd_cla_episodes.clae_cla_id = ssd_cla_reviews.clar_cla_id
