"""What the product is measured by: `bench_*.py` each return rows, `make bench` prints them beside their budgets."""
