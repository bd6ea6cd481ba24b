"""What people did to a programme's data: who, when, why, and each value before and after; and what it was earlier."""
