"""The one door to the database: alone imports the `neo4j` driver."""
