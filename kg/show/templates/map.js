"use strict";
// The map: vis-network moves, zooms and hits; glyphs and names are drawn here. Names keep their size at every zoom and are placed like a
// cartographer's: the most important first, on the first free side; one that has no room is left out rather than printed over another.

kg.map = (() => {
  const { model, glyph } = kg;
  const holder = document.getElementById("map");
  const nodes = new vis.DataSet(), edges = new vis.DataSet();
  const styles = new Map(); // how each link was last drawn
  let network, view = { open: new Set(), visible: new Set(), lit: null, chosen: null, edges: [], order: [], count: () => 0 }, hovered = null, drawn = [];
  const NAMED = 400; // names that are tried at once, the most important first
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const dimmed = (id) => view.lit && !view.lit.has(id);

  // Far out, agents shrink less than the map, so that they stay visible and can be hit with a thumb.
  const grown = () => Math.min(1.8, Math.max(1, 0.62 / network.getScale()));

  // The glyph of a node, on the canvas of the map or into a picture to be saved. Where it would be a few pixels wide it is a dot.
  function paint(ctx, node, x, y, k, scale = 1) {
    const R = glyph.R * k, { id } = node;
    ctx.globalAlpha = dimmed(id) ? 0.32 : 1;
    if (node.kind === "claim") {
      if (view.chosen === id || hovered === id) ring(ctx, () => ctx.roundRect(x - 17, y - 14, 34, 28, 10), view.chosen === id);
      glyph.bubble(ctx, x, y, String(node.n), { full: node.quotation !== "indirect", scale: node.n > 999 ? 0.8 : 1 });
    } else if (R * scale < 3.5 && view.chosen !== id) {
      ctx.fillStyle = kg.theme[node.kind]; ctx.fillRect(x - R, y - R, 2 * R, 2 * R);
    } else {
      if (view.chosen === id || hovered === id) ring(ctx, () => glyph.outline(ctx, node.kind, x, y, R + 5.5 * k), view.chosen === id);
      glyph.agent(ctx, node, x, y, R, R * scale > 7);
      const count = node.kind === "topic" || view.open.has(id) || R * scale < 6.5 ? 0 : view.count(node);
      if (count) glyph.bubble(ctx, x + 19 * k, y - 19 * k, String(count), { full: true, scale: k });
    }
    ctx.globalAlpha = 1;
  }

  function renderer({ ctx, id, x, y }) {
    const node = model.nodes.get(id), k = network ? grown() : 1, R = glyph.R * k;
    return { drawNode() { paint(ctx, node, x, y, k, network ? network.getScale() : 1); }, nodeDimensions: node.kind === "claim" ? { width: 22, height: 20 } : { width: 2 * R, height: 2 * R } };
  }

  function ring(ctx, path, strong) {
    const alpha = ctx.globalAlpha;
    ctx.beginPath(); path();
    ctx.lineWidth = strong ? 3 : 2; ctx.strokeStyle = kg.theme.accent; ctx.globalAlpha = strong ? alpha : alpha / 2; ctx.stroke();
    ctx.globalAlpha = alpha;
  }

  function edgeStyle(edge) {
    const { theme } = kg;
    // Arcs of agreement bow upwards, away from the names.
    const bow = model.nodes.get(edge.from).x < model.nodes.get(edge.to).x ? "curvedCW" : "curvedCCW";
    // While a statement is read, the agreement of its speaker's other statements steps back.
    const aside = edge.edge.hosts && model.nodes.get(view.chosen)?.kind === "claim" && edge.edge.from !== view.chosen && edge.edge.to !== view.chosen;
    const faint = dimmed(edge.from) || dimmed(edge.to) || aside;
    const thick = [edge.from, edge.to].some((id) => model.nodes.get(id).kind === "claim") ? 2 : 3.2;
    const guessed = edge.edge.basis === "inferred"; // dashed and thinner: the software's conclusion, not the article's words
    const style = {
      role: { color: theme.edge, width: 1.7 },
      part_of: { color: theme.edge, width: 1.5, arrows: { to: { enabled: true, type: "diamond", scaleFactor: 0.55 } } },
      about: { color: theme.edge, width: 1.2, dashes: [1, 4] },
      said: { color: theme.soft, width: 1.2, dashes: edge.indirect ? [4, 4] : false },
      agrees: { color: theme.agrees, width: guessed ? 1.8 : thick, dashes: guessed ? [7, 5] : false, arrows: { to: { enabled: true, type: "arrow", scaleFactor: 0.7 } }, endPointOffset: { from: 0, to: 3 } },
      disagrees: { color: theme.disagrees, width: guessed ? 1.8 : thick, dashes: guessed ? [7, 5] : false, arrows: { to: { enabled: true, type: "bar", scaleFactor: 0.7 } }, endPointOffset: { from: 0, to: 5 } },
    }[edge.kind];
    const crowded = view.edges.length > 1200; // so many lines are a veil: what is stated shines through it
    const bent = edge.kind === "agrees" || edge.kind === "disagrees";
    return { ...style, color: { color: style.color, hover: style.color, highlight: style.color, opacity: faint ? 0.28 : crowded && !edge.edge.hosts ? 0.16 : 1 }, ...(bent ? { smooth: { enabled: true, type: bow, roundness: 0.18 } } : {}) };
  }

  // ------------------------------------------------------------------ names

  const meter = document.createElement("canvas").getContext("2d");
  const widths = new Map();
  function widthOf(text, font) {
    const key = font + text;
    if (!widths.has(key)) { meter.font = font; widths.set(key, meter.measureText(text).width); }
    return widths.get(key);
  }

  const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

  // Rectangles in buckets of 80 pixels, so that a thousand names are placed between two frames.
  function ground() {
    const cells = new Map();
    const each = (box, act) => {
      for (let c = Math.floor(box.left / 80); c <= Math.floor(box.right / 80); c++)
        for (let r = Math.floor(box.top / 80); r <= Math.floor(box.bottom / 80); r++) if (act(c * 4096 + r)) return true;
      return false;
    };
    return {
      free: (box, own) => !each(box, (cell) => (cells.get(cell) || []).some((other) => other.owner !== own && meets(box, other))),
      take: (box) => { each(box, (cell) => { cells.set(cell, [...(cells.get(cell) || []), box]); return false; }); },
    };
  }

  function names(ctx) {
    const ratio = ctx.canvas.width / ctx.canvas.clientWidth;
    const width = ctx.canvas.clientWidth, height = ctx.canvas.clientHeight, scale = network.getScale();
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.lineJoin = "round"; ctx.textBaseline = "middle";
    const taken = ground(), shown = [], k = grown();
    drawn = [];
    let tried = 0;
    for (const id of view.order) {
      const node = model.nodes.get(id), { x, y } = network.canvasToDOM({ x: node.x, y: node.y });
      if (x < -200 || y < -80 || x > width + 200 || y > height + 80) continue;
      const r = (node.kind === "claim" ? 13 : (id === view.chosen ? glyph.R + 7 : glyph.R) * k) * scale;
      if (r > 4 || tried < NAMED) taken.take({ left: x - r, right: x + r, top: y - r, bottom: y + r, owner: id });
      if (node.kind !== "claim" && node.kind !== "topic" && r > 8 && view.count(node) && !view.open.has(id)) taken.take({ left: x + 7 * k * scale, right: x + 32 * k * scale, top: y - 31 * k * scale, bottom: y - 9 * k * scale, owner: id });
      if (node.kind !== "claim" && tried++ < NAMED) shown.push({ node, x, y, r });
    }
    const size = Math.min(15, Math.max(11.5, 13 * Math.sqrt(scale)));
    const named = shown.map((item) => nameOf(ctx, taken, item, size)).filter(Boolean), told = new Set();
    if (scale >= 0.45) for (const edge of view.edges) if (edge.label && edgeLabel(ctx, taken, edge, size * 0.93)) told.add(edge.from);
    // A post that has no room on its link stands under the name, if there is room.
    for (const name of named) if (name.node.kind === "person" && !told.has(name.node.id)) postOf(ctx, taken, name, size * 0.93);
    ctx.restore();
  }

  function nameOf(ctx, taken, { node, x, y, r }, size) {
    const font = `600 ${size}px ${kg.theme.sans}`, leading = size * 1.28;
    const wide = Math.max(...node.lines.map((line) => widthOf(line, font))), tall = leading * node.lines.length;
    const sides = [
      [x, y + r + 5 + tall / 2, "center"], [x, y - r - 5 - tall / 2, "center"],
      [x + r + 7 + wide / 2, y, "left"], [x - r - 7 - wide / 2, y, "right"],
      ...[y + r + 5 + tall / 2, y - r - 5 - tall / 2].flatMap((row) => [[x - r + wide / 2, row, "left"], [x + r - wide / 2, row, "right"]]),
    ];
    const box = ([cx, cy]) => ({ left: cx - wide / 2 - 2, right: cx + wide / 2 + 2, top: cy - tall / 2, bottom: cy + tall / 2, owner: `name ${node.id}`, text: node.name });
    const inside = (place) => box(place).left > 2 && box(place).right < ctx.canvas.clientWidth - 2 && box(place).top > 2 && box(place).bottom < ctx.canvas.clientHeight;
    const side = sides.find((place) => inside(place) && taken.free(box(place), null));
    if (!side) return;
    const at = side[2] === "center" ? side[0] : side[2] === "left" ? side[0] - wide / 2 : side[0] + wide / 2;
    taken.take(box(side));
    write(ctx, { ...box(side), font, align: side[2], fill: kg.theme.ink, alpha: dimmed(node.id) ? 0.5 : 1, lines: node.lines.map((line, i) => [line, at, side[1] - tall / 2 + leading * (i + 0.5)]) });
    return { node, at, align: side[2], bottom: side[1] + tall / 2 };
  }

  function postOf(ctx, taken, { node, at, align, bottom }, size) {
    node.post ??= kg.lists.excerpt(model.postLine(node), 34);
    if (!node.post) return;
    const font = `${size}px ${kg.theme.sans}`, wide = widthOf(node.post, font), left = align === "center" ? at - wide / 2 : align === "left" ? at : at - wide;
    const box = { left: left - 2, right: left + wide + 2, top: bottom, bottom: bottom + size * 1.28, owner: `post ${node.id}`, text: node.post };
    if (box.left < 2 || box.right > ctx.canvas.clientWidth - 2 || box.bottom > ctx.canvas.clientHeight || !taken.free(box, null)) return;
    taken.take(box);
    write(ctx, { ...box, font, align, fill: kg.theme.soft, alpha: dimmed(node.id) ? 0.4 : 1, lines: [[node.post, at, bottom + size * 0.6]] });
  }

  function edgeLabel(ctx, taken, edge, size) {
    const line = network.body.edges[edge.id];
    if (!line || !line.connected) return false;
    const font = `${size}px ${kg.theme.sans}`, wide = widthOf(edge.label, font), tall = size * 1.3;
    for (const part of [0.5, 0.44, 0.56, 0.38, 0.62, 0.3, 0.7]) {
      const { x, y } = network.canvasToDOM(line.edgeType.getPoint(part));
      const box = { left: x - wide / 2 - 3, right: x + wide / 2 + 3, top: y - tall / 2, bottom: y + tall / 2, owner: `edge ${edge.id}`, text: edge.label };
      if (!taken.free(box, null)) continue;
      taken.take(box);
      const fill = { agrees: kg.theme["agrees-text"], disagrees: kg.theme["disagrees-text"] }[edge.kind] || kg.theme.soft;
      write(ctx, { ...box, font, align: "center", fill, alpha: edgeStyle(edge).color.opacity < 1 ? 0.25 : 1, lines: [[edge.label, x, y]] });
      return true;
    }
    return false;
  }

  // Words with a halo, remembered: tests measure their boxes, a saved picture prints them again.
  function write(ctx, words) {
    drawn.push(words);
    ctx.font = words.font; ctx.textAlign = words.align; ctx.globalAlpha = words.alpha;
    for (const [text, x, y] of words.lines) {
      ctx.lineWidth = 5; ctx.strokeStyle = kg.theme.stage; ctx.strokeText(text, x, y);
      ctx.fillStyle = words.fill; ctx.fillText(text, x, y);
    }
    ctx.globalAlpha = 1;
  }

  // ------------------------------------------------------------------ what is shown

  function sync(next) {
    view = next;
    // Speakers before the others, those who say most first: who is named first finds room.
    const heavy = new Map([...view.visible].map((id) => [id, weight(id)]));
    view.order = [...view.visible].sort((a, b) => heavy.get(b) - heavy.get(a) || a - b);
    for (const id of view.visible) {
      const node = model.nodes.get(id);
      if (node.kind !== "claim") [node.x, node.y] = view.places ? view.places.get(id) : node[view.first ? `first_${screen}` : screen];
    }
    for (const id of view.open) {
      const host = model.nodes.get(id), claims = view.claims(host);
      model.fan(claims.length).forEach(([dx, dy], i) => Object.assign(model.nodes.get(claims[i]), { x: Math.round(host.x + dx), y: Math.round(host.y + dy) }));
    }
    nodes.remove(nodes.getIds().filter((id) => !view.visible.has(id)));
    const added = [], moved = [];
    for (const id of view.visible) {
      const { x, y } = model.nodes.get(id), known = nodes.get(id);
      if (!known) added.push({ id, x, y, shape: "custom", size: model.nodes.get(id).kind === "claim" ? 11 : glyph.R, ctxRenderer: renderer });
      else if (known.x !== x || known.y !== y) moved.push({ id, x, y });
    }
    nodes.add(added); nodes.update(moved);
    // What is as it was is left alone: vis-network takes longest over the options of a link.
    const lines = new Map(view.edges.map((edge) => [edge.id, edge])), fresh = [], restyled = [];
    edges.remove(edges.getIds().filter((id) => !lines.has(id)));
    for (const edge of view.edges) {
      const style = edgeStyle(edge), key = `${edge.from} ${edge.to} ${style.color.color} ${style.color.opacity} ${style.width} ${style.dashes} ${style.smooth && style.smooth.type}`;
      if (styles.get(edge.id) === key && edges.get(edge.id)) continue;
      (edges.get(edge.id) ? restyled : fresh).push({ id: edge.id, from: edge.from, to: edge.to, ...style });
      styles.set(edge.id, key);
    }
    edges.add(fresh); edges.update(restyled);
    if (network) network.body.emitter.emit("_requestRedraw"); else begin();
  }

  function weight(id) {
    const node = model.nodes.get(id);
    if (id === view.chosen || id === hovered) return 1e6;
    return node.kind === "claim" ? -1 : (view.lit && view.lit.has(id) ? 1e5 : 0) + view.count(node) * (node.kind === "topic" ? 2 : 10) + (node.kind === "person" ? 1 : 0);
  }

  // All that is visible, or the nodes given, with room for names and the legend.
  function fit(ids = null, animate = true) {
    const list = (ids || view.order).map((id) => model.nodes.get(id)).filter((node) => node && view.visible.has(node.id));
    if (!list.length) return;
    const width = holder.clientWidth, height = holder.clientHeight, { canvas } = network.canvas.frame;
    if (canvas.clientWidth !== width || canvas.clientHeight !== height) { network.setSize("100%", "100%"); network.redraw(); } // else the middle would be that of before
    const legend = document.querySelector(".legend").getBoundingClientRect(), strip = document.getElementById("strip").getBoundingClientRect();
    const foot = Math.min(legend.height + 30, height * 0.35), head = Math.max(26, strip.height ? strip.height + 30 : 0), side = 14;
    // A name keeps its size on the screen, so the room it takes on the map depends on the zoom that is sought: a few rounds settle it.
    const half = (node) => (node.kind === "claim" ? 15 : Math.max(30, ...node.lines.map((line) => (list.length > 500 ? line.length * 3.6 : widthOf(line, `600 13px ${kg.theme.sans}`) / 2 + 4))));
    const most = Math.max(40, width * 0.09); // at the border of a narrow screen a name stands on the other side
    let scale = 1, left, right, top, bottom;
    for (let round = 0; round < 6; round++) {
      left = Math.min(...list.map((n) => n.x - Math.min(half(n), most) / scale)); right = Math.max(...list.map((n) => n.x + Math.min(half(n), most) / scale));
      top = Math.min(...list.map((n) => n.y - 34)); bottom = Math.max(...list.map((n) => n.y + 26 + (n.kind === "claim" ? 0 : 18 * n.lines.length) / scale));
      scale = Math.min((width - 2 * side) / Math.max(right - left, 1), (height - head - foot) / Math.max(bottom - top, 1), ids ? 1.15 : 1.3);
    }
    const position = { x: (left + right) / 2, y: (top + bottom) / 2 + (foot - head) / 2 / scale };
    network.moveTo({ position, scale, animation: animate && !still.matches ? { duration: 450, easingFunction: "easeInOutCubic" } : false });
  }

  // Bring a node into sight if it is outside or small, with those that it has to do with; otherwise leave the map in peace.
  function reveal(id, near, animate = true) {
    const node = model.nodes.get(id);
    if (!node || !view.visible.has(id)) return;
    const { x, y } = network.canvasToDOM({ x: node.x, y: node.y });
    if (x > 60 && y > 60 && x < holder.clientWidth - 60 && y < holder.clientHeight - 90 && network.getScale() > 0.75) return;
    const close = near.filter((other) => { const one = model.nodes.get(other); return view.visible.has(other) && Math.hypot(one.x - node.x, one.y - node.y) < 700; });
    fit([id, ...close], animate);
  }

  // Two pictures are in the page; the one that suits the screen is taken once, so that nothing jumps when a window is resized.
  const screen = holder.clientWidth < holder.clientHeight * 1.05 ? "tall" : "wide";

  // Somebody in the middle and the others in rings around, by the number of links, each ring in the order of those whom it hangs on.
  function rings(circles, room) {
    const places = new Map([[circles[0][0], [0, 0]]]), stretch = screen === "wide" ? 1.3 : 0.8, kind = (id) => Object.keys(model.kinds).indexOf(model.nodes.get(id).kind);
    const turn = new Map();
    let radius = 0;
    circles.slice(1).forEach((ring, depth) => {
      radius = Math.max(radius + 165, depth ? 0 : Math.max(205, room + 95), (ring.length * (screen === "wide" ? 100 : 120)) / (2 * Math.PI));
      const order = [...ring].sort((a, b) => (depth ? turn.get(a.via) - turn.get(b.via) : 0) || kind(a.id) - kind(b.id) || a.id - b.id);
      // One alone stands to the side; several begin where the names of two neighbours are least in each other's way.
      order.forEach(({ id }, i) => { const angle = (2 * Math.PI * (i + (depth % 2 ? 0 : 0.5))) / order.length - Math.PI / 2; turn.set(id, angle); places.set(id, [Math.round(radius * stretch * Math.cos(angle)), Math.round(radius * Math.sin(angle))]); });
    });
    return places;
  }

  // vis-network takes its first nodes and links at once: handed over one batch after the other, it would draw them as often.
  let wiring = null;
  const start = (on) => { wiring = on; };
  function begin() {
    const on = wiring, many = model.drawn.length > 700, interaction = { ...model.data.options.interaction, hideEdgesOnDrag: many, hideEdgesOnZoom: many };
    network = new vis.Network(holder, { nodes, edges }, { ...model.data.options, interaction });
    holder.querySelectorAll("[tabindex]").forEach((element) => element.setAttribute("tabindex", "-1"));
    holder.querySelectorAll("canvas").forEach((canvas) => canvas.setAttribute("aria-hidden", "true"));
    network.on("afterDrawing", names);
    network.on("click", ({ nodes: hit, edges: lines }) => on.click(hit[0] ?? null, hit.length ? null : lines[0] ?? null));
    network.on("doubleClick", ({ nodes: hit }) => hit.length && on.ego(hit[0]));
    const hover = (what) => ({ node, edge, event }) => { hovered = what === "node" ? node : null; holder.style.cursor = "pointer"; on.hover(what === "node" ? { node } : { edge }, event); if (what === "node") network.redraw(); };
    network.on("hoverNode", hover("node"));
    network.on("hoverEdge", hover("edge"));
    for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(name, () => { hovered = null; holder.style.cursor = ""; on.hover(null); });
    // Dragging a node is remembered, so that its name follows it.
    network.on("dragging", ({ nodes: moved }) => { for (const id of moved) Object.assign(model.nodes.get(id), network.getPosition(id)); });
  }

  return { start, sync, fit, reveal, redraw: () => network.redraw(), labels: () => drawn.map(({ left, right, top, bottom, owner, text }) => ({ left, right, top, bottom, owner, text })), words: () => drawn, view: () => view, paint, grown, edgeStyle, rings, network: () => network, at: (id) => network.canvasToDOM(network.getPosition(id)) };
})();
