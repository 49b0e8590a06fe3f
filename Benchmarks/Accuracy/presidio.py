"""Presidio's recognisers by pattern: all that it loads for English, over a blank model, so without names and places.

What its words of context need, a lemma for each word, is the word itself in small letters.

    presidio.py DIRECTORY        prints findings as JSON; run so, without network, by the class below
"""
import json
import logging
import os
import sys

from found import Found, Report, run

TITLE = "Presidio"
FINANCIAL = {"CREDIT_CARD", "IBAN_CODE", "CRYPTO", "US_BANK_NUMBER", "ABA_ROUTING_NUMBER"}
LEAST_SCORE = 0.35


class Program:
    def __init__(self, place: str):
        self.python = os.path.join(place, "bin", "python")

    def version(self) -> str:
        return run([self.python, "-c", "import importlib.metadata as m; print(m.version('presidio-analyzer'))"])[0].decode().strip()

    def inspect(self, directory: str) -> Report:
        out, seconds = run([self.python, os.path.abspath(__file__), directory])
        return Report([Found(path, start, end, "financial" if what in FINANCIAL else "personal", what)
                       for path, start, end, what in json.loads(out)], seconds)


def analyzer():
    import spacy
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    from spacy.language import Language

    @Language.component("words_as_lemmas")
    def words_as_lemmas(document):
        for token in document:
            token.lemma_ = token.text.lower()
        return document

    class BlankEngine(SpacyNlpEngine):
        def __init__(self):
            super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])
            model = spacy.blank("en")
            model.max_length = 10_000_000
            model.add_pipe("words_as_lemmas")
            self.nlp = {"en": model}

        def load(self):
            """There is nothing to fetch."""

    engine = BlankEngine()
    registry = RecognizerRegistry(supported_languages=["en"])
    registry.load_predefined_recognizers(languages=["en"], nlp_engine=engine)
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["en"], default_score_threshold=LEAST_SCORE)


def main(directory: str) -> None:
    logging.disable(logging.CRITICAL)
    engine, found = analyzer(), []
    for folder, folders, names in os.walk(directory):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                text = file.read().decode(errors="replace")
            if not text.strip():
                continue
            for result in engine.analyze(text, language="en"):
                start = len(text[:result.start].encode())
                end = start + len(text[result.start:result.end].encode())
                found.append((os.path.relpath(path, directory), start, end, result.entity_type))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
