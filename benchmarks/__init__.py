"""What a check costs, beside what else one could do with the same bytes."""
