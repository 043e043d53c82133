"""Who reads: what a page may show to councillors, and what is for analysts only. The one place that decides it.

There is no sign-in yet, so ``reader_without_sign_in`` in settings.toml says whom the app is for; a sign-in will give each reader's own
roles here. These are not the roles of a restricted record (``Now.scope.roles``), which nobody has without a sign-in.
"""

from __future__ import annotations

from ui.now import Now

ANALYST = "analyst"
SEE_DRAFTS = frozenset({ANALYST})


def roles(now: Now) -> frozenset[str]:
    """What the reader is to the tracker."""
    return frozenset({now.engine.settings.reader_without_sign_in})


def sees_drafts(now: Now) -> bool:
    """Whether the reader may see packs that nobody has published, write in them and publish them."""
    return bool(roles(now) & SEE_DRAFTS)
