-- title: children in a foster placement
select spine.as_at, spine.child_number
from spine
join codes
    on codes.code_set = 'placement_type'
    and codes.code = spine.placement_type
    and list_contains(codes.groups, 'foster')
