"""Who reads: what a page may show to councillors, and what is for analysts only. The one place that decides it.

There is no sign-in yet, so ``reader_without_sign_in`` in settings.toml says whom the app is for; a sign-in will give each reader's own
roles here. These are not the roles of a restricted record (``PageContext.scope.roles``), which nobody has without a sign-in.
"""

from __future__ import annotations

from ui.context.page_context import PageContext

ANALYST = "analyst"
SEE_DRAFTS = frozenset({ANALYST})


def roles(context: PageContext) -> frozenset[str]:
    """What the reader is to the tracker."""
    return frozenset({context.engine.settings.reader_without_sign_in})


def sees_drafts(context: PageContext) -> bool:
    """Whether the reader may see packs that nobody has published, write in them and publish them."""
    return bool(roles(context) & SEE_DRAFTS)
