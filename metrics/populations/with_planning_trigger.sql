-- title: children in care with a move or change that asks for a planning meeting
-- parameters: proceedings_weeks, days_before_plan
-- needs: local_events, ssd_cla_placement
select distinct as_at, child_number
from planning_trigger_on_day($proceedings_weeks, $days_before_plan)
