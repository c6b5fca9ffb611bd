"use strict";
// Two speakers side by side: what each says, on a topic or with some words, and whether one takes a stand on the other's words.

kg.compare = (() => {
  const { model, el, glyph } = kg;
  const { state, set } = kg.state;
  const stage = document.getElementById("compare");
  const SHOWN = 80;

  const topicsOf = (agent) => new Set(agent.claims.flatMap((id) => model.nodes.get(id).topics));

  // Others to set beside somebody: those who speak on the same topics first, then those who say most.
  function candidates(agent) {
    const mine = topicsOf(agent), ties = new Map();
    for (const id of agent.claims) for (const edge of model.linked.get(id)) if (edge.hosts) for (const host of edge.hosts) ties.set(host, (ties.get(host) || 0) + 3);
    for (const topic of mine) for (const id of model.nodes.get(topic).claims) { const { host } = model.nodes.get(id); ties.set(host, (ties.get(host) || 0) + 1); }
    return model.speakers.filter((other) => other !== agent && model.named({ host: other.id }) !== "nobody")
      .map((other) => ({ other, shared: ties.get(other.id) || 0 })).sort((a, b) => b.shared - a.shared || b.other.claims.length - a.other.claims.length || a.other.id - b.other.id);
  }

  function picker(agent, label) {
    const some = candidates(agent), near = some.filter(({ shared }) => shared), rest = some.filter(({ shared }) => !shared);
    const option = ({ other }) => el("option", { value: String(other.id) }, `${other.name} (${other.claims.length})`);
    return el("label", { class: "picker" }, el("span", {}, label), el("select", { on: { change: (event) => { if (event.target.value) set({ pair: [agent.id, Number(event.target.value)], subject: null, words: "" }, { moved: true }); } } },
      el("option", { value: "" }, "Choose somebody"),
      near.length ? el("optgroup", { label: "On the same topics, or in an agreement" }, near.slice(0, 200).map(option)) : "",
      rest.length ? el("optgroup", { label: near.length ? "Everybody else" : "Everybody" }, rest.slice(0, 800).map(option)) : ""));
  }

  function subjects(one, other) {
    const mine = topicsOf(one), shared = [...topicsOf(other)].filter((id) => mine.has(id)).map((id) => model.nodes.get(id));
    const press = (id, text) => el("button", { type: "button", "aria-pressed": String(state.subject === id), "data-subject": id === null ? "" : model.nodes.get(id).iri, on: { click: () => set({ subject: id }) } }, text);
    return shared.length ? el("div", { class: "subjects", role: "group", "aria-label": "Topics of both" }, press(null, "All they say"), shared.slice(0, 12).map((topic) => press(topic.id, topic.name)))
      : el("p", { class: "explain" }, "No topic was found in the words of both.");
  }

  // What a speaker says that is asked for: on the topic, with the words, and let through by the filters.
  function said(agent) {
    const words = model.fold(state.words).split(/\s+/).filter(Boolean);
    const all = agent.claims.map((id) => model.nodes.get(id)).filter((claim) => (state.subject === null || claim.topics.includes(state.subject)) && words.every((word) => model.fold(claim.text).includes(word)));
    const left = all.filter((claim) => kg.filters.passes(claim));
    return { claims: left, hidden: all.length - left.length, words };
  }

  function card(claim, words) {
    const article = model.data.articles[claim.article];
    return el("li", {}, el("button", { type: "button", class: `said-card ${claim.quotation}`, "data-id": claim.id, "aria-pressed": String(state.chosen === claim.id), on: { click: () => set({ chosen: claim.id, ego: 0 }, { moved: true, keep: true }) } },
      el("q", {}, kg.lists.marked(claim.text, words)),
      claim.quantities.length ? el("span", { class: "numbers" }, claim.quantities.map((text) => el("b", {}, text))) : "",
      el("small", {}, [claim.quotation === "indirect" ? "reported" : claim.quotation === "direct" ? "quoted" : "partly quoted", claim.claim_kind, article.publisher, model.date(article.date, "short")].filter(Boolean).join(" · "))));
  }

  function column(agent, found) {
    const { claims, hidden, words } = found;
    return el("section", { class: `side ${agent.kind}`, "aria-label": agent.name },
      el("header", {}, glyph.icon(agent, 44), el("div", {}, el("h3", {}, el("button", { type: "button", class: "goto", on: { click: () => set({ chosen: agent.id, pair: null, ego: 0 }, { moved: true }) } }, agent.name)), el("p", {}, model.roleLine(agent)))),
      el("p", { class: "tally" }, `${model.counted(claims.length, model.kinds.claim)}${hidden ? `, ${hidden} hidden by filters` : ""}`),
      claims.length ? el("ol", {}, claims.slice(0, SHOWN).map((claim) => card(claim, words))) : el("p", { class: "nothing" }, `Nothing ${state.subject !== null || state.words ? "on this" : ""} from ${agent.name}.`),
      claims.length > SHOWN ? el("p", { class: "nothing" }, `${claims.length - SHOWN} more: narrow it down by topic or words.`) : "");
  }

  // Where and when a stance was printed: people change their minds.
  function printed(edge) {
    const article = model.data.articles[model.nodes.get(edge.from).article], told = [article.publisher, model.date(article.date, "short")].filter(Boolean).join(", ");
    return told ? el("small", {}, ` ${told}`) : "";
  }

  // Agreement between the two, said to be stated or inferred.
  function between(one, other) {
    const lines = [], told = new Set();
    for (const edge of model.edges) {
      if (!edge.hosts || !edge.hosts.includes(one.id) || !edge.hosts.includes(other.id) || edge.hosts[0] === edge.hosts[1]) continue;
      const [from, to] = edge.hosts.map((id) => model.nodes.get(id)), key = `${edge.hosts} ${edge.kind} ${edge.basis} ${edge.evidence}`;
      if (told.has(key)) continue; // one sentence of an article may mean several statements
      told.add(key);
      lines.push(el("li", { class: `tone-${edge.kind}` }, el("b", {}, `${from.name} ${edge.kind} with ${to.name}`), edge.basis === "inferred" ? `, inferred by the software${edge.confidence === null ? "" : `, confidence ${edge.confidence.toFixed(2)}`}` : ", as the article states", edge.evidence ? [": ", el("q", {}, edge.evidence)] : "", edge.basis === "inferred" ? "" : printed(edge)));
    }
    return lines.length ? el("ul", { class: "between" }, lines) : el("p", { class: "between none" }, "No article states that they agree or disagree.");
  }

  let shown = "";
  function show() {
    const on = Boolean(state.pair);
    stage.hidden = !on;
    document.querySelector("main").classList.toggle("comparing", on);
    if (!on) { shown = ""; stage.replaceChildren(); return; }
    const one = model.nodes.get(state.pair[0]), other = state.pair[1] === null ? null : model.nodes.get(state.pair[1]);
    const close = el("button", { type: "button", class: "close", on: { click: () => set({ pair: null, subject: null, words: "" }, { moved: true }) } }, "Close");
    const key = `${one.id} ${other && other.id}`;
    const top = key === shown ? stage.scrollTop : 0, typing = document.activeElement && document.activeElement.id === "words";
    if (!other) stage.replaceChildren(el("header", { class: "top" }, el("h2", { tabindex: "-1" }, `${one.name} and who else?`), close), picker(one, "Set beside"));
    else {
      const field = el("input", { type: "search", id: "words", value: state.words, placeholder: "Only with the words", "aria-label": "Only statements with these words", on: { input: (event) => set({ words: event.target.value }, { replace: true, keep: true }) } });
      const found = [said(one), said(other)];
      stage.replaceChildren(el("header", { class: "top" }, el("h2", { tabindex: "-1" }, `${one.name} and ${other.name}`), close),
        el("div", { class: "narrowing" }, subjects(one, other), field, picker(one, "Other person")), between(one, other), el("div", { class: "sides" }, column(one, found[0]), column(other, found[1])));
      if (typing) { field.focus(); field.setSelectionRange(field.value.length, field.value.length); }
    }
    stage.scrollTop = top;
    shown = key;
  }

  return { show, candidates, begin: (id) => set({ pair: [id, null], subject: null, words: "" }, { moved: true }), focus: () => { const heading = stage.querySelector("h2"); if (heading) heading.focus({ preventScroll: true }); } };
})();
