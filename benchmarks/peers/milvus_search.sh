#!/usr/bin/env bash
# milvus_search.sh PYTHON ARGUMENTS...: milvus_search.py in a network that has nothing but a loopback.
ip link set lo up
exec "$1" "$(dirname "$0")/milvus_search.py" "${@:2}"
