"""A graph as `kg.show.network.to_networkx` makes it, from an article that nobody wrote about people who do not exist."""

import re

import networkx as nx

ARTICLE = {
    "article": "urn:kg:article/00000000000000aa",
    "article_title": "Estuary towns weigh a second tidal barrage",
    "article_url": "https://news.example/2031/tidal-barrage",
    "article_publisher": "The Northmere Courier",
    "article_date": "2031-03-14",
}

PARAGRAPHS = (
    (
        "The Ministry of Tides said in February that the first barrage had fed more than 4.2 million households, about 18 percent of the "
        "coast's demand. A second wall could double that by 2036, the ministry added."
    ),
    (
        "The second barrage will pay for itself within eleven years and steady the price of power along the whole estuary, said Orla Venn, a "
        "hydrologist at the Northmere Institute of Marine Studies. Venn expects that turbine makers will move their workshops to the coast."
    ),
    (
        '"Nobody has built at this depth before, and nobody should pretend that the silt will behave," she said. Venn added that towns should '
        "survey the riverbed each spring."
    ),
    (
        "Tomas Ilves, co-director of the Centre for Coastal Economics at Halvard University's School of Public Policy, said the estimate was "
        "sound, and that the figures had been checked twice. However, the fishing ports would need other income for a decade, Ilves said. "
        '"Money for the ports must come before the first stone," he emphasised, adding that a levy on exports was the fairest source.'
    ),
    (
        "Ilves's views were echoed by Bea Castellan, vice-president and research director at consultancy Meridian Grid, who said the barrage "
        "would draw investors who had stayed away from the north. Storage still lags behind generation, Castellan said."
    ),
    (
        "Market researcher Hollin Data said spending on tidal power is expected to reach $6.4 billion in 2035. Shipbuilder Karsk Marine said "
        "it has ordered two dredgers."
    ),
    (
        "Idris Okafor, founder of the fishing cooperative Blue Keel, disagreed with the ministry. "
        '"Eighteen percent is a winter figure. In July it is nine," Okafor said. "We were not asked."'
    ),
    (
        "Local fishers fear that the eel runs will stop, according to a spokesperson for the ports. The report Estuary 2040 warns of higher "
        "floods upstream."
    ),
    '"Whoever builds it should publish every measurement, every week," said Mirela Sand, a former commissioner of the Estuary Council.',
)

PEOPLE = (
    ("ministry", "organisation", "Ministry of Tides", ()),
    ("venn", "person", "Orla Venn", ("Venn",)),
    ("institute", "organisation", "Northmere Institute of Marine Studies", ()),
    ("ilves", "person", "Tomas Ilves", ("Ilves",)),
    ("centre", "organisation", "Centre for Coastal Economics", ()),
    ("school", "organisation", "Halvard University's School of Public Policy", ()),
    ("castellan", "person", "Bea Castellan", ("Castellan",)),
    ("meridian", "organisation", "Meridian Grid", ()),
    ("hollin", "organisation", "Hollin Data", ()),
    ("karsk", "organisation", "Karsk Marine", ()),
    ("okafor", "person", "Idris Okafor", ("Okafor",)),
    ("bluekeel", "organisation", "Blue Keel", ()),
    ("spokesperson", "unnamed", "a spokesperson for the ports", ()),
    ("report", "work", "Estuary 2040", ()),
    ("sand", "person", "Mirela Sand", ("Sand",)),
    ("council", "organisation", "Estuary Council", ()),
)

# speaker, paragraph, source, cue, content, quotation type, mode, figures
CLAIMS = (
    (
        "ministry",
        0,
        "The Ministry of Tides",
        "said",
        ("the first barrage had fed more than 4.2 million households, about 18 percent of the coast's demand",),
        "indirect",
        "speech",
        ("more than 4.2 million households", "about 18 percent of the coast's demand"),
    ),
    ("ministry", 0, "the ministry", "added", ("A second wall could double that by 2036",), "indirect", "speech", ()),
    (
        "venn",
        1,
        "Orla Venn, a hydrologist at the Northmere Institute of Marine Studies",
        "said",
        ("The second barrage will pay for itself within eleven years and steady the price of power along the whole estuary",),
        "indirect",
        "speech",
        ("within 11 years",),
    ),
    ("venn", 1, "Venn", "expects", ("turbine makers will move their workshops to the coast",), "indirect", "thought", ()),
    (
        "venn",
        2,
        "she",
        "said",
        ('"Nobody has built at this depth before, and nobody should pretend that the silt will behave,"',),
        "direct",
        "speech",
        (),
    ),
    ("venn", 2, "Venn", "added", ("towns should survey the riverbed each spring",), "indirect", "speech", ()),
    (
        "ilves",
        3,
        "Tomas Ilves, co-director of the Centre for Coastal Economics at Halvard University's School of Public Policy",
        "said",
        ("the estimate was sound, and that the figures had been checked twice",),
        "indirect",
        "speech",
        (),
    ),
    (
        "ilves",
        3,
        "Ilves",
        "said",
        ("However,", "the fishing ports would need other income for a decade"),
        "indirect",
        "speech",
        ("10 years",),
    ),
    ("ilves", 3, "he", "emphasised", ('"Money for the ports must come before the first stone,"',), "direct", "speech", ()),
    ("ilves", 3, "he", "adding", ("a levy on exports was the fairest source",), "indirect", "speech", ()),
    (
        "castellan",
        4,
        "Bea Castellan, vice-president and research director at consultancy Meridian Grid,",
        "said",
        ("the barrage would draw investors who had stayed away from the north",),
        "indirect",
        "speech",
        (),
    ),
    ("castellan", 4, "Castellan", "said", ("Storage still lags behind generation",), "indirect", "speech", ()),
    (
        "hollin",
        5,
        "Market researcher Hollin Data",
        "said",
        ("spending on tidal power is expected to reach $6.4 billion in 2035",),
        "indirect",
        "speech",
        ("$6.4 billion in 2035",),
    ),
    ("karsk", 5, "Shipbuilder Karsk Marine", "said", ("it has ordered two dredgers",), "indirect", "speech", ("2 dredgers",)),
    (
        "okafor",
        6,
        "Okafor",
        "said",
        ('"Eighteen percent is a winter figure. In July it is nine,"',),
        "direct",
        "speech",
        ("18 percent", "9 percent, July"),
    ),
    ("okafor", 6, "", "", ('"We were not asked."',), "direct", "speech", ()),
    (
        "spokesperson",
        7,
        "a spokesperson for the ports",
        "according to",
        ("Local fishers fear that the eel runs will stop",),
        "indirect",
        "speech",
        (),
    ),
    ("report", 7, "The report Estuary 2040", "warns of", ("higher floods upstream",), "indirect", "speech", ()),
    (
        "sand",
        8,
        "Mirela Sand, a former commissioner of the Estuary Council",
        "said",
        ('"Whoever builds it should publish every measurement, every week,"',),
        "direct",
        "speech",
        (),
    ),
    (None, 4, "", "", ("investors who had stayed away from the north",), "indirect", "thought", ()),
)

ROLES = (
    ("venn", "institute", "hydrologist", False),
    ("ilves", "centre", "co-director", False),
    ("castellan", "meridian", "vice-president", False),
    ("castellan", "meridian", "research director", False),
    ("okafor", "bluekeel", "founder", False),
    ("sand", "council", "commissioner", True),
)


def iri(name: str) -> str:
    return f"{ARTICLE['article']}#{name}"


def segments(paragraph: str, source: str, cue: str, content: tuple[str, ...]) -> list[list[str]]:
    """The paragraph cut into [words, role]; content is found first, so that a cue inside it is none."""
    roles = [""] * len(paragraph)

    def mark(words: str, role: str) -> None:
        start = max(paragraph.find(content[-1]) - 120, 0) if role != "content" else 0
        for found in re.finditer(rf"\b{re.escape(words)}" if words[:1].isalpha() else re.escape(words), paragraph):
            if words and found.start() >= start and not any(roles[found.start() : found.end()]):
                roles[found.start() : found.end()] = [role] * len(words)
                return

    for piece in content:
        mark(piece, "content")
    mark(source, "source")
    mark(cue, "cue")
    pieces: list[list[str]] = []
    for character, role in zip(paragraph, roles, strict=True):
        if pieces and pieces[-1][1] == role:
            pieces[-1][0] += character
        else:
            pieces.append([character, role])
    return pieces


def invented_graph() -> "nx.MultiDiGraph[str]":
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name, kind, printed, aliases in PEOPLE:
        graph.add_node(iri(name), kind=kind, name=printed, label=printed, aliases=list(aliases), article=ARTICLE["article"])
    for number, (speaker, paragraph, source, cue, content, quotation, mode, figures) in enumerate(CLAIMS, start=1):
        text = " [...] ".join(content)
        graph.add_node(
            iri(f"claim-{number}"),
            kind="claim",
            label=text[:40],
            text=text,
            segments=segments(PARAGRAPHS[paragraph], source, cue, content),
            quotation_type=quotation,
            mode=mode,
            cue=cue,
            confidence=0.97 - number / 100,
            rule="subject-verb" if cue else "continuation",
            quantities=list(figures),
            **ARTICLE,
        )
        if speaker:
            graph.add_edge(iri(speaker), iri(f"claim-{number}"), key="said")
    for number, (person, organisation, title, former) in enumerate(ROLES):
        evidence = f"{title} at the place" if not former else ""
        graph.add_edge(iri(person), iri(organisation), key=f"role-{number}", kind="role", title=title, former=former, evidence=evidence)
    graph.add_edge(iri("centre"), iri("school"), key="part_of", evidence="the Centre at the School")
    graph.add_edge(iri("claim-11"), iri("claim-7"), key="agrees", evidence="Ilves's views were echoed by Bea Castellan")
    graph.add_edge(iri("claim-11"), iri("claim-8"), key="agrees", evidence="Ilves's views were echoed by Bea Castellan")
    graph.add_edge(iri("claim-15"), iri("claim-1"), key="disagrees", evidence="disagreed with the ministry")
    return graph


OUTLETS = (
    ("urn:kg:article/00000000000000aa", "Estuary towns weigh a second tidal barrage", "The Northmere Courier", "2031-03-14"),
    ("urn:kg:article/00000000000000bb", "Who pays for the second wall", "The Northmere Courier", "2031-04-02"),
    ("urn:kg:article/00000000000000cc", "Power from the tide: what is known", "Halvard Evening Post", "2031-06-20"),
    ("urn:kg:article/00000000000000dd", "Fishers count the eels", "Tidewater Radio", ""),
)
TOPICS = (("tidal power", (1, 2, 3, 7, 11, 12, 13)), ("fishing ports", (8, 9, 16, 17)), ("silt", (5, 6)))
KINDS = {
    1: "fact",
    2: "prediction",
    3: "prediction",
    4: "prediction",
    7: "evaluation",
    8: "prediction",
    9: "recommendation",
    10: "evaluation",
    11: "prediction",
}


def invented_news() -> "nx.MultiDiGraph[str]":
    """The same words spread over four articles of three outlets, one without a date; with topics, kinds and an inferred disagreement."""
    graph = invented_graph()
    for number in range(1, len(CLAIMS) + 1):
        article, title, outlet, date = OUTLETS[(number - 1) * len(OUTLETS) // len(CLAIMS)]
        told = {"article": article, "article_title": title, "article_publisher": outlet, "article_date": date}
        kind = KINDS.get(number, "fact" if number % 2 else "")
        judged = [["claim_kind", "future-modal", 0.85]] if kind else []
        graph.nodes[iri(f"claim-{number}")].update(
            told, article_url=f"https://news.example/{article[-2:]}", claim_kind=kind, judgements=judged
        )
    for name, claims in TOPICS:
        topic = f"urn:kg:topic/{name.replace(' ', '-')}"
        graph.add_node(topic, kind="topic", name=name, label=name, aliases=[], broader=[])
        for number in claims:
            graph.add_edge(iri(f"claim-{number}"), topic, key="about", kind="about")
    told = {"kind": "disagrees", "basis": "inferred", "confidence": 0.61, "rule": "opposed-figures", "evidence": ""}
    graph.add_edge(iri("claim-12"), iri("claim-3"), key="disagrees", **told)
    return graph
