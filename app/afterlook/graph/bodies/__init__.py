"""What clients write."""
