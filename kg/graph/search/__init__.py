"""Full-text search over claims, names and titles: an SQLite index that follows the graph, and can be made from it at any time."""

from kg.graph.search.finding import Filters, find_quotes
from kg.graph.search.index import SearchIndex, open_index
from kg.graph.search.quotes import Quote, quotes_of

__all__ = ["Filters", "Quote", "SearchIndex", "find_quotes", "open_index", "quotes_of"]
