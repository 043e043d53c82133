"""Countywide: the panel's figures, services and teams against the rules, and thirteen months of each."""

from ui import asking, charts, heat, tiles
from ui.headings import children_in_care, section
from ui.now import now

here = now()
headlines = asking.headlines(here, level="countywide")

children_in_care(here, headlines)
# A policy of one service has no countywide rules, and the page has said so.
if headlines:
    tiles.show(here, headlines, "county")

    section("Services and teams")
    heat.show_county(here, headlines)

    section("Thirteen months")
    charts.show_trend(here, headlines, "county")
