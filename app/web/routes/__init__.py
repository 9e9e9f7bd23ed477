"""A router per noun; `PageRoute` turns our errors into pages."""
