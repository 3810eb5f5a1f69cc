"""Makes the draft of a standard of a team's own grid: pure, from cells with their places to sections and criteria."""
