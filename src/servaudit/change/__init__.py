"""What changes between two versions of a standard: the difference, what it does to past visits, and how they follow."""
