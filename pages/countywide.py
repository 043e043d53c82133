"""Countywide: the panel's figures, services and teams against the rules, and thirteen months of each."""

from ui.components import heat, tiles
from ui.components.section_headings import children_in_care, section
from ui.context import cached_answers
from ui.context.page_context import page_context
from ui.lists import backlog, trend, what_matters

context = page_context()
headlines = cached_answers.headlines(context, level="countywide")

children_in_care(context, headlines, context.area.title)
# A policy of one service has no countywide rules, and the page has said so.
if headlines:
    what_matters.show(context, tuple(headline.rule.id for headline in headlines))
    tiles.show(context, headlines)

    section("Services and teams")
    heat.show_whole(context, headlines)

    backlog.show(context, "countywide")

    section("Thirteen months")
    trend.show_trend(context, headlines, "county")
