"""Organizations' names: read to a legal form and a core, compared word by word, and made into candidate keys."""
