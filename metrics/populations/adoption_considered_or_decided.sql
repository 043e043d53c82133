-- title: children with {option} in their plan, with an agency decision for it, or subject to a placement order
-- parameters: option
select spine.as_at, spine.child_number
from spine
left join agency_decision_on_day as decision using (as_at, child_number)
where list_contains(spine.options, $option) or decision.decision_date is not null or spine.placement_order_since is not null
