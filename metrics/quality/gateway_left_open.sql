-- Legal gateways with nothing recorded since for half a year: no review, no decision to step down or to issue, no proceedings, no order.
select
    'local_meetings' as table_name,
    meeting.source_row,
    meeting.meeting_id as record_id,
    meeting.person_id,
    'Since the legal gateway of ' || strftime(meeting.meeting_date, '%d/%m/%Y')
        || ' no review, step-down or issue has been recorded for more than six months.' as message,
    'Record the review, or the day on which it was decided to step down or to issue proceedings.' as mend
from legal_gateway
join child using (child_number)
join (select max(as_at) as as_at from reporting_dates) as reporting
    on months_after(legal_gateway.gateway_date, 6) < reporting.as_at
    and coalesce(legal_gateway.closed_date > reporting.as_at, true)
    and coalesce(legal_gateway.next_date > reporting.as_at, true)
join known_on_day as known
    on known.as_at = reporting.as_at
    and known.child_number = legal_gateway.child_number
join local_meetings as meeting
    on meeting.person_id = child.child_id
    and meeting.meeting_type = 'LEGAL_GATEWAY'
    and meeting.meeting_date = legal_gateway.gateway_date
    and coalesce(meeting.meeting_status, 'HELD') = 'HELD'
