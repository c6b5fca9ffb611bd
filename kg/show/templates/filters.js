"use strict";
// Which statements are looked at. Each button opens a list of what can be chosen, with how many statements each would leave.

kg.filters = (() => {
  const { model, el } = kg;
  const { state, set } = kg.state;
  const SHOWN = 120;

  // Everybody to whom a person's words are put down: the organisation itself, those it is part of, and those of its posts.
  const orgs = new Map();
  function orgsOf(host) {
    if (orgs.has(host)) return orgs.get(host);
    const found = new Set(), seek = (id) => {
      if (found.has(id)) return;
      found.add(id);
      for (const edge of model.linked.get(id)) if (edge.from === id && (edge.kind === "part_of" || edge.kind === "role")) seek(edge.to);
    };
    seek(host);
    for (const id of [...found]) if (model.nodes.get(id).kind !== "organisation") found.delete(id);
    orgs.set(host, found);
    return found;
  }

  // What a statement is, in groups: of one group any will do, of each group one must.
  const QUALITIES = [
    ["What it puts forward", { fact: "Fact", prediction: "Prediction", evaluation: "Evaluation", recommendation: "Recommendation", "no-kind": "Not decided" }, (claim) => [claim.claim_kind || "no-kind"]],
    ["How it is given", { direct: "Quoted word for word", mixed: "Partly quoted", indirect: "Reported, not quoted" }, (claim) => [claim.quotation]],
    ["Who stands for it", { named: "Somebody named", unnamed: "Unnamed source or group", nobody: "Nobody" }, (claim) => [model.named(claim)]],
    ["Other", { figures: "With figures", thought: "A belief, not words", attitude: "A stand, not words", negated: "Said not to be said", distancing: "The journalist keeps a distance", agreement: "In an agreement or disagreement" },
      (claim) => [claim.quantities.length && "figures", claim.mode, claim.said, claim.cue_stance, model.linked.get(claim.id).some((edge) => edge.hosts) && "agreement"]],
  ];

  const FACETS = {
    who: { name: "Person", of: (claim) => (model.nodes.get(claim.host).kind === "organisation" ? [] : [claim.host]) },
    org: { name: "Organisation", of: (claim) => orgsOf(claim.host) },
    topic: { name: "Topic", of: (claim) => claim.topics },
    kind: { name: "Kind", of: (claim) => QUALITIES.flatMap(([, , of]) => of(claim)) },
    outlet: { name: "Outlet", of: (claim) => [model.outlet(claim) || "no outlet"] },
  };
  const NODES = new Set(["who", "org", "topic"]);
  const nameOf = (facet, value) => (NODES.has(facet) ? model.nodes.get(value).name : facet === "kind" ? QUALITIES.map(([, names]) => names[value]).find(Boolean) || value : value);

  function passesKind(claim) {
    return QUALITIES.every(([, names, of]) => {
      const asked = Object.keys(names).filter((name) => state.kind.has(name));
      return !asked.length || of(claim).some((value) => asked.includes(value));
    });
  }

  // Whether a statement passes all filters but one.
  function passes(claim, except = "") {
    for (const name of kg.state.LISTS) {
      if (name === except || !state[name].size) continue;
      if (name === "kind" ? !passesKind(claim) : ![...FACETS[name].of(claim)].some((value) => state[name].has(value))) return false;
    }
    if (except !== "date" && (state.from || state.to) && !(claim.date && claim.date >= (state.from || "0") && claim.date <= (state.to || "9"))) return false;
    return except === "sure" || !state.sure || (claim.confidence ?? 0) >= state.sure;
  }

  const active = () => kg.state.LISTS.some((name) => state[name].size) || Boolean(state.from || state.to || state.sure);
  // The statements that pass, as a set of ids; null if nothing is filtered.
  const passing = () => (active() ? new Set(model.claims.filter((claim) => passes(claim)).map((claim) => claim.id)) : null);
  const clear = () => set({ from: "", to: "", sure: 0, ...Object.fromEntries(kg.state.LISTS.map((name) => [name, new Set()])) });

  // ------------------------------------------------------------------ lists to choose from

  function counts(facet) {
    const found = new Map();
    for (const claim of model.claims) if (passes(claim, facet)) for (const value of new Set(FACETS[facet].of(claim))) if (value) found.set(value, (found.get(value) || 0) + 1);
    for (const value of state[facet]) if (!found.has(value)) found.set(value, 0);
    return found;
  }

  const toggled = (facet, value, on) => { const next = new Set(state[facet]); if (on) next.add(value); else next.delete(value); return next; };

  function box(facet, value, count) {
    return el("label", { class: "choice" }, el("input", { type: "checkbox", checked: state[facet].has(value), "data-value": NODES.has(facet) ? model.nodes.get(value).iri : value,
      on: { change: (event) => set({ [facet]: toggled(facet, value, event.target.checked) }) } }), el("span", {}, nameOf(facet, value)), el("small", {}, count.toLocaleString("en-GB")));
  }

  function choices(facet) {
    const found = counts(facet);
    if (facet === "kind") {
      return QUALITIES.map(([title, names]) => [title, Object.keys(names).filter((name) => found.has(name))]).filter(([, some]) => some.length)
        .map(([title, some]) => el("fieldset", {}, el("legend", {}, title), some.map((name) => box(facet, name, found.get(name)))));
    }
    const sorted = [...found].sort((a, b) => state[facet].has(b[0]) - state[facet].has(a[0]) || b[1] - a[1] || nameOf(facet, a[0]).localeCompare(nameOf(facet, b[0])));
    const list = el("fieldset", {}, el("legend", { class: "hidden-text" }, FACETS[facet].name));
    const show = (words) => {
      const hits = words ? sorted.filter(([value]) => model.fold(nameOf(facet, value)).includes(words)) : sorted;
      list.replaceChildren(list.firstChild, ...hits.slice(0, SHOWN).map(([value, count]) => box(facet, value, count)),
        ...(hits.length > SHOWN ? [el("p", { class: "nothing" }, `${(hits.length - SHOWN).toLocaleString("en-GB")} more: type to find one`)] : []), ...(hits.length ? [] : [el("p", { class: "nothing" }, "None of that name")]));
    };
    show("");
    return [found.size > 12 && el("input", { type: "search", class: "narrow", placeholder: `Find among ${found.size.toLocaleString("en-GB")}`, "aria-label": `Find in ${FACETS[facet].name}`,
      on: { input: (event) => show(model.fold(event.target.value.trim())) } }), list];
  }

  function sureness() {
    const out = el("output", { for: "sure" });
    const tell = (least) => {
      const left = model.claims.filter((claim) => passes(claim, "sure") && (claim.confidence ?? 0) >= least).length;
      out.textContent = least ? `${least.toFixed(2)} or more: ${model.counted(left, model.kinds.claim)}` : `Any: ${model.counted(left, model.kinds.claim)}`;
    };
    tell(state.sure);
    return [el("p", { class: "explain" }, "How likely it is, by the software's own estimate, that these words are somebody's statement and are cut out rightly."),
      el("input", { type: "range", id: "sure", min: "0", max: "1", step: "0.05", value: String(state.sure), "aria-label": "Least confidence",
        on: { input: (event) => { tell(Number(event.target.value)); set({ sure: Number(event.target.value) }, { replace: true, keep: true }); } } }), out];
  }

  // ------------------------------------------------------------------ buttons and what they open

  const bar = document.getElementById("filters");
  let opened = null;
  const popover = el("div", { class: "popover", role: "dialog", hidden: true });

  function close({ focus = false } = {}) {
    if (!opened) return false;
    const button = bar.querySelector(`[data-facet=${opened}]`);
    opened = null; popover.hidden = true;
    if (button) { button.setAttribute("aria-expanded", "false"); if (focus) button.focus(); }
    return true;
  }

  function open(facet) {
    const again = opened === facet;
    close();
    if (again) return;
    opened = facet;
    const button = bar.querySelector(`[data-facet=${facet}]`), name = facet === "sure" ? "Confidence" : FACETS[facet].name;
    button.setAttribute("aria-expanded", "true");
    popover.setAttribute("aria-label", name);
    popover.replaceChildren(...[facet === "sure" ? sureness() : choices(facet)].flat(Infinity).filter(Boolean));
    popover.hidden = false;
    const at = button.getBoundingClientRect();
    popover.style.left = `${Math.max(8, Math.min(at.left, innerWidth - popover.offsetWidth - 8))}px`;
    popover.style.top = `${at.bottom + 6}px`;
    const first = popover.querySelector("input");
    if (first) first.focus();
  }

  const buttons = [...Object.entries(FACETS).map(([facet, { name }]) => [facet, name]), ["sure", "Confidence"]].map(([facet, name]) => {
    const button = el("button", { type: "button", "data-facet": facet, "aria-haspopup": "dialog", "aria-expanded": "false", on: { click: () => open(facet) } }, el("span", {}, name));
    return button;
  });
  const count = el("p", { id: "count" });
  const useful = (facet) => facet === "sure" ? model.claims.length > 0 : new Set(model.claims.flatMap((claim) => [...FACETS[facet].of(claim)])).size > (facet === "outlet" ? 1 : 0);
  bar.append(el("div", { class: "facets", role: "group", "aria-label": "Filters" }, buttons.filter((button) => useful(button.dataset.facet))), el("p", { id: "part", hidden: true }), count);
  bar.after(popover);
  addEventListener("pointerdown", (event) => { if (opened && !popover.contains(event.target) && !event.target.closest("[data-facet]")) close(); });
  popover.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); close({ focus: true }); }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const boxes = [...popover.querySelectorAll("input:not([type=range])")], at = boxes.indexOf(document.activeElement);
      if (at >= 0) { event.preventDefault(); (boxes[at + (event.key === "ArrowDown" ? 1 : -1)] || boxes[at]).focus(); }
    }
  });
  popover.addEventListener("focusout", (event) => { if (opened && event.relatedTarget && !popover.contains(event.relatedTarget) && !event.relatedTarget.closest("[data-facet]")) close(); });

  // What is chosen, and how much it hides.
  function show(left, total) {
    for (const button of buttons) {
      const facet = button.dataset.facet, chosen = facet === "sure" ? Number(state.sure > 0) : state[facet].size;
      button.classList.toggle("on", chosen > 0);
      const text = facet === "sure" ? (state.sure ? `≥ ${state.sure.toFixed(2)}` : "") : chosen === 1 ? nameOf(facet, [...state[facet]][0]) : chosen ? `${chosen} chosen` : "";
      button.replaceChildren(el("span", {}, facet === "sure" ? "Confidence" : FACETS[facet].name), ...(text ? [el("b", {}, text)] : []));
    }
    if (active()) count.replaceChildren(el("b", {}, model.counted(left, model.kinds.claim)), ` of ${total.toLocaleString("en-GB")}; ${(total - left).toLocaleString("en-GB")} hidden by filters `, el("button", { type: "button", id: "clear", on: { click: () => { clear(); kg.say("All statements shown"); } } }, "Show all"));
    else count.replaceChildren(total ? model.counted(total, model.kinds.claim) : "");
  }

  return { passes, passing, active, clear, close, show, orgsOf, isOpen: () => opened !== null, refresh: () => { if (opened && opened !== "sure" && !popover.contains(document.activeElement)) open(opened); }, nameOf };
})();
