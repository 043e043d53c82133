"""The Permanence Tracker: sign-in and navigation. Start it with ``streamlit run app.py``."""

import streamlit

from ui.shell import frame, navigation

page = streamlit.navigation(navigation.pages(), position="top")
streamlit.set_page_config(page_title=f"{page.title} · Permanence Tracker", layout="wide")
frame.show(page)
