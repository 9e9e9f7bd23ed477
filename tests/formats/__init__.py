"""Source formats: samples with their expected records, real files, damaged files."""
