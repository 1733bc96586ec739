"""Files of outlines of places: GeoJSON."""
