"""Excel workbooks laid out from the engine's answers. They count nothing: every number in a pack is one that a page shows too."""
