"""All tests; a package, so that no installed package named `tests` is taken for it."""
