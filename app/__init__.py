"""The application: the only package that knows all others. API, pages, access, command line."""
