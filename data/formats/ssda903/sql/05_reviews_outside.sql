-- Reviews of no period of care: the returns do not say what they reviewed.
insert into flags
select
    'review_outside_care', 'ssd_cla_reviews', source_row, child || '-' || strftime(review, '%Y%m%d'), child,
    'A review on ' || strftime(review, '%d/%m/%Y') || ', when the child was not in care by the returns: not used',
    'Correct the day of the review, or the episodes.'
from review_of_period
where period_id is null
order by child, review;
