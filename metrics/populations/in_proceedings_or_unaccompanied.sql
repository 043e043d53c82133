-- title: children in care who are in care proceedings or unaccompanied
select spine.as_at, spine.child_number
from spine
left join unaccompanied_on_day as unaccompanied using (as_at, child_number)
where spine.in_proceedings or unaccompanied.child_number is not null
