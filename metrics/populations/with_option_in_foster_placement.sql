-- title: children with {option} in their plan who live with foster carers
-- parameters: option
select spine.as_at, spine.child_number
from spine
join codes
    on codes.code_set = 'placement_type'
    and codes.code = spine.placement_type
    and list_contains(codes.groups, 'foster')
where list_contains(spine.options, $option)
