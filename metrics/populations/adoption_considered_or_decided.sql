-- title: children with {option} in their plan or explored, with an agency decision for it, or subject to a placement order
-- parameters: option
select spine.as_at, spine.child_number
from spine
left join agency_decision_on_day as decision using (as_at, child_number)
left join adoption_explored_on_day as explored using (as_at, child_number)
where list_contains(spine.options, $option)
    or explored.since is not null
    or decision.decision_date is not null
    or spine.placement_order_since is not null
