#!/usr/bin/env python3
"""Guards the arrows of ARCHITECTURE.md: clients -> proto <- server -> matcher <- models.

Reads the sources as text. Run it from anywhere: tests/layering_test.py
"""

import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
LONGEST_FILE = 450

# What an include may reach, by the beginning of its path.
PARTS = {
    "matcher": r"matcher/",
    "models": r"models/",
    "server": r"server/",
    "clients": r"clients/",
    "contract": r"homeward/v1/",
    "protobuf": r"google/(protobuf|rpc|api|type)/",
    "grpc": r"grpc(pp)?/",
    "sqlite": r"sqlite3",
    "store adapters": r"server/store/sqlite_",
    "opencv": r"opencv2/",
    "dlib": r"dlib/",
    "faiss": r"faiss/",
    "onednn": r"dnnl\.hpp|oneapi/",
}
WIRE = {"contract", "protobuf", "grpc"}
ENGINES = {"opencv", "dlib", "faiss", "onednn"}
SQL_SIDE = {"sqlite", "store adapters"}

# Folder or file -> what it must not include. The longest matching beginning rules.
FORBIDDEN = {
    "matcher/": {"models", "server", "clients", "sqlite", "dlib", "onednn"} | WIRE,
    "models/": {"server", "clients", "sqlite", "faiss"} | WIRE,
    "server/": {"models", "clients"} | SQL_SIDE | ENGINES,
    "server/main.cc": {"clients", "sqlite"} | ENGINES,
    "server/records/": {"models", "clients", "dlib", "faiss", "onednn"} | SQL_SIDE | WIRE,
    "server/jobs/": {"models", "clients", "dlib", "faiss", "onednn"} | SQL_SIDE | WIRE,
    "server/store/": {"models", "clients", "dlib", "faiss", "onednn"} | WIRE,
    "clients/": {"matcher", "models", "server", "sqlite"} | ENGINES,
}

SQL = re.compile(
    r'"(?:\(|\s)*(?:SELECT|INSERT (?:OR|INTO)|UPDATE \w+ SET|DELETE FROM|CREATE (?:TABLE|INDEX|UNIQUE)|'
    r"ALTER TABLE|DROP TABLE|PRAGMA|BEGIN IMMEDIATE)\b")
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.MULTILINE)


def forbidden_for(path):
    rules = [start for start in FORBIDDEN if path.startswith(start)]
    return FORBIDDEN[max(rules, key=len)] if rules else set()


def violations(path, text):
    """What is wrong with one file, as sentences."""
    if text.count("\n") > LONGEST_FILE:
        yield f"{path} has more than {LONGEST_FILE} lines"
    if not path.endswith((".h", ".cc")):
        return
    forbidden = forbidden_for(path)
    for header in INCLUDE.findall(text):
        for part in sorted(forbidden):
            if re.match(PARTS[part], header):
                yield f"{path} includes {header}: {part} is out of its sight"
    if not path.startswith(("server/store/", "tests/")) and SQL.search(text):
        yield f"{path} holds an SQL string; SQL lives in server/store"


def our_files():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard",
         "*.h", "*.cc", "*.proto", "*.py", "*.sh", "*.cmake", "*CMakeLists.txt", "run"],
        cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    return [path for path in listed
            if not path.startswith("proto/third_party/") and (ROOT / path).is_file()]


class TheTree(unittest.TestCase):

    def test_keeps_its_layers(self):
        files = our_files()
        self.assertGreater(len(files), 20, "the sources were not found")
        found = [sentence for path in files
                 for sentence in violations(path, (ROOT / path).read_text(encoding="utf-8"))]
        self.assertEqual([], found, "\n" + "\n".join(found))


class ThisTest(unittest.TestCase):

    PLANTED = [
        ("matcher/photo.cc", '#include "server/records/record.h"\n'),
        ("matcher/photo.cc", '#include "models/manifest.h"\n'),
        ("matcher/photo.cc", "#include <grpcpp/grpcpp.h>\n"),
        ("matcher/photo.h", "#  include <dlib/dnn.h>\n"),
        ("models/net.cc", '#include "homeward/v1/record.pb.h"\n'),
        ("server/rpc/wrapper.cc", '#include "models/manifest.h"\n'),
        ("server/api/record_handlers.cc", "#include <sqlite3.h>\n"),
        ("server/api/record_handlers.cc", '#include "server/store/sqlite_store.h"\n'),
        ("server/api/match_handlers.cc", "#include <opencv2/core.hpp>\n"),
        ("server/api/match_handlers.cc", "#include <faiss/IndexFlat.h>\n"),
        ("server/records/casebook.cc", "#include <google/protobuf/message.h>\n"),
        ("server/records/casebook.cc", '#include "homeward/v1/record.pb.h"\n'),
        ("server/store/sqlite_store.cc", "#include <grpcpp/grpcpp.h>\n"),
        ("server/main.cc", '#include "clients/cpp/client.h"\n'),
        ("clients/cli/main.cc", '#include "matcher/photo.h"\n'),
        ("clients/cli/main.cc", '#include "server/records/record.h"\n'),
        ("server/records/casebook.cc", 'Run("SELECT name FROM record");\n'),
        ("server/api/record_handlers.cc", 'Run(R"(\n  INSERT INTO record VALUES (1))");\n'),
        ("matcher/photo.cc", "//\n" * (LONGEST_FILE + 1)),
        ("proto/homeward/v1/record.proto", "//\n" * (LONGEST_FILE + 1)),
    ]
    INNOCENT = [
        ("matcher/flat_index.cc", "#include <faiss/IndexFlat.h>\n"),
        ("models/dlib_embedder.cc", '#include "matcher/face.h"\n#include <dlib/dnn.h>\n'),
        ("server/main.cc", '#include "models/manifest.h"\n#include "server/store/sqlite_store.h"\n'),
        ("server/api/record_handlers.cc", '#include "homeward/v1/record.pb.h"\n'),
        ("server/store/sqlite_store.cc", '#include <sqlite3.h>\nRun("SELECT 1");\n'),
        ("clients/cli/main.cc", '#include "homeward/v1/record.pb.h"\n'),
        ("clients/cli/main.cc", 'Say("SELECTED");\nSay("UPDATE failed");\n'),
        ("tests/store/store_test.cc", 'Run("SELECT 1");\n'),
        ("matcher/photo.cc", "//\n" * LONGEST_FILE),
    ]

    def test_catches_each_planted_violation(self):
        for path, text in self.PLANTED:
            with self.subTest(path=path, text=text[:60]):
                self.assertEqual(1, len(list(violations(path, text))))

    def test_leaves_the_innocent_alone(self):
        for path, text in self.INNOCENT:
            with self.subTest(path=path, text=text[:60]):
                self.assertEqual([], list(violations(path, text)))


if __name__ == "__main__":
    unittest.main()
