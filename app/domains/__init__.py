"""What people do here: each domain has its tables, its store (all its SQL) and one module per deed."""
