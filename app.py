"""The Permanence Tracker: sign-in and navigation. Start it with ``streamlit run app.py``.

Streamlit reads this file twice. The server takes ``app`` from it, with the outermost layer in front; each visit runs it as its script.
"""

import streamlit
from starlette.middleware import Middleware

if __name__ == "__main__":
    from ui.context import readers
    from ui.shell import frame, navigation

    person = readers.reader_or_nobody()
    menu = navigation.menu(person)
    page = streamlit.navigation(menu.pages, position="top")
    streamlit.set_page_config(page_title=f"{page.title} · Permanence Tracker", layout="wide")
    frame.show(page, menu, person)
else:
    from ui.outer import logs

    # Before the rest is imported: Streamlit warns while it is.
    logs.start()
    from ui.context import readers
    from ui.outer import waiting
    from ui.outer.layer import OuterLayer
    from ui.shell import foreseen

    waiting.start()
    foreseen.start()
    app = streamlit.App("app.py", secrets=readers.secrets_at_start(), middleware=[Middleware(OuterLayer)])
