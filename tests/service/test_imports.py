"""The layers of the service: modules import only what stands above them, heavy libraries once."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.service_process import REPOSITORY

PACKAGE = REPOSITORY / "service" / "notalone"

# The import order: a module imports only modules above it.
ORDER = (
    "native_host",  # stands alone: the standard library and nothing else
    "config",
    "core_dumps",
    "one_heap",
    "model",
    "errors",
    "extension_ids",
    "loading",
    "migrations",
    "kept",
    "rulefile",
    "folding",
    "folding.text",
    "folding.variants",
    "folding.syllable",
    "folding.amounts",
    "folding.digits",
    "folding.weblinks",
    "folding.parted",
    "folding.entities",
    "instruments",
    "instruments.samples",
    "folding.spelling",
    "folding.tokens",
    "folding.leet",
    "folding.fragments",
    "folding.unravel",
    "folding.words",
    "address",
    "feeds",
    "feeds.entry",
    "feeds.store",
    "host_index",
    "compiled",
    "phrases",
    "phrase_language",
    "patterns",
    "glossary",
    "rulebook",
    "brands",
    "wrappers",
    "lists",
    "feeds.fault",
    "feeds.catalogue",
    "feeds.download",
    "feeds.tally",
    "feeds.unpacking",
    "feeds.row",
    "feeds.line_formats",
    "feeds.table_formats",
    "feeds.formats",
    "feeds.sanity",
    "feeds.snapshot",
    "feeds.pull",
    "feeds.pruning",
    "feeds.build",
    "feeds.switch",
    "feeds.age",
    "feeds.schedule",
    "feeds.telling",
    "feeds.command",
    "hostname",
    "misspelling",
    "likeness",
    "comparison",
    "speaking",
    "detectors.listed",
    "detectors.paths",
    "detectors.shown",
    "detectors.lookalike",
    "detectors.misspelt",
    "detectors.borrowed_path",
    "detectors.throwaway",
    "detectors.speaks_as",
    "detectors.hidden",
    "detectors.matching",
    "detectors.scope",
    "detectors.cues",
    "detectors.evasion",
    "detectors.stages",
    "detectors.classifier",
    "detectors",
    "instruments.rule_names",
    "instruments.rulelint",
    "instruments.phraselint",
    "reasons",
    "levels",
    "judge",
    "kept_rules",
    "engine",
    "links_in_text",
    "kept_links",
    "remembered",
    "messages",
    "checker",
    "instruments.threshold_lines",
    "instruments.reading",
    "instruments.conversation_file",
    "instruments.explain",
    "pairing",
    "pairing_code",
    "pin",
    "guard",
    "qr",
    "app",
    "door",
    "server",
    "wording",
    "instruments.explain_words",
    "instruments.explain_text",
    "instruments.drawing",
    "instruments.cue_file",
    "instruments.interview",
    "instruments.cue_answers",
    "instruments.new_cue",
    "instruments.corpus",
    "instruments.corpuslint",
    "instruments.disguised_word",
    "instruments.disguise",
    "instruments.tally",
    "instruments.accepted",
    "instruments.learnt",
    "instruments.origins",
    "instruments.coverage",
    "instruments.score_table",
    "instruments.score",
    "instruments.link_data",
    "instruments.links_table",
    "instruments.score_links",
    "check_command",
    "instruments.train",
    "instruments.rules_command",
    "as_extension",
    "browsers",
    "at_login",
    "install",
    "pair_command",
    "doctor_report",
    "pin_command",
    "doctor",
    "openapi",
    "first_run",
    "cli",
    "__main__",
)

# Each heavy library lives behind one module or two, so that it can be replaced there.
BEHIND = {
    "flask": {"app", "guard"},
    "flask_cors": {"app", "guard"},
    "waitress": {"door"},
    "spacy": {"detectors.matching", "instruments.drawing"},
    "tldextract": {"address"},
    "can_ada": {"address"},
    "cachetools": {"remembered", "detectors.matching"},
    "ahocorasick_rs": {"detectors.matching", "likeness", "misspelling"},
    "dawg": {"host_index"},
    "zxingcpp": {"qr"},
    "argon2": {"pin"},
    "platformdirs": {"config"},
    "tqdm": {"instruments.score", "feeds.command"},
    "urllib3": {"feeds.download"},
    "certifi": {"feeds.download"},
    "backports": {"feeds.unpacking", "instruments.link_data"},
    "numpy": {"detectors.classifier", "feeds.build", "instruments.learnt", "instruments.train"},
    "scipy": {"instruments.train"},
    "sklearn": {"instruments.train"},
}


def module_name(path: Path) -> str:
    """`notalone/detectors/cues.py` as `detectors.cues`, a folder's `__init__` as the folder."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py")) if module_name(path)}


def imports_of(name: str) -> Iterator[str]:
    """Every module that *name* imports anywhere, with full dotted names."""
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: write the whole name of what is imported"
            assert node.module is not None
            for alias in node.names:
                dotted = f"{node.module}.{alias.name}"
                known = dotted.removeprefix("notalone.") in MODULES
                yield dotted if known else node.module


def own_imports(name: str) -> set[str]:
    return {
        imported.removeprefix("notalone.")
        for imported in imports_of(name)
        if imported.startswith("notalone.")
    }


def test_every_module_has_its_place_in_the_order() -> None:
    assert set(MODULES) <= set(ORDER)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_module_imports_only_what_stands_above_it(name: str) -> None:
    above = set(ORDER[: ORDER.index(name)])
    assert own_imports(name) - above == set()


@pytest.mark.parametrize("library", sorted(BEHIND))
def test_heavy_library_stands_behind_its_module(library: str) -> None:
    users = {
        name
        for name in MODULES
        if any(imported.split(".")[0] == library for imported in imports_of(name))
    }
    assert users <= BEHIND[library]


def test_every_library_is_asked_for_in_pyproject() -> None:
    import tomllib

    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["train"]]
    asked = {line.split(">")[0].replace("-", "_") for line in lines}
    imported_as = {
        "scikit_learn": "sklearn",
        "backports.zstd": "backports",
        "DAWG2": "dawg",
        "zxing_cpp": "zxingcpp",
        "argon2_cffi": "argon2",
    }
    asked = {imported_as.get(name, name) for name in asked}
    used = {imported.split(".")[0] for name in MODULES for imported in imports_of(name)}
    newer = {"compression"}  # in the standard library from Python 3.14 on
    assert used - set(sys.stdlib_module_names) - newer - {"notalone"} <= asked


def test_native_host_needs_the_standard_library_only() -> None:
    used = {imported.split(".")[0] for imported in imports_of("native_host")}
    assert used <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("name", sorted(set(MODULES) - {"__main__"}))
def test_module_has_its_test_file(name: str) -> None:
    *folders, last = name.split(".")
    folder = (REPOSITORY / "tests" / "service").joinpath(*folders)
    wanted = folder / f"test_{last}.py"
    if name in {module.rpartition(".")[0] for module in MODULES}:
        wanted = folder / last / "test_init.py" if not wanted.exists() else wanted
    assert wanted.is_file()
