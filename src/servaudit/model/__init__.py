"""What a document is: frozen pydantic models of standards and observations, and the scorecard made from them."""
