"""Room 3, Extraction -> RDF: the mapping, the store, its queries, exports and checks. Imports no spaCy."""
