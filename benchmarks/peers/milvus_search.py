#!/usr/bin/env python3
"""milvus_search.py ROWS QUERIES DIMENSION: how long a Milvus server takes for one exact query over its wire.

Milvus listens on all addresses and cannot be told not to: run this in a network of its own, as
`unshare --net` gives. Starts a server in a folder that is removed at the end, fills a collection with a FLAT
index and prints the median of seconds by the clock, one query at a time, the 20 nearest.
"""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

import numpy
import pymilvus
from milvus import MilvusServerConfig, _initialize_data_files

NEAREST = 20
PORT = 19530
ROWS_A_CALL = 20_000
SECONDS_TO_START = 120


def start(folder):
    config = MilvusServerConfig(data_dir=str(folder))
    config.set("proxy_port", PORT)
    config.resolve()
    _initialize_data_files(config.base_data_dir)
    environment = os.environ | {"LD_LIBRARY_PATH": str(folder / "bin"), "DEPLOY_MODE": "STANDALONE",
                                "METRICS_PORT": "9091", "MILVUS_RUN_DIR": str(folder / "run")}
    with open(folder / "log", "w") as log:
        server = subprocess.Popen(["./bin/milvus", "run", "standalone"], cwd=folder, env=environment,
                                  stdout=log, stderr=log)
    for _ in range(SECONDS_TO_START * 5):
        try:
            urllib.request.urlopen("http://127.0.0.1:9091/healthz", timeout=1)
            return server
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.2)
    server.kill()
    sys.exit(f"Milvus did not start:\n{(folder / 'log').read_text()[-2000:]}")


def fill(rows):
    schema = pymilvus.CollectionSchema([
        pymilvus.FieldSchema("id", pymilvus.DataType.INT64, is_primary=True),
        pymilvus.FieldSchema("vector", pymilvus.DataType.FLOAT_VECTOR, dim=rows.shape[1])])
    collection = pymilvus.Collection("faces", schema)
    for begin in range(0, len(rows), ROWS_A_CALL):
        part = rows[begin:begin + ROWS_A_CALL]
        collection.insert([list(range(begin, begin + len(part))), part.tolist()])
    collection.flush()
    collection.create_index("vector", {"index_type": "FLAT", "metric_type": "L2", "params": {}})
    collection.load()
    return collection


def seconds_a_query(collection, queries):
    seconds = []
    for query in queries:
        begin = time.perf_counter()
        collection.search([query.tolist()], "vector", {"metric_type": "L2"}, NEAREST,
                          consistency_level="Eventually")
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds)


def main(rows, queries, dimension):
    rows = numpy.fromfile(rows, numpy.float32).reshape(-1, int(dimension))
    queries = numpy.fromfile(queries, numpy.float32).reshape(-1, int(dimension))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        server = start(pathlib.Path(name))
        try:
            pymilvus.connections.connect(host="127.0.0.1", port=PORT)
            print(seconds_a_query(fill(rows), queries))
        finally:
            server.kill()
            server.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
