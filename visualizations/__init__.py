"""What is drawn: chains over time and graph scenes, as pure functions from values to geometry."""
