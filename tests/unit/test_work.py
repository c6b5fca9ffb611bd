"""Worker processes: the same result as without them, and nothing lost when one is killed or an article is bad. Real processes, real kills."""

import subprocess
import sys
import textwrap
from dataclasses import replace

import pytest

from kg.records import Article, Problem
from kg.settings import Settings
from kg.work import make_graphs

pytestmark = pytest.mark.slow

RULES = Settings(attribution="rules")
WORDS = "It will rain, said Ada Brandt, a chemist at Northlight Institute."
_KILLER = """
    import os, signal, sys
    from kg.records import Article, Problem
    from kg.settings import Settings
    from kg.work import make_graphs
    def deadly(found):
        if found.article.id == "poison":
            os.kill(os.getpid(), signal.SIGKILL)
        if found.article.id == "once" and not os.path.exists(sys.argv[1]):
            open(sys.argv[1], "w").close()
            os.kill(os.getpid(), signal.SIGKILL)
        return found
    if __name__ == "__main__":
        words = "It will rain, said Ada Brandt, a chemist at Northlight Institute."
        articles = [Article(name, words + " " * place) for place, name in enumerate(["a", "once", "b", "poison", "c", "d"])]
        for made in make_graphs(articles, settings=Settings(attribution="rules", jobs=2), base="urn:kg:", change=deadly):
            print(made.what if isinstance(made, Problem) else made.article.id, flush=True)
"""


def test_workers_make_what_one_process_makes_in_the_order_given():
    articles = [
        Article(str(number), f"{WORDS} It will snow {number} times." + " Rain fell." * (40 if number == 0 else 0)) for number in range(5)
    ]
    alone = list(make_graphs(articles, settings=RULES, base="urn:kg:"))
    together = list(make_graphs(articles, settings=replace(RULES, jobs=2), base="urn:kg:"))
    assert [made.article for made in together] == articles
    assert [set(made.quads) for made in together] == [set(made.quads) for made in alone]
    assert [replace(made, quads=()) for made in together] == [replace(made, quads=()) for made in alone]


def test_a_killed_worker_loses_nothing_and_a_deadly_article_is_left_out(tmp_path):
    script = tmp_path / "killer.py"
    script.write_text(textwrap.dedent(_KILLER), encoding="utf-8")
    done = subprocess.run([sys.executable, script, tmp_path / "killed"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    poison = "poison: 'poison' was left out: 2 workers died over it (exit code -9)"
    assert done.stdout.splitlines() == ["a", "once", "b", poison, "c", "d"]
    assert (tmp_path / "killed").exists()


def test_a_bad_article_costs_itself_alone():
    """Half a character, which no reader lets through: spaCy raises."""
    articles = [Article("bad", "Rain \ud800 fell, said Ann Lee."), Article("good", WORDS)]
    bad, good = make_graphs(articles, settings=RULES, base="urn:kg:")
    assert isinstance(bad, Problem)
    assert bad.what.startswith("bad: 'bad' could not be read (")
    assert good.attributions == 1
