"use strict";
// All that a reader has chosen, and the address that says so: #iri&ego=2&topic=...&from=2025-03-01. A link to the page restores it, and the back
// button goes back to it. Only where the map is dragged to, and light or dark, are not in it.

kg.state = (() => {
  const { model } = kg;
  const LISTS = ["who", "org", "topic", "kind", "outlet"]; // filters that hold several values: nodes by IRI, the others by name
  const NODES = new Set(["who", "org", "topic"]);
  const blank = () => ({
    chosen: null, ego: 0, pair: null, words: "", subject: null, q: "", tab: "people", all: false, whole: false, hidden: new Set(),
    from: "", to: "", sure: 0, ...Object.fromEntries(LISTS.map((name) => [name, new Set()])),
  });
  const state = blank();

  const coded = (text) => encodeURIComponent(text.toWellFormed()).replace(/%3A/g, ":").replace(/%2F/g, "/");
  const iri = (id) => coded(model.nodes.get(id).iri);

  function address() {
    const parts = [state.chosen === null ? "" : iri(state.chosen)];
    const put = (name, value) => { if (value) parts.push(`${name}=${value}`); };
    if (state.ego) parts.push(state.ego === 1 ? "ego" : `ego=${state.ego}`);
    if (state.pair) put("compare", state.pair.map((id) => (id === null ? "" : iri(id))).join(","));
    if (state.pair && state.subject !== null) put("subject", iri(state.subject));
    if (state.pair) put("words", coded(state.words));
    for (const name of LISTS) put(name, [...state[name]].map((value) => (NODES.has(name) ? iri(value) : coded(value))).join(","));
    put("from", state.from); put("to", state.to); put("sure", state.sure || "");
    put("q", coded(state.q));
    put("hide", [...state.hidden].join(","));
    if (state.tab !== "people") put("tab", state.tab);
    if (state.all) parts.push("statements");
    if (state.whole) parts.push("everyone");
    const text = parts.join("&");
    return text ? `#${text}` : "";
  }

  function plain(text) {
    try { return decodeURIComponent(text); } catch { return ""; }
  }

  const known = (text, ...kinds) => {
    const node = model.byIri.get(plain(text));
    return node && (!kinds.length || kinds.includes(node.kind)) ? node.id : null;
  };

  // What the address says; what it says of things that are not here is as if it were not said.
  function read() {
    Object.assign(state, blank());
    const [first, ...rest] = location.hash.slice(1).split("&");
    state.chosen = known(first);
    for (const part of rest) {
      const at = part.indexOf("="), name = at < 0 ? part : part.slice(0, at), value = at < 0 ? "" : part.slice(at + 1);
      const values = value.split(",").filter(Boolean);
      if (name === "ego") state.ego = state.chosen === null ? 0 : Math.min(3, Math.max(1, parseInt(value, 10) || 1));
      else if (name === "compare") {
        const pair = value.split(",").slice(0, 2).map((text) => known(text));
        if (pair[0] !== null && model.agents.includes(model.nodes.get(pair[0]))) state.pair = [pair[0], pair[1] ?? null];
      } else if (name === "subject") state.subject = known(value, "topic");
      else if (NODES.has(name)) state[name] = new Set(values.map((text) => known(text)).filter((id) => id !== null));
      else if (LISTS.includes(name)) state[name] = new Set(values.map(plain).filter(Boolean));
      else if ((name === "from" || name === "to") && /^\d{4}-\d\d-\d\d$/.test(value)) state[name] = value;
      else if (name === "sure") state.sure = Math.min(1, Math.max(0, Number(value) || 0));
      else if (name === "words" || name === "q") state[name] = plain(value);
      else if (name === "hide") state.hidden = new Set(values.filter((kind) => Object.hasOwn(model.kinds, kind)));
      else if (name === "tab" && ["people", "statements", "topics"].includes(value)) state.tab = value;
      else if (name === "statements") state.all = true;
      else if (name === "everyone") state.whole = true;
    }
  }

  let changed = () => {};
  // Change the state, and the address with it: as a new entry of the history, or, while something is typed or drawn, in the place of the last.
  function set(changes, { replace = false, ...how } = {}) {
    Object.assign(state, changes);
    const wanted = address();
    // In the frame of a notebook there is no address of its own: the state is kept all the same.
    try { if (wanted !== (location.hash || "")) history[replace ? "replaceState" : "pushState"](null, "", wanted || location.pathname + location.search); } catch { /* see above */ }
    changed(how);
  }

  return { state, set, read, address, blank, LISTS, onChange: (act) => { changed = act; addEventListener("popstate", () => { read(); act({ moved: true }); }); } };
})();
