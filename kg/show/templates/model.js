"use strict";
// What the page knows, and small words for it. Everything here is data: text reaches the document through textContent alone.
const kg = {};

kg.model = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const byIri = new Map(data.nodes.map((node) => [node.iri, node]));
  const agents = data.nodes.filter((node) => node.kind !== "claim");
  const claims = data.nodes.filter((node) => node.kind === "claim");
  const linked = new Map(data.nodes.map((node) => [node.id, []]));
  for (const edge of data.edges) {
    linked.get(edge.from).push(edge);
    if (edge.to !== edge.from) linked.get(edge.to).push(edge);
  }
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  for (const node of data.nodes) node.key = fold(node.kind === "claim" ? node.text : [node.name, ...node.aliases].join(" \u0001 "));

  const kinds = {
    person: ["person", "people"], organisation: ["organisation", "organisations"], place: ["place", "places"], work: ["work", "works"],
    group: ["group", "groups"], unnamed: ["unnamed source", "unnamed sources"], claim: ["statement", "statements"],
  };
  const quotations = { direct: "Direct quotation", indirect: "Reported speech", mixed: "Partly quoted" };
  const modes = { thought: "Belief", attitude: "Attitude" };
  const denials = { negated: "Not said, by the article", hypothetical: "Not yet said" };
  const counted = (number, [one, many]) => `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;
  const title = (role) => (role.former ? `former ${role.title}` : role.title).trim();

  // [{title, org, evidence}] of an agent, as printed; those with an organisation come from edges.
  function roles(agent) {
    const held = agent.roles.map((role) => ({ title: title(role), org: null, evidence: role.evidence }));
    for (const edge of linked.get(agent.id)) {
      if (edge.kind !== "role" || edge.from !== agent.id) continue;
      for (const role of edge.roles) held.push({ title: title(role), org: nodes.get(edge.to), evidence: role.evidence });
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
    return [...places].map(([org, titles]) => [...titles, org].filter(Boolean).join(", ")).join("; ");
  }

  function byline(agent) {
    const line = roleLine(agent);
    return line ? `${agent.name}, ${line}` : agent.name;
  }

  function date(text) {
    const found = /^(\d{4})-(\d\d)-(\d\d)/.exec(text);
    if (!found) return text;
    const day = new Date(Date.UTC(+found[1], +found[2] - 1, +found[3]));
    return day.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  }

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
    const hit = (node) => words.every((word) => node.key.includes(word));
    return { agents: agents.filter(hit), claims: claims.filter(hit), words };
  }

  const speakers = agents.filter((agent) => agent.claims.length);
  const silent = agents.filter((agent) => !agent.claims.length);
  return { data, nodes, byIri, agents, claims, linked, kinds, quotations, modes, denials, counted, roles, roleLine, date, citation, markdown, search, fold, speakers, silent, title };
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
