"""Content: modules, the catalogue, the people; read once, checked completely, frozen."""
