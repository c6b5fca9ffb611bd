"use strict";
// What the reader does: one state, read from the address (#iri, or #iri&ego), and the map and the panel drawn from it.

(() => {
  const { model, el, map, panel, glyph } = kg;
  const byId = (id) => document.getElementById(id);
  const query = byId("query"), tip = byId("tip"), live = byId("live");
  const state = { chosen: null, ego: false, open: new Set(), all: false, hidden: new Set(), found: null };

  kg.say = (text) => { live.textContent = text; };

  // ------------------------------------------------------------------ address

  const address = (iri, ego) => `#${encodeURIComponent(iri).replace(/%3A/g, ":").replace(/%2F/g, "/")}${ego ? "&ego" : ""}`;

  function read() {
    const [coded, flag] = location.hash.slice(1).split("&");
    let iri = "";
    try { iri = decodeURIComponent(coded); } catch { iri = ""; }
    const node = model.byIri.get(iri);
    state.chosen = node ? node.id : null;
    state.ego = Boolean(node) && flag === "ego";
    if (node && node.kind !== "claim") state.open.add(node.id);
    if (node && node.kind === "claim") state.open.add(node.host);
  }

  function go(id, ego = false) {
    const wanted = id === null ? "" : address(model.nodes.get(id).iri, ego);
    if (query.value) { query.value = ""; state.found = null; }
    if ((location.hash || "") === wanted) { update(); return; }
    history.pushState(null, "", wanted || location.pathname + location.search);
    arrive();
  }

  function arrive({ first = false } = {}) {
    const wasEgo = state.ego;
    if (!first) { query.value = ""; state.found = null; }
    read();
    update();
    if (first) { map.fit(state.ego ? neighbourhood(state.chosen) : null, false); if (state.chosen !== null && !state.ego) map.reveal(state.chosen, false); }
    else if (state.ego || wasEgo) map.fit(state.ego ? neighbourhood(state.chosen) : null);
    else if (state.chosen !== null) map.reveal(state.chosen);
    if (!first) {
      panel.focus();
      const node = model.nodes.get(state.chosen);
      kg.say(node ? (node.kind === "claim" ? `Statement ${node.n}` : node.name) : "Everyone");
      // On a phone the panel is under the map: bring what was asked for into sight.
      if (matchMedia("(max-width: 760px)").matches && node) byId("panel").scrollIntoView({ block: "start" });
    }
  }

  const toggleEgo = (id) => go(id, !(state.ego && state.chosen === id));

  // ------------------------------------------------------------------ what is visible

  const agentOf = (id) => (model.nodes.get(id).kind === "claim" ? model.nodes.get(id).host : id);

  // The node, its statements, and whoever shares an edge with it or them; of a statement, also its speaker's posts and other statements.
  function neighbourhood(id) {
    const node = model.nodes.get(id), agent = agentOf(id), near = new Set([id, agent, ...model.nodes.get(agent).claims]);
    const own = node.kind === "claim" ? [id] : [id, ...node.claims];
    const edges = [...own, agent].flatMap((mine) => model.linked.get(mine)).filter((edge) => own.includes(edge.from) || own.includes(edge.to) || edge.kind === "role");
    for (const edge of edges) for (const end of [edge.from, edge.to]) { near.add(end); near.add(agentOf(end)); }
    return [...near];
  }

  function update() {
    const only = state.ego ? new Set(neighbourhood(state.chosen)) : null;
    const showClaims = !state.hidden.has("claim");
    const visible = new Set();
    for (const agent of model.drawn) if (!state.hidden.has(agent.kind) && (!only || only.has(agent.id))) visible.add(agent.id);
    const open = new Set(model.speakers.map((agent) => agent.id).filter((id) => visible.has(id) && showClaims && (state.all || state.open.has(id))));
    for (const id of open) for (const claim of model.nodes.get(id).claims) visible.add(claim);

    let lit = null;
    if (state.found) {
      lit = new Set(state.found.agents.map((node) => node.id));
      for (const claim of state.found.claims) { lit.add(claim.id); lit.add(claim.host); }
    } else if (state.chosen !== null && !state.ego) lit = new Set(neighbourhood(state.chosen));
    map.sync({ visible, open, edges: edges(visible), lit, chosen: state.chosen });

    const node = model.nodes.get(state.chosen);
    if (state.found) panel.results(state.found, query.value);
    else if (!node) panel.home(state.hidden);
    else if (node.kind === "claim") panel.claim(node);
    else panel.agent(node, state.ego);

    byId("statements").setAttribute("aria-pressed", String(state.all));
    const bar = byId("ego");
    bar.hidden = !state.ego;
    if (state.ego) bar.replaceChildren(el("span", {}, `Only ${model.nodes.get(agentOf(node.id)).name} and neighbours`), el("button", { type: "button", on: { click: () => go(state.chosen) } }, "Show everyone"));
    document.title = node && node.kind !== "claim" ? `${node.name} – ${byId("summary").dataset.title}` : byId("summary").dataset.title;
    kg.shown = { visible: visible.size, open: open.size };
  }

  // Edges between what is visible; a folded statement is represented by its speaker.
  function edges(visible) {
    const lines = new Map(), labelled = new Set();
    const close = (edge) => Number(edge.from === state.chosen || edge.to === state.chosen);
    for (const edge of [...model.edges].sort((a, b) => close(b) - close(a))) {
      let { from, to } = edge, id = `e${edge.id}`;
      if (edge.hosts) {
        if (!visible.has(from)) from = edge.hosts[0];
        if (!visible.has(to)) to = edge.hosts[1];
        id = `${edge.kind} ${from} ${to}`;
        if (from === to) continue;
      }
      if (!visible.has(from) || !visible.has(to) || lines.has(id)) continue;
      // Of several statements of one speaker that agree with one other's, one line bears the word.
      const pair = edge.hosts ? `${edge.kind} ${edge.hosts}` : "";
      const label = labelled.has(pair) ? "" : edge.kind === "role" ? edge.label : edge.hosts ? edge.kind : edge.kind === "part_of" ? "part of" : "";
      if (pair) labelled.add(pair);
      lines.set(id, { id, from, to, kind: edge.kind, label, indirect: edge.kind === "said" && model.nodes.get(edge.to).quotation === "indirect", edge });
    }
    return [...lines.values()];
  }

  // ------------------------------------------------------------------ under the pointer

  function hover(what, event) {
    tip.hidden = true;
    if (!what) return;
    if (what.node !== undefined) {
      const node = model.nodes.get(what.node);
      if (node.kind === "claim") tip.replaceChildren(el("strong", {}, model.nodes.get(node.host).name), el("q", {}, panel.excerpt(node.text, 180)));
      else tip.replaceChildren(el("strong", {}, node.name), model.roleLine(node));
    } else {
      const line = edges(new Set(map.network().body.nodeIndices)).find((other) => other.id === what.edge);
      if (!line) return;
      const name = (id) => { const node = model.nodes.get(id); return node.kind === "claim" ? `statement ${node.n}` : node.name; };
      const verb = { role: `${line.label || "member"} at`, part_of: "is part of", said: line.indirect ? "is reported to have said" : "said", agrees: "agrees with", disagrees: "disagrees with" }[line.kind];
      tip.replaceChildren(el("strong", {}, line.kind === "role" ? `${name(line.from)}, ${verb} ${name(line.to)}` : `${name(line.from)} ${verb} ${name(line.to)}`), line.edge.evidence ? `“${line.edge.evidence}”` : "");
    }
    tip.hidden = false;
    const stage = byId("map").getBoundingClientRect(), x = event.clientX - stage.left, y = event.clientY - stage.top;
    tip.style.left = `${Math.max(8, Math.min(x + 18, stage.width - tip.offsetWidth - 8))}px`;
    tip.style.top = `${y + 24 + tip.offsetHeight > stage.height ? y - tip.offsetHeight - 16 : y + 20}px`;
  }

  function click(id, line) {
    if (id !== null) go(id);
    else if (line === null) go(null);
    else {
      const edge = map.network().body.edges[line];
      go(edge.toId !== undefined && model.nodes.get(edge.toId).kind === "claim" ? edge.toId : edge.fromId);
    }
  }

  // ------------------------------------------------------------------ furniture

  function legend() {
    const counts = new Map();
    for (const node of model.data.nodes) counts.set(node.kind, (counts.get(node.kind) || 0) + 1);
    const boxes = Object.keys(model.kinds).filter((kind) => counts.has(kind)).map((kind) => {
      const picture = kind === "claim"
        ? glyph.picture(kind, (ctx) => glyph.bubble(ctx, 10, 9, "", { scale: 0.72 }), 20, 20)
        : glyph.icon({ kind, initials: "" }, 20, kind === "unnamed");
      const [, many] = model.kinds[kind];
      return el("label", {}, el("input", { type: "checkbox", checked: true, "data-kind": kind, on: { change: (event) => {
        if (event.target.checked) state.hidden.delete(kind); else state.hidden.add(kind);
        update(); kg.say(`${many} ${event.target.checked ? "shown" : "hidden"}`);
      } } }), picture, many[0].toUpperCase() + many.slice(1), el("small", {}, String(counts.get(kind))));
    });
    const line = (draw) => glyph.picture("line", (ctx) => { ctx.lineCap = "butt"; draw(ctx); }, 26, 16);
    const stroke = (name, width, dash = []) => line((ctx) => { ctx.setLineDash(dash); ctx.lineWidth = width; ctx.strokeStyle = kg.theme[name]; ctx.beginPath(); ctx.moveTo(0, 8); ctx.lineTo(26, 8); ctx.stroke(); });
    const has = (kind) => model.edges.some((edge) => edge.kind === kind);
    const keys = [
      has("agrees") && [stroke("agrees", 3.2), "agrees"], has("disagrees") && [stroke("disagrees", 3.2, [3, 5]), "disagrees"],
      model.claims.some((claim) => claim.quotation === "indirect") && [stroke("soft", 1.4, [4, 4]), "reported, not quoted"],
    ].filter(Boolean).map(([picture, text]) => el("span", { class: "key" }, picture, text));
    byId("legend").replaceChildren(el("fieldset", {}, el("legend", {}, "Show kinds"), boxes));
    byId("lines").replaceChildren(...keys);
  }

  function summary() {
    const count = (kind) => model.data.nodes.filter((node) => node.kind === kind).length;
    const parts = ["person", "organisation", "claim"].filter(count).map((kind) => model.counted(count(kind), model.kinds[kind]));
    const from = model.data.articles.length ? ` from ${model.counted(model.data.articles.length, ["article", "articles"])}` : "";
    byId("summary").textContent = parts.join(", ") + from;
    byId("summary").dataset.title = document.title;
    const canvas = byId("map");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `Map of ${byId("summary").textContent}. The lists after it say the same.`);
  }

  function setTheme(theme) {
    if (document.documentElement.dataset.theme === theme) return;
    document.documentElement.dataset.theme = theme;
    kg.readTheme();
    document.querySelectorAll("canvas").forEach((canvas) => canvas.repaint && canvas.repaint());
    if (map.network()) update();
  }

  const dark = matchMedia("(prefers-color-scheme: dark)");
  let picked = null;
  const applyTheme = () => setTheme(picked || (dark.matches ? "dark" : "light"));
  dark.addEventListener("change", applyTheme);

  // Paper is white: the map is drawn anew in the light colours, and all statements are written out beneath it.
  function paper(on) {
    const report = byId("report");
    report.hidden = !on;
    if (on) { panel.report(report); setTheme("light"); map.network().setSize("100%", "100%"); map.redraw(); map.fit(null, false); } else { report.replaceChildren(); applyTheme(); }
  }

  function searchFor() {
    state.found = model.search(query.value);
    update();
    if (state.found) kg.say(`${state.found.agents.length} names and ${state.found.claims.length} statements found`);
  }

  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target === query;
    if (event.key === "Escape") {
      event.preventDefault();
      if (state.found || query.value) { query.value = ""; searchFor(); query.blur(); }
      else if (state.ego) go(state.chosen);
      else if (state.chosen !== null) go(null);
      else query.blur();
    } else if (typing) {
      const first = byId("panel").querySelector("[data-id]");
      if (event.key === "Enter" && state.found && first) first.click();
      if (event.key === "ArrowDown" && first) { event.preventDefault(); first.focus(); }
    } else if (event.key === "/") { event.preventDefault(); query.focus(); query.select(); }
    else if (event.key === "e" && state.chosen !== null) toggleEgo(state.chosen);
    else if (event.key === "f") map.fit();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const rows = [...byId("panel").querySelectorAll("[data-id]")], at = rows.indexOf(document.activeElement);
      if (at >= 0) { event.preventDefault(); (rows[at + (event.key === "ArrowDown" ? 1 : -1)] || rows[at]).focus(); }
    }
  }

  // ------------------------------------------------------------------ begin

  applyTheme();
  summary();
  if (matchMedia("(max-width: 760px)").matches) document.querySelector(".legend").open = false;
  legend();
  panel.bind({ go, ego: toggleEgo });
  map.start({ click, ego: toggleEgo, hover });
  arrive({ first: true });
  addEventListener("popstate", () => arrive()); // back, forward, and an address typed by hand
  addEventListener("keydown", keys);
  addEventListener("beforeprint", () => paper(true));
  addEventListener("afterprint", () => paper(false));
  query.addEventListener("input", searchFor);
  // Not by its address: the address belongs to what is shown.
  document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); byId("panel").focus(); });
  byId("fit").addEventListener("click", () => map.fit());
  byId("statements").addEventListener("click", () => { state.all = !state.all; if (!state.all) state.open.clear(); read(); update(); });
  byId("theme").addEventListener("click", () => { picked = document.documentElement.dataset.theme === "dark" ? "light" : "dark"; applyTheme(); });
  new ResizeObserver(() => { if (map.network()) map.redraw(); }).observe(byId("map"));
  kg.ready = true;
  kg.labels = map.labels;
  document.documentElement.dataset.ready = "yes";
})();
