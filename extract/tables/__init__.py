"""Finding tables on pages and repairing their grids."""
