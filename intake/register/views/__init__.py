"""What is computed from the stored acts: projections, lists, search, and the rows they give."""
