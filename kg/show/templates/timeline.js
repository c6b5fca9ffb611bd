"use strict";
// When it was printed: a bar a day, week, month or year, and a brush over them. Two handles move it by keyboard.

kg.timeline = (() => {
  const { model, el } = kg;
  const { state, set } = kg.state;
  const holder = document.getElementById("timeline");
  const DAY = 86400000, HEIGHT = 62, BASE = 42, PAD = 14;
  const time = (text) => Date.UTC(+text.slice(0, 4), +text.slice(5, 7) - 1, +text.slice(8, 10));
  const iso = (at) => new Date(at).toISOString().slice(0, 10);
  const dated = model.claims.filter((claim) => claim.date && !Number.isNaN(time(claim.date)));
  const undated = model.claims.length - dated.length;
  const days = [...new Set(dated.map((claim) => claim.date))].sort();
  const useful = days.length > 1;
  if (!useful) return { show: () => {}, useful, dated, undated, days };

  const svg = (tag, attributes = {}, ...children) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };

  // ------------------------------------------------------------------ bins

  const span = (time(days.at(-1)) - time(days[0])) / DAY;
  const unit = span <= 45 ? "day" : span <= 240 ? "week" : span <= 5500 ? "month" : "year";
  const start = (at) => {
    const date = new Date(at), year = date.getUTCFullYear(), month = date.getUTCMonth();
    return { day: at, week: at - ((date.getUTCDay() + 6) % 7) * DAY, month: Date.UTC(year, month, 1), year: Date.UTC(year, 0, 1) }[unit];
  };
  const next = (at) => {
    const date = new Date(at), year = date.getUTCFullYear(), month = date.getUTCMonth();
    return { day: at + DAY, week: at + 7 * DAY, month: Date.UTC(year, month + 1, 1), year: Date.UTC(year + 1, 0, 1) }[unit];
  };
  const bins = [];
  for (let at = start(time(days[0])); at <= time(days.at(-1)); at = next(at)) bins.push({ from: at, to: next(at) - DAY, claims: [] });
  const binOf = (text) => { const at = time(text); let low = 0, high = bins.length - 1; while (low < high) { const mid = (low + high + 1) >> 1; if (bins[mid].from <= at) low = mid; else high = mid - 1; } return low; };
  for (const claim of dated) bins[binOf(claim.date)].claims.push(claim);
  const most = Math.max(...bins.map((bin) => bin.claims.length));

  // ------------------------------------------------------------------ picture

  let width = 0, drawn = null, range = null; // range: first and last bin of the brush, or null
  const x = (number) => PAD + ((width - 2 * PAD) * number) / bins.length;
  const at = (px) => Math.min(bins.length - 1, Math.max(0, Math.floor(((px - PAD) / (width - 2 * PAD)) * bins.length)));
  const label = (bin) => ({ day: model.date(iso(bin.from)), week: `week of ${model.date(iso(bin.from))}`, month: model.day(bin.from, { month: "long", year: "numeric" }), year: String(new Date(bin.from).getUTCFullYear()) }[unit]);

  function ticks() {
    const date = (bin) => new Date(bin.from);
    const long = bins.length > 40 && unit === "month";
    const wanted = bins.map((bin, i) => {
      const first = i === 0, d = date(bin), before = first ? null : date(bins[i - 1]), newYear = first || d.getUTCFullYear() !== before.getUTCFullYear();
      if (unit === "year") return [i, String(d.getUTCFullYear()), true];
      if (unit === "month") return long ? [i, newYear ? String(d.getUTCFullYear()) : "", newYear] : [i, model.day(bin.from, { month: "short" }) + (newYear ? ` ${d.getUTCFullYear()}` : ""), newYear];
      return [i, model.day(bin.from, { day: "numeric", month: "short", ...(newYear ? { year: "numeric" } : {}) }), newYear];
    });
    const shown = [];
    let free = -Infinity;
    for (const [i, text] of wanted) if (text && x(i) >= free && x(i) + text.length * 6.2 < width - 4) { shown.push([i, text]); free = x(i) + text.length * 6.6 + 12; }
    return shown;
  }

  function draw() {
    if (!holder.firstChild) holder.append(el("p", { class: "when" })); // an empty one has no width
    width = Math.max(260, holder.clientWidth - 20);
    drawn = {
      bars: bins.map((bin, i) => {
        const gap = Math.min(2, (x(1) - x(0)) * 0.2), tall = (count) => (count ? Math.max(2, ((BASE - 8) * count) / most) : 0);
        const bar = (name) => svg("rect", { class: name, x: x(i) + gap / 2, width: Math.max(1, x(i + 1) - x(i) - gap), y: BASE - tall(bin.claims.length), height: tall(bin.claims.length), rx: 1 });
        return { all: bar("all"), some: bar("some"), tall };
      }),
      shade: [svg("rect", { class: "shade", y: 0, height: BASE }), svg("rect", { class: "shade", y: 0, height: BASE })],
      brush: svg("rect", { class: "brush", y: 2, height: BASE - 2, rx: 3 }),
      grips: ["from", "to"].map((side) => svg("g", { class: "grip", role: "slider", tabindex: 0, "data-side": side, "aria-label": side === "from" ? "Earliest" : "Latest", "aria-valuemin": 0, "aria-valuemax": bins.length - 1 },
        svg("rect", { class: "touch", x: -11, y: 0, width: 22, height: BASE + 4 }), svg("rect", { class: "knob", x: -3.5, y: 11, width: 7, height: 22, rx: 3.5 }))),
    };
    drawn.grips.forEach((grip) => grip.addEventListener("keydown", keys));
    const picture = svg("svg", { class: "bars", width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, role: "group", "aria-label": `Statements by ${unit} of publication` },
      ...drawn.bars.flatMap(({ all, some }) => [all, some]), svg("line", { class: "axis", x1: PAD, x2: width - PAD, y1: BASE + 0.5, y2: BASE + 0.5 }),
      ...ticks().map(([i, text]) => { const words = svg("text", { x: x(i), y: BASE + 15 }); words.textContent = text; return words; }),
      ...drawn.shade, drawn.brush, ...drawn.grips);
    picture.addEventListener("pointerdown", press);
    const head = el("p", { class: "when" }, el("span", {}, `Published, by ${unit}`), el("output", { id: "when" }), el("button", { type: "button", id: "anytime", hidden: true, on: { click: () => set({ from: "", to: "" }) } }, "All dates"),
      undated ? el("span", { class: "undated" }, `${model.counted(undated, model.kinds.claim)} without a date`) : "");
    holder.replaceChildren(head, picture);
  }

  // ------------------------------------------------------------------ brushing

  const put = (low, high, replace) => {
    const all = low === 0 && high === bins.length - 1;
    set(all ? { from: "", to: "" } : { from: iso(bins[low].from), to: iso(bins[high].to) }, { replace });
  };

  function press(event) {
    if (event.button) return;
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect(), here = (moved) => at(moved.clientX - box.left);
    const grip = event.target.closest(".grip"), first = here(event), [low, high] = range || [0, bins.length - 1];
    const inside = !grip && range && first >= low && first <= high && event.target.closest(".brush");
    let entered = false;
    const move = (moved) => {
      const now = here(moved);
      let wanted;
      if (grip) wanted = grip.dataset.side === "from" ? [Math.min(now, high), high] : [low, Math.max(now, low)];
      else if (inside) { const by = Math.min(bins.length - 1 - high, Math.max(-low, now - first)); wanted = [low + by, high + by]; } else wanted = [Math.min(first, now), Math.max(first, now)];
      if (range && wanted[0] === range[0] && wanted[1] === range[1]) return;
      put(...wanted, entered);
      entered = true; // one entry of the history a drag
    };
    const done = (last) => {
      removeEventListener("pointermove", move); removeEventListener("pointerup", done); removeEventListener("pointercancel", done);
      if (last.type === "pointerup" && (!inside || here(last) !== first || !grip)) move(last);
    };
    if (grip) grip.focus();
    addEventListener("pointermove", move); addEventListener("pointerup", done); addEventListener("pointercancel", done);
  }

  function keys(event) {
    const side = event.currentTarget.dataset.side, [low, high] = range || [0, bins.length - 1], old = side === "from" ? low : high;
    const now = { ArrowLeft: old - 1, ArrowDown: old - 1, ArrowRight: old + 1, ArrowUp: old + 1, Home: 0, End: bins.length - 1, PageUp: old + 6, PageDown: old - 6 }[event.key];
    if (now === undefined) return;
    event.preventDefault(); event.stopPropagation();
    const kept = Math.min(bins.length - 1, Math.max(0, now));
    put(...(side === "from" ? [Math.min(kept, high), high] : [low, Math.max(kept, low)]), true);
    holder.querySelector(`[data-side=${side}]`).focus();
  }

  // The statements that pass all other filters, and the brush where the state has it.
  function show() {
    if (!drawn || Math.abs(width - Math.max(260, holder.clientWidth - 20)) > 1) draw();
    range = state.from || state.to ? [state.from ? binOf(state.from) : 0, state.to ? binOf(state.to) : bins.length - 1] : null;
    bins.forEach((bin, i) => {
      const count = bin.claims.filter((claim) => kg.filters.passes(claim, "date")).length, { some, tall } = drawn.bars[i];
      some.setAttribute("y", BASE - tall(count)); some.setAttribute("height", tall(count));
    });
    const [low, high] = range || [0, bins.length - 1], left = x(low), right = x(high + 1);
    const shade = (rect, from, to) => { rect.setAttribute("x", from); rect.setAttribute("width", Math.max(0, to - from)); };
    shade(drawn.shade[0], 0, range ? left : 0); shade(drawn.shade[1], right, range ? width : right); shade(drawn.brush, left, right);
    drawn.brush.classList.toggle("on", Boolean(range));
    drawn.grips.forEach((grip, i) => {
      const bin = i ? high : low;
      grip.setAttribute("transform", `translate(${i ? right : left} 0)`); grip.setAttribute("aria-valuenow", bin); grip.setAttribute("aria-valuetext", label(bins[bin]));
    });
    const from = state.from && state.from > days[0] ? state.from : days[0], to = state.to && state.to < days.at(-1) ? state.to : days.at(-1);
    holder.querySelector("#when").textContent = from === to ? model.date(from) : `${model.date(from)} – ${model.date(to)}`;
    holder.querySelector("#anytime").hidden = !range;
    const note = holder.querySelector(".undated");
    if (note) note.textContent = `${model.counted(undated, model.kinds.claim)} without a date${range ? ", hidden" : ""}`;
  }

  return { show, useful, dated, undated, days };
})();
