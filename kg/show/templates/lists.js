"use strict";
// Rows of people and statements, and the lists made of them: the way through the page without a mouse or without sight.

kg.lists = (() => {
  const { model, el, glyph } = kg;
  const { state, set } = kg.state;
  const SHOWN = 60;
  let on = {};

  const open = (id) => ({ click: () => on.go(id) });
  const excerpt = (text, length = 220) => (text.length > length ? `${text.slice(0, text.lastIndexOf(" ", length) > 0 ? text.lastIndexOf(" ", length) : length)} …` : text);
  const manner = (claim) => [model.modes[claim.mode], model.quotations[claim.quotation] || claim.quotation].filter(Boolean).join(", ");
  const capital = (text) => text[0].toUpperCase() + text.slice(1);
  // What people decided, a line each; of what is no more, with the article it stood in.
  const corrected = (lines, places = []) => el("ul", { class: "plain corrected" }, lines.map((words, i) => el("li", {}, el("small", {}, capital(words)), places[i] ? el("small", { class: "place" }, places[i]) : "")));
  const number = (count) => count.toLocaleString("en-GB");

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

  // The statements of somebody that the filters let through.
  const let_through = (node) => (on.passing() ? node.claims.filter((id) => on.passing().has(id)) : node.claims);

  function agentRow(agent, words) {
    const line = model.roleLine(agent) || people(agent), count = let_through(agent).length;
    return el("li", {}, el("button", { type: "button", class: "row", "data-id": agent.id, on: open(agent.id) },
      glyph.icon(agent, 34), el("span", {}, el("b", {}, marked(agent.name, words)), el("small", {}, line)),
      count ? el("span", { class: "count" }, number(count), el("span", { class: "hidden-text" }, count === 1 ? " statement" : " statements")) : ""));
  }

  // Of an organisation: who of it is named.
  const people = (agent) => [...new Set(model.linked.get(agent.id).filter((edge) => edge.kind === "role" && edge.to === agent.id).map((edge) => model.nodes.get(edge.from).name))].slice(0, 6).join(", ");

  // People first, then organisations, then the other kinds; within a kind who says most.
  function byKind(agents, words) {
    return Object.keys(model.kinds).map((kind) => [kind, agents.filter((agent) => agent.kind === kind)]).filter(([, some]) => some.length).map(([kind, some]) => {
      const name = model.kinds[kind][1];
      return [el("h3", {}, capital(name), some.length > 9 ? el("small", {}, ` ${number(some.length)}`) : ""), list(some, (agent) => agentRow(agent, words), name)];
    });
  }

  function claimRow(claim, { speaker = true, words = null } = {}) {
    const article = model.data.articles[claim.article];
    return el("li", {}, el("button", { type: "button", class: "row said", "data-id": claim.id, on: open(claim.id) },
      el("span", { class: `number ${claim.quotation}` }, String(claim.n)),
      el("span", {}, el("q", {}, marked(words ? around(claim.text, words) : excerpt(claim.text), words)),
        el("small", {}, [speaker && model.nodes.get(claim.host).name, manner(claim).toLowerCase(), model.data.articles.length > 1 && (article.publisher || article.title), model.data.articles.length > 1 && model.date(article.date, "short")].filter(Boolean).join(" · ")))));
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
    const label = () => `Show more (${number(shown)} of ${number(items.length)} shown)`;
    const more = el("button", { type: "button", class: "more", on: { click: () => {
      const first = items.slice(shown, shown + SHOWN).map(row);
      rows.append(...first); shown = Math.min(shown + SHOWN, items.length);
      if (first[0]) first[0].querySelector("button").focus();
      if (shown >= items.length) more.remove(); else more.textContent = label();
    } } }, label());
    return [rows, more];
  }

  // ------------------------------------------------------------------ what one should know before reading on

  function overview() {
    const claims = model.claims.filter((claim) => !on.passing() || on.passing().has(claim.id)), total = claims.length;
    const removed = model.data.removed;
    if (!model.claims.length) return el("div", { class: "overview" }, el("p", { class: "standfirst" }, model.agents.length ? "Nobody was found to say anything in these articles." : "There is nothing in this graph yet."), el("p", { class: "explain" }, "Add articles with kg build, then write the page again with kg view."), takenOut(removed));
    const articles = [...new Set(claims.map((claim) => claim.article))].map((i) => model.data.articles[i]), outlets = new Set(articles.map((article) => article.publisher).filter(Boolean));
    const days = articles.map((article) => article.date).filter(Boolean).sort(), count = (test) => claims.filter(test).length;
    const speakers = new Set(claims.filter((claim) => model.named(claim) === "named").map((claim) => claim.host)).size;
    const lead = `${model.counted(total, model.kinds.claim)} by ${model.counted(speakers, ["named speaker", "named speakers"])} in ${model.counted(articles.length, ["article", "articles"])}${outlets.size > 1 ? ` of ${outlets.size} outlets` : outlets.size ? ` of ${[...outlets][0]}` : ""}${days.length ? (days[0] === days.at(-1) ? `, ${model.date(days[0])}` : `, ${model.date(days[0])} to ${model.date(days.at(-1))}`) : ""}.`;
    const quoted = count((claim) => claim.quotation === "direct"), partly = count((claim) => claim.quotation === "mixed"), unnamed = count((claim) => model.named(claim) === "unnamed"), nobody = count((claim) => model.named(claim) === "nobody");
    const ties = new Map();
    for (const edge of model.edges) if (edge.hosts && (!on.passing() || on.passing().has(edge.from) || on.passing().has(edge.to))) ties.set(`${edge.basis} ${edge.kind}`, new Set([...(ties.get(`${edge.basis} ${edge.kind}`) || []), edge.hosts.join()]));
    const tie = (name) => (ties.get(name) || new Set()).size, stated = tie("stated agrees") + tie("stated disagrees"), inferred = tie("inferred agrees") + tie("inferred disagrees");
    const mended = count((claim) => claim.corrections.length > 0), renamed = model.agents.filter((agent) => agent.corrections.length).length;
    const deeds = [mended && `corrected ${model.counted(mended, model.kinds.claim)}`, renamed && `gave ${model.counted(renamed, ["name", "names"])} another kind`, removed.length && `took out ${model.counted(removed.length, ["finding", "findings"])}`].filter(Boolean);
    const person = deeds.length ? `; a person ${deeds.join(", ").replace(/, ([^,]*)$/, " and $1")}` : "";
    const low = count((claim) => claim.confidence !== null && claim.confidence < 0.5);
    const filter = (kinds, text) => el("button", { type: "button", class: "goto", on: { click: () => set({ kind: new Set(kinds) }) } }, text);
    const lines = [
      model.data.note && el("li", { class: "cut" }, el("b", {}, "A part of the whole. "), model.data.note),
      total && el("li", {}, el("span", { class: "share", "aria-hidden": "true" }, shares([[quoted, "full"], [partly, "half"], [total - quoted - partly, "none"]])),
        filter(["direct", "mixed"], `${number(quoted + partly)} quoted${partly ? " in whole or in part" : " word for word"}`), ", ", filter(["indirect"], `${number(total - quoted - partly)} reported`), " in the journalist’s words."),
      unnamed + nobody > 0 && el("li", {}, unnamed ? [filter(["unnamed"], number(unnamed)), " from unnamed sources or groups"] : "", unnamed && nobody ? ", " : "", nobody ? [filter(["nobody"], number(nobody)), " of which it is not known who speaks"] : "", "."),
      el("li", {}, stated ? [filter(["agreement"], `${number(stated)} ${stated === 1 ? "tie" : "ties"}`), " of agreement or disagreement stated in the articles"] : "No article states who agrees with whom", inferred ? `; ${number(inferred)} inferred by the software, drawn dashed.` : "; none is inferred."),
      el("li", {}, `All of it was found by software, which errs${person}. Each statement carries its confidence and its reasons`, low ? ["; ", el("button", { type: "button", class: "goto", on: { click: () => set({ sure: 0.5 }) } }, `leave out the ${number(low)} below 0.5`)] : "", "."),
    ].filter(Boolean);
    return el("div", { class: "overview" }, el("p", { class: "standfirst" }, lead), el("ul", { class: "truths", "aria-label": "Before you read on" }, lines), takenOut(removed));
  }

  function takenOut(removed) {
    const places = removed.map((one) => { const article = model.data.articles[one.article]; return [article.title || article.url || article.source, article.publisher, model.date(article.date, "short")].filter(Boolean).join(", "); });
    return removed.length ? el("details", { class: "why", id: "removed" }, el("summary", {}, "Taken out by a person"), corrected(removed.map((one) => one.words), places)) : "";
  }

  function shares(parts) {
    const total = parts.reduce((sum, [count]) => sum + count, 0);
    return parts.filter(([count]) => count).map(([count, name]) => { const piece = el("i", { class: name }); piece.style.width = `${(100 * count) / total}%`; return piece; });
  }

  // ------------------------------------------------------------------ lists of all

  const most = (agents) => [...agents].sort((a, b) => let_through(b).length - let_through(a).length || a.id - b.id);

  function home() {
    const visible = (node) => !state.hidden.has(node.kind), through = on.passing();
    const speakers = most(model.speakers.filter((agent) => visible(agent) && let_through(agent).length)), silent = through ? [] : model.silent.filter(visible);
    const claims = state.hidden.has("claim") ? [] : model.claims.filter((claim) => visible(model.nodes.get(claim.host)) && (!through || through.has(claim.id)));
    const topics = most(model.topics.filter((topic) => visible(topic) && let_through(topic).length));
    const tabs = [["people", "Who speaks"], ["statements", "What is said"], ...(model.topics.length ? [["topics", "About what"]] : [])];
    const tab = tabs.some(([name]) => name === state.tab) ? state.tab : "people";
    const choose = (name) => { set({ tab: name }, { replace: true }); document.getElementById(`tab-${name}`).focus(); };
    const keys = (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) { event.preventDefault(); choose(tabs[(tabs.findIndex(([name]) => name === tab) + step + tabs.length) % tabs.length][0]); }
    };
    const bar = el("div", { class: "tabs", role: "tablist", "aria-label": "Lists", on: { keydown: keys } }, tabs.map(([name, label]) =>
      el("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(tab === name), "aria-controls": "tabpanel", tabindex: tab === name ? "0" : "-1", on: { click: () => choose(name) } }, label)));
    const body = {
      people: () => [byKind(speakers), silent.length ? [el("h3", {}, "Named, but silent"), list(silent, (agent) => agentRow(agent), "Named, but silent")] : ""],
      statements: () => [list(claims, (claim) => claimRow(claim), "Statements in the order of the articles")],
      topics: () => [list(topics, (topic) => agentRow(topic), "Topics")],
    }[tab]();
    const empty = { people: !speakers.length && !silent.length, statements: !claims.length, topics: !topics.length }[tab];
    const way = kg.filters.active() ? el("button", { type: "button", class: "goto", on: { click: kg.filters.clear } }, "Take the filters away") : "";
    const keyboard = el("p", { class: "keyboard" }, [["/", "search"], ["e", "neighbours"], ["f", "fit"], ["Esc", "back"]].map(([key, what]) => [el("kbd", {}, key), ` ${what}`]));
    return [el("h2", { class: "hidden-text", tabindex: "-1" }, "Overview"), overview(), bar, el("div", { role: "tabpanel", id: "tabpanel", "aria-labelledby": `tab-${tab}`, tabindex: "-1" }, body, empty && model.claims.length ? el("p", { class: "nothing" }, through ? "No statement passes these filters. " : "Nothing to show. ", way) : ""), keyboard];
  }

  function results(found, query) {
    const through = on.passing(), claims = through ? found.claims.filter((claim) => through.has(claim.id)) : found.claims, beyond = found.claims.length - claims.length, count = found.agents.length + claims.length;
    return [el("h2", { tabindex: "-1" }, count ? `${number(count)} found` : "Nothing found"),
      count ? "" : el("p", { class: "nothing" }, `No name and no statement holds “${query}”.${model.data.note ? " This page holds a part of the graph: kg quotes --search looks through all of it." : ""}`),
      beyond ? el("p", { class: "nothing" }, `${model.counted(beyond, model.kinds.claim)} more with these words ${beyond === 1 ? "is" : "are"} hidden by filters. `, el("button", { type: "button", class: "goto", on: { click: kg.filters.clear } }, "Show them")) : "",
      found.agents.length ? byKind(found.agents, found.words) : "",
      claims.length ? [el("h3", {}, "Statements"), list(claims, (claim) => claimRow(claim, { words: found.words }), "Statements found")] : ""];
  }

  return { bind: (handlers) => { on = handlers; }, home, results, list, agentRow, claimRow, byKind, marked, excerpt, manner, through: let_through, open, capital, number, corrected };
})();
