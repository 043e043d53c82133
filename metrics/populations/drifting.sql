-- title: children under {under_age} with {moves} moves or more, or under a placement order for {order_months} months with no match
-- parameters: moves, under_age, order_months
select distinct as_at, child_number
from drift_on_day($moves, $under_age, $order_months)
