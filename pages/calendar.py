"""Calendar: hearings, what has to be done before them, reviews, meetings, visits, births and panels, by week."""

from ui import calendar
from ui.context.page_context import page_context

context = page_context()
chosen = calendar.choose(context)
calendar.show(context, chosen)
