"""The Permanence Tracker: sign-in and navigation. Start it with ``streamlit run app.py``.

Streamlit reads this file twice. The server takes ``app`` from it, with the outermost layer in front; each visit runs it as its script.
"""

import streamlit
from starlette.middleware import Middleware

if __name__ == "__main__":
    from ui.shell import frame, navigation

    page = streamlit.navigation(navigation.pages(), position="top")
    streamlit.set_page_config(page_title=f"{page.title} · Permanence Tracker", layout="wide")
    frame.show(page)
else:
    from ui.outer.layer import OuterLayer

    app = streamlit.App("app.py", middleware=[Middleware(OuterLayer)])
