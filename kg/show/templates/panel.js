"use strict";
// The panel beside the map: everybody, or one person, topic or statement in full.

kg.panel = (() => {
  const { model, el, glyph, lists } = kg;
  const { state, set } = kg.state;
  const panel = document.getElementById("panel");
  let on = {};

  const heading = (text) => el("h2", { tabindex: "-1" }, text);
  const goto = (node) => el("button", { type: "button", class: "goto", on: lists.open(node.id) }, node.name);
  const chips = (...texts) => el("div", { class: "kinds" }, texts.filter(Boolean).map((text) => el("span", {}, text)));
  const section = (title, ...body) => [el("h3", {}, title), ...body];

  function trail(...middle) {
    return el("nav", { class: "trail", "aria-label": "Where you are" }, el("button", { type: "button", on: { click: () => on.go(null) } }, "‹ Everyone"), ...middle);
  }

  // ------------------------------------------------------------------ somebody

  const corrected = lists.corrected;

  function roleItem(role) {
    const dates = role.dates.length ? (role.dates[0] === role.dates.at(-1) ? model.date(role.dates[0], "short") : `${model.date(role.dates[0], "short")} – ${model.date(role.dates.at(-1), "short")}`) : "";
    return el("li", {}, role.title || "member", role.org ? [el("small", {}, " at "), goto(role.org)] : "", dates && model.data.articles.length > 1 ? el("small", { class: "dates" }, ` ${dates}`) : "", role.corrections ? corrected(role.corrections) : "");
  }

  function statements(node) {
    const left = lists.through(node), hidden = node.claims.length - left.length;
    if (!node.claims.length) return "";
    return section(`${model.counted(left.length, model.kinds.claim)}${hidden ? `, ${lists.number(hidden)} hidden by filters` : ", in the order of the articles"}`,
      lists.list(left.map((id) => model.nodes.get(id)), (claim) => lists.claimRow(claim, { speaker: node.kind === "topic" || Boolean(node.members) }), `Statements of ${node.name}`));
  }

  function topicsOf(node) {
    const found = new Map();
    for (const id of lists.through(node)) for (const topic of model.nodes.get(id).topics) found.set(topic, (found.get(topic) || 0) + 1);
    const sorted = [...found].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 14);
    return sorted.length ? section("Speaks about", el("ul", { class: "tags" }, sorted.map(([id, count]) => el("li", {}, goto(model.nodes.get(id)), count > 1 ? el("small", {}, ` ${count}`) : "")))) : "";
  }

  function agent(node) {
    const linked = model.linked.get(node.id), people = new Map();
    for (const edge of linked) if (edge.kind === "role" && edge.to === node.id) people.set(edge.from, edge);
    const parts = linked.filter((edge) => edge.kind === "part_of" && edge.to === node.id), wholes = linked.filter((edge) => edge.kind === "part_of" && edge.from === node.id);
    const roles = model.roles(node), stances = stancesOf(node.claims), many = node.named_in > 1;
    return [trail(), chips(lists.capital(model.kinds[node.kind][0]), node.corrections.length && "Corrected by a person"), heading(node.name),
      node.aliases.length ? el("p", { class: "source-line" }, `Also printed as ${node.aliases.join(", ")}`) : "",
      many ? el("p", { class: "source-line" }, `Taken for one ${model.kinds[node.kind][0]} in ${node.named_in} articles, by name, posts and organisations. `, el("code", {}, "kg identity list")) : "",
      el("div", { class: "actions" }, el("button", { type: "button", id: "ego-button", "aria-pressed": String(Boolean(state.ego)), on: { click: () => on.ego(node.id) } }, state.ego ? "Show everyone again" : "Show only the neighbours"),
        node.claims.length && model.speakers.length > 1 ? el("button", { type: "button", id: "compare-button", on: { click: () => kg.compare.begin(node.id) } }, "Compare with …") : ""),
      node.corrections.length ? section("Corrected by a person", corrected(node.corrections)) : "",
      roles.length ? section("Roles as printed", el("ul", { class: "plain", id: "roles" }, roles.map(roleItem))) : "",
      wholes.length ? section("Part of", el("ul", { class: "plain" }, wholes.map((edge) => el("li", {}, goto(model.nodes.get(edge.to)))))) : "",
      parts.length ? section("Has as parts", el("ul", { class: "plain" }, parts.map((edge) => el("li", {}, goto(model.nodes.get(edge.from)))))) : "",
      people.size ? section("People here", el("ul", { class: "plain" }, [...people].map(([id, edge]) => el("li", {}, goto(model.nodes.get(id)), el("small", {}, ` ${edge.label}`))))) : "",
      stances.length ? section("Agreement", el("ul", { class: "plain" }, stances)) : "",
      topicsOf(node), statements(node),
      node.same_as.length ? section("Elsewhere", el("ul", { class: "plain" }, node.same_as.map((address) => el("li", {}, kg.link(address, address))))) : ""];
  }

  function topic(node) {
    const hosts = new Map();
    for (const id of lists.through(node)) hosts.set(model.nodes.get(id).host, (hosts.get(model.nodes.get(id).host) || 0) + 1);
    const speakers = [...hosts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([id]) => model.nodes.get(id)), pair = speakers.filter((one) => one.kind === "person" || one.kind === "organisation");
    return [trail(), chips("Topic"), heading(node.name), node.aliases.length ? el("p", { class: "source-line" }, `Also ${node.aliases.join(", ")}`) : "",
      el("div", { class: "actions" }, el("button", { type: "button", on: { click: () => set({ topic: new Set([node.id]) }) } }, "Only this topic"),
        pair.length > 1 ? el("button", { type: "button", on: { click: () => set({ pair: [pair[0].id, pair[1].id], subject: node.id, words: "" }, { moved: true }) } }, `Compare ${pair[0].name} and ${pair[1].name}`) : ""),
      speakers.length ? section("Who speaks about it", el("ul", { class: "plain" }, speakers.slice(0, 40).map((one) => el("li", {}, goto(one), el("small", {}, ` ${hosts.get(one.id)}`))))) : "", statements(node)];
  }

  function several(node) {
    const members = node.members.map((id) => model.nodes.get(id)).filter((member) => lists.through(member).length);
    return [trail(), chips(lists.capital(model.kinds[node.kind][1])), heading(node.name),
      el("p", { class: "explain" }, "They speak without a name. Whether two of them are the same cannot be known, so each article’s voice stands for itself; on the map they share one place."),
      section(model.counted(members.length, model.kinds[node.kind]), lists.list(members, (member) => lists.agentRow(member), node.name)), statements(node)];
  }

  // "agrees with statement 3 of Ann Lee", or "Jo Roe agrees in statement 7", for the statements given.
  function stancesOf(ids) {
    const mine = new Set(ids), lines = [];
    for (const id of ids) for (const edge of model.linked.get(id)) {
      if (!edge.hosts || (mine.has(edge.from) && mine.has(edge.to) && edge.to === id)) continue;
      const forward = edge.from === id, other = model.nodes.get(forward ? edge.to : edge.from), name = model.nodes.get(other.host).name;
      const statement = el("button", { type: "button", class: "goto", on: lists.open(other.id) }, `statement ${other.n}`);
      lines.push(el("li", { class: `tone-${edge.kind}` }, ids.length > 1 ? `Statement ${model.nodes.get(id).n}: ` : "",
        forward ? [el("b", {}, `${edge.kind} with `), statement, ` of ${name}`] : [name, el("b", {}, ` ${edge.kind} in `), statement],
        edge.basis === "inferred" ? el("small", {}, `, inferred by the software${edge.confidence === null ? "" : `, confidence ${edge.confidence.toFixed(2)}`}`) : ids.length === 1 && edge.evidence ? el("small", {}, `, stated: “${edge.evidence}”`) : ""));
    }
    return lines;
  }

  // ------------------------------------------------------------------ a statement

  const WORDS = {
    claim_kind: "Kind of claim:", modality: "Modal verb:", certainty: "Certainty of the words:", polarity: "Main clause:", tense: "Tense:", cue_stance: "The journalist’s cue:", said_on: "Said on", valid: "About the time", readable: "Form that stands alone", topic: "Topic",
  };

  // The paragraph; what is not of the statement's sentence steps back.
  function context(claim) {
    const [start, end] = claim.sentence || [0, Infinity], pieces = [];
    let at = 0;
    for (const [words, role] of claim.segments) {
      for (const [from, to, aside] of [[at, Math.min(at + words.length, start), true], [Math.max(at, start), Math.min(at + words.length, end), false], [Math.max(at, end), at + words.length, true]]) {
        if (from >= to) continue;
        const text = words.slice(from - at, to - at);
        pieces.push(role ? el("mark", { class: role }, text) : aside ? el("span", { class: "aside" }, text) : text);
      }
      at += words.length;
    }
    return el("p", { class: "context", id: "context" }, pieces);
  }

  function why(claim) {
    const rules = model.data.rules || {}, host = model.nodes.get(claim.host);
    const reason = (what, value, stage, rule, share) => el("li", {}, el("span", {}, what, value ? [" ", el("b", {}, value)] : ""),
      el("small", {}, [(rules[stage] || {})[rule], rule && `rule ${rule}`, share !== null && share !== undefined && `confidence ${share.toFixed(2)}`].filter(Boolean).join("; ")));
    const roles = model.roles(host).filter((role) => role.evidence);
    const id = claim.iri.split("#").at(-1).replace(/^claim-/, "attribution-");
    return el("details", { class: "why", id: "why" }, el("summary", {}, "Why?"),
      el("ul", {}, reason("These words are a statement", claim.cue ? `by the cue “${claim.cue}”` : "", "attribution", claim.rule, claim.confidence),
        claim.speaker_words ? reason(`The speaker is named by “${claim.speaker_words}”`, "", "mention", claim.speaker_rule) : el("li", {}, host.iri === "urn:kg:nobody" ? "Who speaks is not known with confidence, so nobody was guessed." : el("span", {}, "The speaker is taken over from the words around it.")),
        roles.slice(0, 4).map((role) => reason(`${role.title || "A post"}${role.org ? ` at ${role.org.name}` : ""}: “${role.evidence}”`, "", "role", role.rule)),
        claim.judgements.map(([aspect, rule, share]) => reason(WORDS[aspect] || aspect, aspect === "topic" || aspect === "readable" ? "" : claim[aspect], aspect, rule, share))),
      el("p", { class: "explain" }, "More, and how to overrule it: ", el("code", {}, `kg explain ${id}`)));
  }

  function claim(node) {
    const host = model.nodes.get(node.host), article = model.data.articles[node.article], through = on.passing();
    const order = through && through.has(node.id) ? model.claims.filter((other) => through.has(other.id)) : model.claims, place = order.indexOf(node);
    const step = (other, sign, name) => el("button", { type: "button", disabled: !other, "aria-label": name, on: { click: () => other && on.go(other.id) } }, sign);
    const stances = stancesOf([node.id]), keys = ["source", "cue", "content"].filter((role) => node.segments.some(([, other]) => other === role));
    const source = article.title || article.url || article.source, topics = node.topics.map((id) => model.nodes.get(id));
    return [
      trail(el("span", { class: "space" }), step(order[place - 1], "‹", "Previous statement"), el("output", {}, `${lists.number(place + 1)} of ${lists.number(order.length)}`), step(order[place + 1], "›", "Next statement")),
      through && !through.has(node.id) ? el("p", { class: "explain" }, "The filters would hide this statement.") : "",
      chips(model.quotations[node.quotation] || node.quotation, lists.capital(node.claim_kind || " ").trim(), model.modes[node.mode], model.denials[node.said], node.certainty && `Put as ${node.certainty}`, node.polarity === "negative" && "Negated", node.cue_stance === "distancing" && "The journalist keeps a distance", node.corrections.length && "Corrected by a person"),
      el("blockquote", { class: host.kind }, el("h2", { class: `quote${node.text.length > 260 ? " long" : ""}`, id: "quote", tabindex: "-1" }, node.text)),
      el("button", { type: "button", class: "row speaker", on: lists.open(host.id) }, glyph.icon(host, 34), el("span", {}, el("b", {}, host.name), el("small", {}, model.roleLine(host))), ""),
      node.readable && node.readable !== node.text ? el("p", { class: "readable" }, el("b", {}, "Standing alone, worded by the software: "), node.readable) : "",
      node.quantities.length ? section("Figures", el("ul", { class: "figures" }, node.quantities.map((text) => el("li", {}, text)))) : "",
      node.corrections.length ? section("Corrected by a person", corrected(node.corrections)) : "",
      keys.length ? section("In the article", context(node), el("p", { class: "marks" }, keys.map((role) => el("mark", { class: role }, { source: "who", cue: "cue", content: "statement" }[role])))) : "",
      topics.length ? section("About", el("ul", { class: "tags" }, topics.map((one) => el("li", {}, goto(one))))) : "",
      stances.length ? section("Agreement", el("ul", { class: "plain" }, stances)) : "",
      source || article.publisher || article.date ? section("Source", source ? el("p", { class: "source-title" }, kg.link(article.url, source)) : "",
        el("p", { class: "source-line" }, [article.publisher, model.date(article.date), node.said_on && node.said_on !== article.date && `said on ${model.date(node.said_on)}`].filter(Boolean).join(", "))) : "",
      section("How it was found", el("dl", { class: "facts" }, node.cue ? [el("dt", {}, "Cue"), el("dd", {}, node.cue)] : "", node.rule ? [el("dt", {}, "Rule"), el("dd", {}, node.rule)] : "",
        node.confidence === null ? "" : [el("dt", {}, "Confidence"), el("dd", {}, node.confidence.toFixed(2), meter(node.confidence))]), why(node)),
      el("div", { class: "actions" }, copier("Copy with citation", model.citation(node)), copier("Copy as Markdown", model.markdown(node)), copier("Copy link", () => location.href)),
    ];
  }

  function meter(share) {
    const fillOf = el("i");
    fillOf.style.width = `${Math.round(100 * Math.min(1, Math.max(0, share)))}%`;
    return el("span", { class: "bar-of", "aria-hidden": "true" }, fillOf);
  }

  function copier(label, text) {
    const button = el("button", { type: "button", "data-copy": typeof text === "string" ? text : null, on: { click: async () => {
      const done = await copy(typeof text === "string" ? text : text());
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

  // What the state asks for; where nothing else was chosen, the panel stays where it was scrolled to.
  let last = "";
  function show(found) {
    const node = model.nodes.get(state.chosen);
    const key = found ? "found" : node ? String(node.id) : "home";
    const top = key === last ? panel.scrollTop : 0, wide = key === last && panel.querySelector("#why")?.open;
    const view = found ? lists.results(found, state.q) : !node ? lists.home() : node.kind === "claim" ? claim(node) : node.members ? several(node) : node.kind === "topic" ? topic(node) : agent(node);
    panel.replaceChildren(...view.flat(Infinity).filter((child) => child !== "" && child !== null && child !== undefined));
    panel.scrollTop = top;
    if (wide) panel.querySelector("#why").open = true;
    last = key;
  }

  // For print: who said what, in full, as far as the filters let it through.
  function report(target) {
    target.replaceChildren(...model.speakers.filter((speaker) => lists.through(speaker).length).flatMap((speaker) => [el("h2", {}, speaker.name), el("p", { class: "role" }, model.roleLine(speaker)),
      el("ol", {}, lists.through(speaker).map((id) => {
        const said = model.nodes.get(id), article = model.data.articles[said.article];
        return el("li", {}, el("span", {}, String(said.n)), el("div", {}, el("q", {}, said.text), el("small", {}, [lists.manner(said), article.title || article.source, article.publisher, model.date(article.date)].filter(Boolean).join(" · "))));
      }))]));
  }

  return { bind: (handlers) => { on = handlers; lists.bind(handlers); }, show, report, copier, focus: () => (panel.querySelector("h2") || panel).focus({ preventScroll: true }), excerpt: lists.excerpt };
})();
