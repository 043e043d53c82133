"""The Corporate Parenting Panel's page: published packs, and the draft of a period."""
