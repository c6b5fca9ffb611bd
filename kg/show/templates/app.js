"use strict";
// What the reader does: one state, read from the address (#iri, or #iri&ego), and the map and the panel drawn from it.

(() => {
  const { model, el, map, glyph } = kg;
  const byId = (id) => document.getElementById(id);
  const { state, set } = kg.state;
  const query = byId("query"), tip = byId("tip"), live = byId("live");
  const phone = matchMedia("(max-width: 760px)");
  let found = null, passing = null, showing = null; // what the search found; the statements that the filters let through, null for all; what the map shows

  kg.say = (text) => { live.textContent = text; };

  const agentOf = (id) => (model.nodes.get(id).kind === "claim" ? model.nodes.get(id).host : id);
  const standOf = (id) => model.stand(agentOf(id));
  const through = (node) => (passing ? node.claims.filter((id) => passing.has(id)) : node.claims);

  // A large graph begins with those who say most, in a picture of their own.
  const first = model.drawn.filter((node) => node.first_wide);
  const isFirst = new Set(first.map((node) => node.id));

  // ------------------------------------------------------------------ going somewhere

  function go(id, ego = 0) {
    const changes = { chosen: id, ego, pair: null, subject: null, words: "", q: "" };
    // Whom the first picture leaves out is shown with the neighbours alone.
    if (id !== null && !ego && first.length && !state.whole && !isFirst.has(standOf(id))) changes.ego = 1;
    set(changes, { moved: true });
  }

  const toggleEgo = (id) => { const agent = agentOf(id); go(agent === id ? id : agent, state.ego && agentOf(state.chosen) === agent ? 0 : 1); };

  // What follows a change: `moved` says that the reader went somewhere, `keep` that the panel is not what changed.
  function arrive({ moved = false, keep = false, first: begin = false } = {}) {
    const before = showing ? showing.frame : "";
    if (query.value !== state.q) query.value = state.q;
    found = model.search(state.q);
    update();
    const frame = showing.frame;
    if (begin || frame !== before || (moved && state.chosen === null && !state.pair)) map.fit(null, !begin);
    if (state.chosen !== null && !state.ego && !state.pair && (begin || moved)) map.reveal(state.chosen, showing.lit, !begin);
    if (begin || !moved) return;
    if (state.pair && !keep) kg.compare.focus(); else if (!keep) kg.panel.focus();
    const node = model.nodes.get(state.chosen);
    kg.say(state.pair && !keep ? "Two side by side" : node ? (node.kind === "claim" ? `Statement ${node.n}` : node.name) : "Everyone");
    // On a phone the panel is under the map: bring what was asked for into sight.
    if (phone.matches) (state.pair && !keep ? byId("compare") : node ? byId("panel") : document.body).scrollIntoView({ block: "start" });
  }

  // ------------------------------------------------------------------ what is visible

  // The node, its statements, and whoever shares an edge with it or them; of a statement, also its speaker's posts and other statements.
  function neighbourhood(id) {
    const node = model.nodes.get(id), agent = agentOf(id), near = new Set([id, agent, ...model.nodes.get(agent).claims]);
    const own = node.kind === "claim" ? [id] : [id, ...node.claims];
    const edges = [...own, agent].flatMap((mine) => model.linked.get(mine)).filter((edge) => own.includes(edge.from) || own.includes(edge.to) || edge.kind === "role");
    for (const edge of edges) for (const end of [edge.from, edge.to]) { near.add(end); near.add(agentOf(end)); }
    if (node.kind === "claim") for (const topic of node.topics) near.add(topic);
    for (const one of [...near]) near.add(standOf(one));
    return near;
  }

  // Who is linked with whom on the map, statements standing for their speakers.
  const ties = new Map();
  for (const edge of model.edges) {
    if (edge.kind === "said") continue;
    const [a, b] = (edge.hosts || [edge.from, edge.to]).map(model.stand);
    if (a === b) continue;
    for (const [one, other] of [[a, b], [b, a]]) { if (!ties.has(one)) ties.set(one, new Set()); ties.get(one).add(other); }
  }

  // [[somebody], [{id, via} one link away], [two links away], ...]
  function circles(id, depth, allowed) {
    const root = standOf(id), known = new Set([root]), rings = [[root]];
    let border = [root];
    for (let step = 0; step < depth && border.length; step++) {
      const ring = [];
      for (const via of border) for (const other of [...(ties.get(via) || [])].sort((a, b) => a - b)) if (!known.has(other) && allowed(model.nodes.get(other))) { known.add(other); ring.push({ id: other, via }); }
      if (ring.length) rings.push(ring);
      border = ring.map((one) => one.id);
    }
    return { known, rings };
  }

  // Somebody is shown who has words that pass, or holds a post with, or is spoken about by, somebody who has; without filters, everybody.
  function allowedBy(claims) {
    if (!claims) return (node) => Boolean(node.wide) && !state.hidden.has(node.kind);
    const near = new Set();
    for (const id of claims) {
      const claim = model.nodes.get(id), host = model.stand(claim.host);
      near.add(host);
      for (const topic of claim.topics) near.add(topic);
    }
    for (const id of [...near]) for (const edge of model.linked.get(id)) if ((edge.kind === "role" || edge.kind === "part_of") && edge.from === id) near.add(edge.to);
    return (node) => Boolean(node.wide) && !state.hidden.has(node.kind) && near.has(node.id);
  }

  function update() {
    passing = kg.filters.passing();
    const allowed = allowedBy(passing), useFirst = first.length > 0 && !state.whole && !state.ego && (state.chosen === null || isFirst.has(standOf(state.chosen)));
    const near = state.ego ? circles(state.chosen, state.ego, allowed) : null;
    const visible = new Set(near ? near.known : model.drawn.filter((node) => allowed(node) && (!useFirst || isFirst.has(node.id))).map((node) => node.id));
    const chosenAt = state.chosen === null ? null : standOf(state.chosen);
    if (chosenAt !== null && model.nodes.get(chosenAt).wide) visible.add(chosenAt);
    const open = new Set();
    if (!state.hidden.has("claim")) for (const id of visible) {
      const node = model.nodes.get(id);
      if (node.kind !== "topic" && through(node).length && (state.all || id === chosenAt)) open.add(id);
    }
    const claimsOf = (node) => { const left = through(node); return state.chosen !== null && node.claims.includes(state.chosen) && !left.includes(state.chosen) ? [...left, state.chosen] : left; };
    const agents = visible.size;
    for (const id of open) for (const claim of claimsOf(model.nodes.get(id))) visible.add(claim);

    let lit = null;
    if (found) {
      lit = new Set(found.agents.map((node) => model.stand(node.id)));
      for (const claim of found.claims) if (!passing || passing.has(claim.id)) { lit.add(claim.id); lit.add(model.stand(claim.host)); }
    } else if (state.chosen !== null && !state.ego) lit = neighbourhood(state.chosen);
    const places = near ? map.rings(near.rings, 52 + 30 * Math.ceil(open.has(near.rings[0][0]) ? through(model.nodes.get(near.rings[0][0])).length / 9 : 0)) : null;
    map.sync({ visible, open, edges: edges(visible), lit, chosen: state.chosen, places, first: useFirst, count: (node) => through(node).length, claims: claimsOf });
    showing = { frame: near ? `ego ${chosenAt} ${state.ego}` : useFirst ? "first" : "all", lit: lit && !found ? [...lit] : [] };

    kg.compare.show();
    kg.panel.show(found);
    kg.filters.show(passing ? passing.size : model.claims.length, model.claims.length);
    kg.timeline.show();
    strip(agents, allowed, useFirst);
    byId("statements").setAttribute("aria-pressed", String(state.all));
    document.querySelectorAll("#legend input").forEach((input) => { input.checked = !state.hidden.has(input.dataset.kind); });
    const node = model.nodes.get(state.chosen), { title } = byId("summary").dataset;
    document.title = node && node.kind !== "claim" ? `${node.name} – ${title}` : title;
    kg.shown = { visible: visible.size, open: open.size };
  }

  // What the map leaves out, and the way to all of it.
  function strip(agents, allowed, useFirst) {
    const bar = byId("strip"), button = (text, act, more = {}) => el("button", { type: "button", ...more, on: { click: act } }, text), number = kg.lists.number;
    let told = [];
    if (state.ego) {
      const depth = (text, by, label) => button(text, () => set({ ego: state.ego + by }), { "aria-label": label, class: "step", disabled: state.ego + by < 1 || state.ego + by > 3 });
      told = [el("span", {}, `Only ${model.nodes.get(standOf(state.chosen)).name} and neighbours`), el("span", { class: "depth" }, depth("−", -1, "Fewer links away"), el("output", {}, model.counted(state.ego, ["link", "links"])), depth("+", 1, "More links away")), button("Show everyone", () => go(state.chosen === null ? null : isFirst.size && !state.whole && !isFirst.has(standOf(state.chosen)) ? null : state.chosen))];
    }
    bar.hidden = !told.length;
    bar.replaceChildren(...told);
    const part = byId("part"), all = useFirst ? model.drawn.filter(allowed).length : 0;
    told = state.ego ? [] : agents < all ? [`Map: ${number(agents)} of ${number(all)}, those who say most `, button("Draw all", () => set({ whole: true }))]
      : first.length && !useFirst ? [`Map: all ${number(agents)} `, button("Only those who say most", () => set({ whole: false }))] : [];
    part.hidden = !told.length;
    part.replaceChildren(...told);
    bar.dataset.text = state.ego ? bar.firstChild.textContent : told.length ? told[0].trim() : "";
  }

  // Edges between what is visible; a folded statement is represented by its speaker.
  function edges(visible) {
    const lines = new Map(), labelled = new Set();
    const near = state.chosen === null ? [] : model.linked.get(state.chosen);
    for (const edge of [...near, ...model.edges]) {
      let { from, to } = edge, id = `e${edge.id}`;
      if (edge.hosts) {
        if (!visible.has(from)) from = model.stand(edge.hosts[0]);
        if (!visible.has(to)) to = model.stand(edge.hosts[1]);
        id = `${edge.kind} ${edge.basis} ${from} ${to}`;
      } else if (edge.kind === "said" || edge.kind === "about") {
        from = model.stand(from);
        if (edge.kind === "about") id = `about ${from} ${to}`;
      }
      if (from === to || !visible.has(from) || !visible.has(to) || lines.has(id)) continue;
      // Of several statements of one speaker that agree with one other's, one line bears the word.
      const pair = edge.hosts ? `${edge.kind} ${edge.basis} ${edge.hosts}` : "";
      const label = labelled.has(pair) ? "" : edge.kind === "role" ? edge.label : edge.hosts ? (edge.basis === "inferred" ? `${edge.kind}, inferred` : edge.kind) : edge.kind === "part_of" ? "part of" : "";
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
      if (node.kind === "claim") tip.replaceChildren(el("strong", {}, model.nodes.get(node.host).name), el("q", {}, kg.lists.excerpt(node.text, 180)));
      else tip.replaceChildren(el("strong", {}, node.name), model.roleLine(node));
    } else {
      const line = map.view().edges.find((other) => other.id === what.edge);
      if (!line) return;
      const name = (id) => { const node = model.nodes.get(id); return node.kind === "claim" ? `statement ${node.n}` : node.name; };
      const verb = { role: `${line.label || "member"} at`, part_of: "is part of", said: line.indirect ? "is reported to have said" : "said", agrees: "agrees with", disagrees: "disagrees with", about: "speaks about" }[line.kind];
      tip.replaceChildren(el("strong", {}, line.kind === "role" ? `${name(line.from)}, ${verb} ${name(line.to)}` : `${name(line.from)} ${verb} ${name(line.to)}`), line.edge.basis === "inferred" ? "Inferred by the software, not stated in an article" : line.edge.evidence ? `“${line.edge.evidence}”` : "");
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
    for (const node of model.data.nodes) if (!node.members) counts.set(node.kind, (counts.get(node.kind) || 0) + 1);
    const boxes = Object.keys(model.kinds).filter((kind) => counts.has(kind)).map((kind) => {
      const picture = kind === "claim"
        ? glyph.picture(kind, (ctx) => glyph.bubble(ctx, 10, 9, "", { scale: 0.72 }), 20, 20)
        : glyph.icon({ kind, initials: "" }, 20, kind === "unnamed");
      const [, many] = model.kinds[kind];
      return el("label", {}, el("input", { type: "checkbox", checked: true, "data-kind": kind, on: { change: (event) => {
        const hidden = new Set(state.hidden);
        if (event.target.checked) hidden.delete(kind); else hidden.add(kind);
        set({ hidden }); kg.say(`${many} ${event.target.checked ? "shown" : "hidden"}`);
      } } }), picture, many[0].toUpperCase() + many.slice(1), el("small", {}, kg.lists.number(counts.get(kind))));
    });
    const line = (draw) => glyph.picture("line", (ctx) => { ctx.lineCap = "butt"; draw(ctx); }, 26, 16);
    const stroke = (name, width, dash = []) => line((ctx) => { ctx.setLineDash(dash); ctx.lineWidth = width; ctx.strokeStyle = kg.theme[name]; ctx.beginPath(); ctx.moveTo(0, 8); ctx.lineTo(26, 8); ctx.stroke(); });
    const has = (kind, basis) => model.edges.some((edge) => edge.kind === kind && (!basis || edge.basis === basis));
    const keys = [
      has("agrees") && [stroke("agrees", 3.2), "agrees"], has("disagrees") && [stroke("disagrees", 3.2), "disagrees"],
      (has("agrees", "inferred") || has("disagrees", "inferred")) && [stroke(has("agrees", "inferred") ? "agrees" : "disagrees", 1.8, [6, 4]), "inferred, not stated"],
      model.claims.some((claim) => claim.quotation === "indirect") && [stroke("soft", 1.4, [4, 4]), "reported, not quoted"],
    ].filter(Boolean).map(([picture, text]) => el("span", { class: "key" }, picture, text));
    byId("legend").replaceChildren(el("fieldset", {}, el("legend", {}, "Show kinds"), boxes));
    byId("lines").replaceChildren(...keys);
  }

  function summary() {
    const count = (kind) => model.data.nodes.filter((node) => node.kind === kind && !node.members).length;
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

  // Paper is white: the map is drawn anew in the light colours, as a picture of the size of the page, and all statements are written out beneath it.
  function paper(on) {
    const report = byId("report");
    report.hidden = !on;
    if (on) {
      kg.panel.report(report); setTheme("light"); map.redraw();
      byId("paper").src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(kg.picture.svg({ alone: false }).toWellFormed())}`;
    } else { report.replaceChildren(); byId("paper").removeAttribute("src"); applyTheme(); }
  }

  function searchFor() {
    set({ q: query.value }, { replace: true });
    if (found) kg.say(`${found.agents.length} names and ${found.claims.length} statements found`);
  }

  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "Escape") {
      event.preventDefault();
      if (menu(false)) byId("save").focus();
      else if (kg.filters.close({ focus: true })) return;
      else if (state.q || query.value) { query.value = ""; searchFor(); query.blur(); }
      else if (state.pair) set({ pair: null, subject: null, words: "" }, { moved: true });
      else if (state.ego) go(isFirst.size && !state.whole && !isFirst.has(standOf(state.chosen)) ? null : state.chosen);
      else if (state.chosen !== null) go(null);
      else query.blur();
    } else if (event.target === query) {
      const row = byId("panel").querySelector("[data-id]");
      if (event.key === "Enter" && found && row) row.click();
      if (event.key === "ArrowDown" && row) { event.preventDefault(); row.focus(); }
    } else if (typing) return;
    else if (event.key === "/") { event.preventDefault(); query.focus(); query.select(); }
    else if (event.key === "e" && state.chosen !== null) toggleEgo(state.chosen);
    else if (event.key === "f") map.fit();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const rows = [...document.activeElement.closest("#panel, #compare")?.querySelectorAll("[data-id]") || []], at = rows.indexOf(document.activeElement);
      if (at >= 0) { event.preventDefault(); (rows[at + (event.key === "ArrowDown" ? 1 : -1)] || rows[at]).focus(); }
    }
  }

  function menu(on) {
    const list = byId("save-menu"), was = !list.hidden;
    list.hidden = !on;
    byId("save").setAttribute("aria-expanded", String(on));
    if (on) list.querySelector("button").focus();
    return was && !on;
  }

  // ------------------------------------------------------------------ begin

  applyTheme();
  summary();
  if (matchMedia("(max-width: 760px)").matches) document.querySelector(".legend").open = false;
  legend();
  kg.panel.bind({ go, ego: toggleEgo, passing: () => passing });
  map.start({ click, ego: toggleEgo, hover });
  kg.state.read();
  kg.state.onChange(arrive);
  arrive({ first: true });
  addEventListener("keydown", keys);
  addEventListener("beforeprint", () => paper(true));
  addEventListener("afterprint", () => paper(false));
  addEventListener("pointerdown", (event) => { if (!event.target.closest(".menu")) menu(false); });
  query.addEventListener("input", searchFor);
  // Not by its address: the address belongs to what is shown.
  document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); byId("panel").focus(); });
  byId("fit").addEventListener("click", () => map.fit());
  byId("statements").addEventListener("click", () => set({ all: !state.all }));
  byId("save").addEventListener("click", () => menu(byId("save-menu").hidden));
  byId("save-png").addEventListener("click", () => { menu(false); kg.picture.savePng(); });
  byId("save-svg").addEventListener("click", () => { menu(false); kg.picture.saveSvg(); });
  byId("save-link").replaceWith(kg.panel.copier("Link to this view", () => location.href));
  byId("print").addEventListener("click", () => { menu(false); window.print(); });
  byId("theme").addEventListener("click", () => { picked = document.documentElement.dataset.theme === "dark" ? "light" : "dark"; applyTheme(); });
  let size = `${byId("map").clientWidth} ${byId("map").clientHeight}`;
  new ResizeObserver(() => {
    const now = `${byId("map").clientWidth} ${byId("map").clientHeight}`;
    if (now === size) return;
    size = now; map.redraw(); kg.timeline.show();
  }).observe(byId("map"));
  kg.ready = true;
  kg.labels = map.labels;
  document.documentElement.dataset.ready = "yes";
})();
