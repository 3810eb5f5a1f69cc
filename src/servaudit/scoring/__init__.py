"""How answers become a verdict: pure functions of a standard and an observation (SCORING.md)."""
