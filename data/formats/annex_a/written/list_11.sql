-- List 11: the prospective adopters, one person for each family.
select
    adopter_id || '-1' as adopter,
    adopter_id as family,
    early_permanence,
    enquiry_date as enquiry,
    stage1_start_date as stage1_start,
    stage1_end_date as stage1_end,
    stage2_start_date as stage2_start,
    stage2_end_date as stage2_end,
    approved_date as approved,
    matched_date as matched,
    placed_date as placed,
    left_date as left_process,
    left_reason
from local_prospective_adopters
order by length(adopter_id), adopter_id
