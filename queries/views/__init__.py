"""What people and programs read: findings, entities, search, neighbours, paths; graph in, plain typed rows out."""
