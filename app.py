"""The Permanence Tracker: sign-in and navigation. Start it with ``streamlit run app.py``."""

import streamlit

from ui.context import readers
from ui.shell import frame, navigation

person = readers.reader_or_nobody()
menu = navigation.menu(person)
page = streamlit.navigation(menu.pages, position="top")
streamlit.set_page_config(page_title=f"{page.title} · Permanence Tracker", layout="wide")
frame.show(page, menu, person)
