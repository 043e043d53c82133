-- Long-term matches that are still open by the record although the child has left the home of the placement that they name.
select
    'local_carer_matches' as table_name,
    recorded.source_row,
    recorded.match_id as record_id,
    recorded.person_id,
    'The long-term match of ' || strftime(recorded.match_date, '%d/%m/%Y') || ' is open, but the child left that home on '
        || strftime(carer_match.left_date, '%d/%m/%Y') || '.' as message,
    'Record the day on which the match ended, or the placement that it is with.' as mend
from spine_tonight as spine
join long_term_match as carer_match
    on carer_match.child_number = spine.child_number
    and carer_match.match_date >= spine.entered_care
    and carer_match.left_date <= spine.as_at
    and (carer_match.ended_date is null or carer_match.ended_date > spine.as_at)
join local_carer_matches as recorded on recorded.rowid = carer_match.match_row
anti join standing_match_on_day as standing
    on standing.as_at = spine.as_at
    and standing.match_row = carer_match.match_row
