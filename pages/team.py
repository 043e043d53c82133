"""Team: one service, team or worker, its figures, its children by worker, and who comes next."""

import streamlit

from ui import changes
from ui.components import heat, pack_downloads, teams, tiles
from ui.components.section_headings import children_in_care, section
from ui.context import cached_answers
from ui.context.page_context import page_context
from ui.lists import backlog, children, what_matters
from ui.shell import first_page

context = page_context()
chosen = teams.choose(context, teams.WITH_WORKER, of_worker=True)
scope = context.within(**chosen)
headlines = cached_answers.headlines(context, scope)
name = teams.name_of(context, chosen)

children_in_care(context, headlines, name)
what_matters.show(context, tuple(headline.rule.id for headline in headlines), **chosen)
tiles.show(context, headlines, **chosen)
with streamlit.container(horizontal=True, vertical_alignment="center"):
    if not chosen["worker"]:
        pack_downloads.offer_team(context, scope, name)
    first_page.offer(chosen)
changes.offer(context, chosen)

if not chosen["worker"]:
    heat.show_below(context, headlines, name, chosen)

backlog.show(context, **chosen)

listed, coming = cached_answers.listed_and_coming(context, scope)
children.show_all(context, listed, chosen, name)

section("Coming next")
children.show_coming(context, coming, chosen, name)
