"""What the numbers mean: the spine, the measures, the policies, and the engine that answers questions about them."""
