-- title: children living with foster carers whose plan is {option}, or {with_relatives} with those who foster them
-- parameters: option, with_relatives
select spine.as_at, spine.child_number
from spine
join codes
    on codes.code_set = 'placement_type'
    and codes.code = spine.placement_type
    and list_contains(codes.groups, 'foster')
where list_contains(spine.options, $option)
    or (list_contains(spine.options, $with_relatives) and list_contains(codes.groups, 'relatives_or_friends'))
