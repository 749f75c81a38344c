"""The templates that `homewardd evaluate --cache` keeps (server/evaluate/template_cache.cc)."""

import csv
import hashlib
import json
import pathlib

import numpy

MANIFEST = pathlib.Path(__file__).parent.parent / "models" / "manifest.json"
FORMAT, MADE = b"homeward template 3", b"TEMPLATE"
PRINT_BYTES, DIGEST_BYTES = 576, 64


def vector_in(text):
    """The template in a file of the cache; None where it holds none."""
    format_line, measures, made, body = text.split(b"\n", 3)
    if format_line != FORMAT or made != MADE:
        return None
    behind = 4 * len(measures.split(b"\t")) + PRINT_BYTES + DIGEST_BYTES
    return numpy.frombuffer(body[:-behind], "<f4")


class Space:
    """An entry of the manifest, and where the cache keeps its templates.

    REPORT is what `homewardd evaluate` wrote of any set in this space: it names the models.
    """

    def __init__(self, manifest, report):
        made = json.loads(pathlib.Path(report).read_text(encoding="utf-8"))
        models = json.loads(pathlib.Path(manifest).read_text(encoding="utf-8"))
        self.entry = next(each for each in models["spaces"] if each["id"] == made["space"])
        self.id = self.entry["id"]
        self.dimension = self.entry["dimension"]
        self.is_cosine = self.entry.get("metric") == "cosine"
        self._maker = f"{self.id}\n{self.dimension}\n{made['models_digest']}\n{made['options']}"

    def vector_of(self, cache, photo):
        """The template of a photo's file; None where it gave none."""
        digest = hashlib.sha256(photo.read_bytes()).hexdigest()
        name = hashlib.sha256(f"{digest}\n{self._maker}".encode()).hexdigest()
        return vector_in((pathlib.Path(cache) / name).read_bytes())


def photos_of(labelled_set):
    """The lines of a labelled set, each with the photo's file under `file`."""
    labelled_set = pathlib.Path(labelled_set)
    with open(labelled_set, encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t"):
            yield {**line, "file": labelled_set.parent / line["path"]}
