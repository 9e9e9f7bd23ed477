"""People's names: reading them from text, folding their spellings together, and what they say of sex."""
