-- title: children with {option} in their plan and a brother or sister in care or adopted
-- parameters: option, adopted
select spine.as_at, spine.child_number
from spine
join with_siblings_on_day($adopted::varchar[]) using (as_at, child_number)
where list_contains(spine.options, $option)
