"use strict";
// What the page knows, and small words for it. Everything here is data: text reaches the document through textContent alone.
const kg = {};

kg.model = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const SEGMENTS = ["", "source", "cue", "content"], NOBODY = "urn:kg:nobody";

  // What has its usual value is not in the file.
  for (const article of data.articles) for (const name of ["title", "url", "publisher", "date", "source"]) article[name] ??= "";
  for (const role of [...data.nodes, ...data.edges].flatMap((thing) => thing.roles || [])) {
    role.title ??= ""; role.former ??= false; role.evidence ??= ""; role.dates ??= []; role.rule ??= "";
  }
  for (const node of data.nodes) {
    if (node.kind === "claim") claimOf(node);
    else { node.lines ??= [node.name]; node.initials ??= ""; node.aliases ??= []; node.roles ??= []; node.same_as ??= []; node.in ??= []; node.corrections ??= []; node.named_in ??= node.in.length; node.claims = []; }
  }
  data.removed ??= [];
  for (const edge of data.edges) { edge.label ??= ""; edge.evidence ??= ""; edge.rule ??= ""; edge.roles ??= []; edge.basis ??= "stated"; edge.confidence ??= null; }

  function claimOf(claim) {
    const article = data.articles[claim.article], paragraph = data.paragraphs[claim.paragraph];
    if (claim.iri.startsWith("#")) claim.iri = article.iri + claim.iri;
    claim.segments = [];
    for (let at = 0, i = 0; i < claim.cuts.length; at += claim.cuts[i], i += 2) claim.segments.push([paragraph.slice(at, at + claim.cuts[i]), SEGMENTS[claim.cuts[i + 1]]]);
    claim.text ??= claim.segments.filter(([, role]) => role === "content").map(([words]) => words).join(" [...] ");
    claim.quotation = claim.quotation_type || "indirect"; claim.mode ??= "speech"; claim.said ??= "asserted";
    for (const name of ["cue", "rule", "speaker_words", "speaker_rule", "claim_kind", "modality", "certainty", "polarity", "tense", "cue_stance", "said_on", "valid", "readable"]) claim[name] ??= "";
    claim.confidence ??= null; claim.topics ??= []; claim.quantities ??= []; claim.judgements ??= []; claim.corrections ??= []; claim.sentence ??= null;
    claim.date = /^\d{4}-\d\d-\d\d/.test(article.date) ? article.date.slice(0, 10) : "";
  }

  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const byIri = new Map(data.nodes.map((node) => [node.iri, node]));
  const agents = data.nodes.filter((node) => node.kind !== "claim" && node.kind !== "topic" && !node.members);
  const several = data.nodes.filter((node) => node.members); // one glyph for the many voices of a kind that have no name
  const topics = data.nodes.filter((node) => node.kind === "topic");
  const claims = data.nodes.filter((node) => node.kind === "claim");
  const standing = new Map(several.flatMap((node) => node.members.map((id) => [id, node.id])));
  // The node that stands on the map for an agent: itself, or the glyph that it shares with others.
  const stand = (id) => standing.get(id) ?? id;
  claims.forEach((claim, i) => {
    claim.n = i + 1;
    nodes.get(claim.host).claims.push(claim.id);
    if (standing.has(claim.host)) nodes.get(standing.get(claim.host)).claims.push(claim.id);
    for (const topic of claim.topics) nodes.get(topic).claims.push(claim.id);
  });

  // Who said what and who speaks about what are edges too; the first stand with the claim, the second between speaker and topic.
  let last = data.edges.reduce((most, edge) => Math.max(most, edge.id), -1);
  const edges = [...data.edges];
  const more = (from, to, kind) => edges.push({ id: ++last, from, to, kind, label: "", evidence: "", rule: "", roles: [], basis: "stated", confidence: null });
  for (const claim of claims) more(claim.host, claim.id, "said");
  for (const topic of topics) for (const host of new Set(topic.claims.map((id) => nodes.get(id).host))) if (stand(host) === host) more(host, topic.id, "about");
  const linked = new Map(data.nodes.map((node) => [node.id, []]));
  for (const edge of edges) {
    linked.get(edge.from).push(edge);
    if (edge.to !== edge.from) linked.get(edge.to).push(edge);
  }

  // Statements in a fan above their speaker, left to right, ring by ring: as kg.show.layout.fan leaves room for them.
  function fan(count) {
    const points = [], arc = (200 * Math.PI) / 180, chip = 30;
    for (let radius = 52; points.length < count; radius += 30) {
      const here = Math.min(Math.floor((arc * radius) / chip) + 1, count - points.length), step = chip / radius, first = -Math.PI / 2 - (step * (here - 1)) / 2;
      for (let i = 0; i < here; i++) points.push([radius * Math.cos(first + step * i), radius * Math.sin(first + step * i)]);
    }
    return points;
  }

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const keyOf = (node) => (node.key ??= fold(node.kind === "claim" ? node.text : [node.name, ...node.aliases].join(" \u0001 ")));

  const kinds = {
    person: ["person", "people"], organisation: ["organisation", "organisations"], place: ["place", "places"], work: ["work", "works"],
    group: ["group", "groups"], unnamed: ["unnamed source", "unnamed sources"], topic: ["topic", "topics"], claim: ["statement", "statements"],
  };
  const quotations = { direct: "Direct quotation", indirect: "Reported speech", mixed: "Partly quoted" };
  const modes = { thought: "Belief", attitude: "Attitude" };
  const denials = { negated: "Not said, by the article", hypothetical: "Not yet said" };
  const counted = (number, [one, many]) => `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;
  const title = (role) => (role.former ? (role.title ? `former ${role.title}` : "formerly") : role.title).trim();

  // [{title, org, evidence}] of an agent, as printed; those with an organisation come from edges.
  function roles(agent) {
    const held = agent.roles.map((role) => ({ ...role, title: title(role), org: null }));
    for (const edge of linked.get(agent.id)) {
      if (edge.kind !== "role" || edge.from !== agent.id) continue;
      for (const role of edge.roles) held.push({ ...role, title: title(role), org: nodes.get(edge.to) });
    }
    return held;
  }

  // One line: "vice-president, research director, Forrester".
  function roleLine(agent) {
    const places = new Map();
    for (const role of roles(agent)) {
      const org = role.org ? role.org.name : "";
      places.set(org, [...(places.get(org) || []), role.title].filter(Boolean));
    }
    const held = (titles) => (titles.some((title) => title !== "formerly") ? titles.filter((title) => title !== "formerly") : titles);
    return [...places].map(([org, titles]) => [...held([...new Set(titles)]), org].filter(Boolean).join(", ")).join("; ");
  }

  // The posts alone, each once: what stands under a name on the map, where the link leads to the organisation. "CEO" stays as it is.
  const postLine = (agent) => [...new Set(roles(agent).map((role) => role.title.toLowerCase() === role.title || /^.\p{Lu}/u.test(role.title) ? role.title : role.title[0].toLowerCase() + role.title.slice(1)))].filter((title) => title && title !== "formerly").join(", ");

  function byline(agent) {
    const line = roleLine(agent);
    return line ? `${agent.name}, ${line}` : agent.name;
  }

  function date(text, month = "long") {
    const found = /^(\d{4})-(\d\d)-(\d\d)/.exec(text);
    return found ? day(Date.UTC(+found[1], +found[2] - 1, +found[3]), { day: "numeric", month, year: "numeric" }) : text;
  }
  const day = (time, form) => new Date(time).toLocaleDateString("en-GB", { ...form, timeZone: "UTC" });

  const quoted = (claim) => (claim.quotation === "indirect" || /^["“„«「『‘']/.test(claim.text) ? claim.text : `“${claim.text}”`);

  function citation(claim) {
    const article = data.articles[claim.article];
    const manner = claim.quotation === "indirect" ? " (reported speech)" : "";
    const name = article.title || article.source;
    const source = [name && `“${name}”`, article.publisher, date(article.date)].filter(Boolean).join(", ");
    return `${quoted(claim)} — ${byline(nodes.get(claim.host))}${manner}.${source ? ` In: ${source}.` : ""}${article.url ? ` ${article.url}` : ""}`;
  }

  function markdown(claim) {
    const plain = (text) => text.replace(/[\\`*_[\]<>#|~]/g, "\\$&").replace(/\s*\n\s*/g, " ");
    const article = data.articles[claim.article];
    const manner = claim.quotation === "indirect" ? " (reported speech)" : "";
    const name = plain(article.title || article.url || article.source);
    const linkedTitle = article.url ? `[${name}](<${article.url.replace(/[<>]/g, encodeURIComponent)}>)` : name && `“${name}”`;
    const source = [linkedTitle, plain(article.publisher), date(article.date)].filter(Boolean).join(", ");
    return `> ${plain(quoted(claim))}\n>\n> — ${plain(byline(nodes.get(claim.host)))}${manner}${source ? `. ${source}` : ""}\n`;
  }

  // Agents and claims whose words hold every word of the query.
  function search(query) {
    const words = fold(query).split(/\s+/).filter(Boolean);
    if (!words.length) return null;
    const hit = (node) => words.every((word) => keyOf(node).includes(word));
    return { agents: [...agents, ...topics].filter(hit), claims: claims.filter(hit), words };
  }

  const speakers = agents.filter((agent) => agent.claims.length);
  const silent = agents.filter((agent) => !agent.claims.length);
  // What the map shows has a place: an agent that neither speaks nor is linked to anybody and a topic of one voice are in the lists alone.
  const drawn = [...agents, ...topics, ...several].filter((node) => node.wide);
  const outlet = (claim) => data.articles[claim.article].publisher;
  const named = (claim) => { const host = nodes.get(claim.host); return host.iri === NOBODY ? "nobody" : host.kind === "unnamed" || host.kind === "group" ? "unnamed" : "named"; };
  return {
    data, edges, fan, nodes, byIri, agents, topics, several, claims, linked, kinds, quotations, modes, denials, counted, roles, roleLine, postLine, byline, date, day, citation,
    markdown, search, fold, speakers, silent, drawn, title, stand, outlet, named, quoted,
  };
})();

// An element with attributes and children; strings become text, never markup.
kg.el = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false || value === undefined) continue;
    if (name === "on") for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
};

// A link for http and https; anything else stays text.
kg.link = (address, text) => {
  let safe = false;
  try { safe = ["http:", "https:"].includes(new URL(address).protocol); } catch { safe = false; }
  return safe ? kg.el("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, text) : document.createTextNode(text);
};
