#!/usr/bin/env python3
"""search.py ENGINE ROWS QUERIES DIMENSION: how long ENGINE (faiss or usearch) takes for one exact query.

ROWS and QUERIES are files of float32. Prints the median of seconds by the clock, one query at a time, the 20
nearest by Euclidean distance. Each engine takes as many threads as it likes.
"""
import statistics
import sys
import time

import numpy

NEAREST = 20


def faiss_search(rows):
    import faiss

    index = faiss.IndexFlatL2(rows.shape[1])
    index.add(rows)
    return lambda query: index.search(query[None], NEAREST)


def usearch_search(rows):
    from usearch.index import MetricKind, search

    return lambda query: search(rows, query, NEAREST, MetricKind.L2sq, exact=True)


def main(engine, rows, queries, dimension):
    rows = numpy.fromfile(rows, numpy.float32).reshape(-1, int(dimension))
    queries = numpy.fromfile(queries, numpy.float32).reshape(-1, int(dimension))
    search = {"faiss": faiss_search, "usearch": usearch_search}[engine](rows)
    search(queries[0])
    seconds = []
    for query in queries:
        begin = time.perf_counter()
        search(query)
        seconds.append(time.perf_counter() - begin)
    print(statistics.median(seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
