"""Questions to the graph: canned and free SPARQL, guarded against reaching out, and within limits of time and rows."""

from kg.graph.query.run import (
    Answer,
    AnswerKind,
    CannedQuery,
    Parameter,
    Term,
    canned_queries,
    load_query,
    parse_query,
    plain,
    run_query,
)

__all__ = ["Answer", "AnswerKind", "CannedQuery", "Parameter", "Term", "canned_queries", "load_query", "parse_query", "plain", "run_query"]
