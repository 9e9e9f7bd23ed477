"""Russian postal addresses: read to parts, and compared by part."""
