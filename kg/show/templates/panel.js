"use strict";
// The panel beside the map: the same people and statements as lists, which is the way through the page without a mouse or without sight.

kg.panel = (() => {
  const { model, el, glyph } = kg;
  const panel = document.getElementById("panel");
  const SHOWN = 60;
  let tab = "people", on = {};

  const open = (id) => ({ click: () => on.go(id) });
  const excerpt = (text, length = 220) => (text.length > length ? `${text.slice(0, text.lastIndexOf(" ", length) > 0 ? text.lastIndexOf(" ", length) : length)} …` : text);
  const manner = (claim) => [model.modes[claim.mode], model.quotations[claim.quotation] || claim.quotation].filter(Boolean).join(", ");

  // Text with the words of a query marked.
  function marked(text, words) {
    if (!words || !words.length) return [text];
    const low = text.toLowerCase(), parts = [];
    let at = 0;
    while (at < text.length && low.length === text.length) {
      const hits = words.map((word) => [low.indexOf(word, at), word.length]).filter(([where]) => where >= 0).sort((a, b) => a[0] - b[0] || b[1] - a[1]);
      if (!hits.length) break;
      const [where, length] = hits[0];
      parts.push(text.slice(at, where), el("mark", {}, text.slice(where, where + length)));
      at = where + length;
    }
    return [...parts, text.slice(at)];
  }

  function agentRow(agent, words) {
    const line = model.roleLine(agent) || people(agent);
    return el("li", {}, el("button", { type: "button", class: "row", "data-id": agent.id, on: open(agent.id) },
      glyph.icon(agent, 34), el("span", {}, el("b", {}, marked(agent.name, words)), el("small", {}, line)),
      agent.claims.length ? el("span", { class: "count" }, String(agent.claims.length), el("span", { class: "hidden-text" }, agent.claims.length === 1 ? " statement" : " statements")) : ""));
  }

  // Of an organisation: who of it is named.
  const people = (agent) => model.linked.get(agent.id).filter((edge) => edge.kind === "role" && edge.to === agent.id).map((edge) => model.nodes.get(edge.from).name).join(", ");

  // People first, then organisations, then the other kinds; within a kind as the text names them.
  function byKind(agents, words) {
    return Object.keys(model.kinds).map((kind) => [kind, agents.filter((agent) => agent.kind === kind)]).filter(([, some]) => some.length).map(([kind, some]) => {
      const name = model.kinds[kind][1];
      return [el("h3", {}, name[0].toUpperCase() + name.slice(1)), list(some, (agent) => agentRow(agent, words), name)];
    });
  }

  function claimRow(claim, { speaker = true, words = null } = {}) {
    return el("li", {}, el("button", { type: "button", class: "row said", "data-id": claim.id, on: open(claim.id) },
      el("span", { class: `number ${claim.quotation}` }, String(claim.n)),
      el("span", {}, el("q", {}, marked(words ? around(claim.text, words) : excerpt(claim.text), words)),
        el("small", {}, [speaker && model.nodes.get(claim.host).name, manner(claim).toLowerCase()].filter(Boolean).join(" · ")))));
  }

  // The stretch of a statement where the first word of the query is.
  function around(text, words) {
    const at = text.toLowerCase().indexOf(words[0]);
    if (at < 120) return excerpt(text);
    return `… ${excerpt(text.slice(text.indexOf(" ", at - 70) + 1))}`;
  }

  function list(items, row, name) {
    if (!items.length) return "";
    const rows = el("ol", { class: "rows", "aria-label": name }, items.slice(0, SHOWN).map(row));
    if (items.length <= SHOWN) return rows;
    let shown = SHOWN;
    const label = () => `Show more (${shown.toLocaleString("en-GB")} of ${items.length.toLocaleString("en-GB")} shown)`;
    const more = el("button", { type: "button", class: "more", on: { click: () => {
      rows.append(...items.slice(shown, shown + SHOWN).map(row)); shown = Math.min(shown + SHOWN, items.length);
      if (shown >= items.length) more.remove(); else more.textContent = label();
    } } }, label());
    return [rows, more];
  }

  const heading = (text) => el("h2", { tabindex: "-1" }, text);

  function trail(...middle) {
    return el("nav", { class: "trail", "aria-label": "Where you are" },
      el("button", { type: "button", on: { click: () => on.go(null) } }, "‹ Everyone"), ...middle);
  }

  // ------------------------------------------------------------------ views

  function home(hidden) {
    const shown = (items) => items.filter((node) => !hidden.has(node.kind));
    const tabs = [["people", "Who speaks"], ["statements", "What is said"]];
    const choose = (name) => { tab = name; home(hidden); panel.querySelector(`#tab-${name}`).focus(); };
    const keys = (event) => { if (event.key === "ArrowRight" || event.key === "ArrowLeft") choose(tab === "people" ? "statements" : "people"); };
    const bar = el("div", { class: "tabs", role: "tablist", "aria-label": "Lists", on: { keydown: keys } }, tabs.map(([name, label]) =>
      el("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(tab === name), "aria-controls": "tabpanel", tabindex: tab === name ? "0" : "-1", on: { click: () => choose(name) } }, label)));
    const speakers = shown(model.speakers), silent = shown(model.silent), claims = hidden.has("claim") ? [] : model.claims.filter((claim) => !hidden.has(model.nodes.get(claim.host).kind));
    const body = tab === "people"
      ? [byKind(speakers), silent.length ? [el("h3", {}, "Also named"), list(silent, (agent) => agentRow(agent), "Also named")] : ""]
      : [list(claims, (claim) => claimRow(claim), "Statements in text order")];
    const empty = tab === "people" ? !speakers.length && !silent.length : !claims.length;
    fill(bar, el("div", { role: "tabpanel", id: "tabpanel", "aria-labelledby": `tab-${tab}` }, body, empty ? el("p", { class: "nothing" }, "Nothing to show.") : ""));
  }

  function results(found, query) {
    const none = !found.agents.length && !found.claims.length;
    fill(el("h2", {}, none ? "Nothing found" : `${found.agents.length + found.claims.length} found`),
      none ? el("p", { class: "nothing" }, `No name and no statement holds “${query}”.`) : "",
      found.agents.length ? byKind(found.agents, found.words) : "",
      found.claims.length ? [el("h3", {}, "Statements"), list(found.claims, (claim) => claimRow(claim, { words: found.words }), "Statements found")] : "");
  }

  function agent(node, ego) {
    const roles = model.roles(node), linked = model.linked.get(node.id);
    const people = new Map();
    for (const edge of linked) if (edge.kind === "role" && edge.to === node.id) people.set(edge.from, edge);
    const parts = linked.filter((edge) => edge.kind === "part_of" && edge.to === node.id), wholes = linked.filter((edge) => edge.kind === "part_of" && edge.from === node.id);
    const row = (id, prefix) => el("li", {}, prefix ? `${prefix} ` : "", goto(model.nodes.get(id)));
    const stances = stancesOf(node.claims);
    fill(trail(), el("div", { class: "kinds" }, el("span", {}, model.kinds[node.kind][0])), heading(node.name),
      node.aliases.length ? el("p", { class: "source-line" }, `Also printed as ${node.aliases.join(", ")}`) : "",
      roles.length ? [el("h3", {}, "Roles as printed"), el("ul", { class: "plain", id: "roles" }, roles.map((role) => el("li", {}, role.title || "member", role.org ? [el("small", {}, " at "), goto(role.org)] : "")))] : "",
      wholes.length ? [el("h3", {}, "Part of"), el("ul", { class: "plain" }, wholes.map((edge) => row(edge.to)))] : "",
      parts.length ? [el("h3", {}, "Has as parts"), el("ul", { class: "plain" }, parts.map((edge) => row(edge.from)))] : "",
      people.size ? [el("h3", {}, "People here"), el("ul", { class: "plain" }, [...people].map(([id, edge]) => el("li", {}, goto(model.nodes.get(id)), el("small", {}, ` ${edge.label}`))))] : "",
      stances.length ? [el("h3", {}, "Agreement"), el("ul", { class: "plain" }, stances)] : "",
      node.claims.length ? [el("h3", {}, `${model.counted(node.claims.length, model.kinds.claim)}, in text order`), list(node.claims.map((id) => model.nodes.get(id)), (claim) => claimRow(claim, { speaker: false }), `Statements of ${node.name}`)] : "",
      el("div", { class: "actions" }, el("button", { type: "button", "aria-pressed": String(ego), on: { click: () => on.ego(node.id) } }, ego ? "Show everyone again" : "Show only the neighbours")));
  }

  function goto(node) {
    return el("button", { type: "button", class: "goto", on: open(node.id) }, node.name);
  }

  // "agrees with statement 3 of Ann Lee", or "Jo Roe agrees in statement 7", for the statements given.
  function stancesOf(ids) {
    const mine = new Set(ids), lines = [];
    for (const id of ids) for (const edge of model.linked.get(id)) {
      const verb = { agrees: "agrees", disagrees: "disagrees" }[edge.kind];
      if (!verb || (mine.has(edge.from) && mine.has(edge.to) && edge.to === id)) continue;
      const forward = edge.from === id, other = model.nodes.get(forward ? edge.to : edge.from), name = model.nodes.get(other.host).name;
      const statement = el("button", { type: "button", class: "goto", on: open(other.id) }, `statement ${other.n}`);
      lines.push(el("li", { class: `tone-${edge.kind}` }, ids.length > 1 ? `Statement ${model.nodes.get(id).n}: ` : "",
        forward ? [el("b", {}, `${verb} with `), statement, ` of ${name}`] : [name, el("b", {}, ` ${verb} in `), statement]));
    }
    return lines;
  }

  function claim(node) {
    const host = model.nodes.get(node.host), article = model.data.articles[node.article];
    const before = model.claims[node.n - 2], after = model.claims[node.n];
    const step = (other, sign, name) => el("button", { type: "button", disabled: !other, "aria-label": name, on: { click: () => other && on.go(other.id) } }, sign);
    const stances = stancesOf([node.id]), roles = model.roleLine(host);
    const keys = ["source", "cue", "content"].filter((role) => node.segments.some(([, other]) => other === role));
    const source = article.title || article.url || article.source;
    fill(
      trail(el("span", { class: "space" }), step(before, "‹", "Previous statement"), el("output", {}, `${node.n} of ${model.claims.length}`), step(after, "›", "Next statement")),
      el("div", { class: "kinds" }, el("span", {}, model.quotations[node.quotation] || node.quotation), model.modes[node.mode] ? el("span", {}, model.modes[node.mode]) : "", model.denials[node.said] ? el("span", {}, model.denials[node.said]) : ""),
      el("blockquote", { class: host.kind }, el("h2", { class: `quote${node.text.length > 260 ? " long" : ""}`, id: "quote", tabindex: "-1" }, node.text)),
      el("button", { type: "button", class: "row speaker", on: open(host.id) }, glyph.icon(host, 34), el("span", {}, el("b", {}, host.name), el("small", {}, roles)), ""),
      keys.length ? [el("h3", {}, "In the article"), el("p", { class: "context", id: "context" }, node.segments.map(([words, role]) => (["source", "cue", "content"].includes(role) ? el("mark", { class: role }, words) : words))),
        el("p", { class: "marks" }, keys.map((role) => el("mark", { class: role }, { source: "who", cue: "cue", content: "statement" }[role])))] : "",
      node.quantities.length ? [el("h3", {}, "Figures"), el("ul", { class: "figures" }, node.quantities.map((text) => el("li", {}, text)))] : "",
      stances.length ? [el("h3", {}, "Agreement"), el("ul", { class: "plain" }, stances)] : "",
      source || article.publisher || article.date ? [el("h3", {}, "Source"), source ? el("p", { class: "source-title" }, kg.link(article.url, source)) : "",
        el("p", { class: "source-line" }, [article.publisher, model.date(article.date)].filter(Boolean).join(", "))] : "",
      el("h3", {}, "How it was found"),
      el("dl", { class: "facts" }, node.cue ? [el("dt", {}, "Cue"), el("dd", {}, node.cue)] : "", node.rule ? [el("dt", {}, "Rule"), el("dd", {}, node.rule)] : "",
        node.confidence === null ? "" : [el("dt", {}, "Confidence"), el("dd", {}, node.confidence.toFixed(2), meter(node.confidence))]),
      el("div", { class: "actions" }, copier("Copy with citation", model.citation(node)), copier("Copy as Markdown", model.markdown(node))));
  }

  function meter(share) {
    const fillOf = el("i");
    fillOf.style.width = `${Math.round(100 * Math.min(1, Math.max(0, share)))}%`;
    return el("span", { class: "bar-of", "aria-hidden": "true" }, fillOf);
  }

  function copier(label, text) {
    const button = el("button", { type: "button", "data-copy": text, on: { click: async () => {
      const done = await copy(text);
      button.textContent = done ? "Copied" : "Copying is not allowed here";
      kg.say(button.textContent);
      setTimeout(() => { button.textContent = label; }, 1800);
    } } }, label);
    return button;
  }

  async function copy(text) {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* not allowed from a file in some browsers: the old way */ }
    const area = el("textarea", { class: "hidden-text", "aria-hidden": "true" });
    area.value = text; document.body.append(area); area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }

  function fill(...children) {
    panel.replaceChildren(...children.flat(Infinity).filter((child) => child !== ""));
    panel.scrollTop = 0;
  }

  // For print: who said what, in full.
  function report(target) {
    target.replaceChildren(...model.speakers.flatMap((speaker) => [el("h2", {}, speaker.name), el("p", { class: "role" }, model.roleLine(speaker)),
      el("ol", {}, speaker.claims.map((id) => {
        const said = model.nodes.get(id), article = model.data.articles[said.article];
        return el("li", {}, el("span", {}, String(said.n)), el("div", {}, el("q", {}, said.text), el("small", {}, [manner(said), article.title || article.source, article.publisher, model.date(article.date)].filter(Boolean).join(" · "))));
      }))]));
  }

  return { bind: (handlers) => { on = handlers; }, home, results, agent, claim, report, focus: () => (panel.querySelector("h2") || panel).focus({ preventScroll: true }), excerpt };
})();
