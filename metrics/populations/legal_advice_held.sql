-- title: children in care, in pre-proceedings or in proceedings for whom a legal advice meeting was held
-- parameters: meeting_types, weeks_before
-- needs: local_meetings
select as_at, child_number
from legal_advice_on_day($meeting_types::varchar[], $weeks_before)
