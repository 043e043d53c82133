"""What matters first: the written summary at the head of a page, a pack and a PDF."""
