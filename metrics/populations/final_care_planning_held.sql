-- title: children in care and in proceedings for whom a final care planning meeting has been held
-- needs: local_meetings
select as_at, child_number
from final_meeting_on_day
