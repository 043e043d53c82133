"""One child's page."""
