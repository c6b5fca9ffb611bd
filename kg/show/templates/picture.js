"use strict";
// The map as a picture to keep: SVG, and PNG made from it, with title, legend and what is left out. The glyphs are those of the map: they are
// drawn with a pen that writes SVG in place of a canvas.

kg.picture = (() => {
  const { model, glyph, map } = kg;
  const FOOT = 56;
  const escape = (text) => String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
  const round = (number) => Math.round(number * 100) / 100;
  const meter = document.createElement("canvas").getContext("2d");

  class Pen {
    constructor() { Object.assign(this, { out: [], path: "", dash: [], fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, font: "10px sans-serif", textAlign: "start", globalAlpha: 1 }); }
    beginPath() { this.path = ""; }
    moveTo(x, y) { this.path += `M${round(x)} ${round(y)}`; }
    lineTo(x, y) { this.path += `${this.path ? "L" : "M"}${round(x)} ${round(y)}`; }
    quadraticCurveTo(a, b, x, y) { this.path += `Q${round(a)} ${round(b)} ${round(x)} ${round(y)}`; }
    closePath() { this.path += "Z"; }
    arc(x, y, r) { this.path += `M${round(x - r)} ${round(y)}a${round(r)} ${round(r)} 0 1 0 ${round(2 * r)} 0a${round(r)} ${round(r)} 0 1 0 ${round(-2 * r)} 0Z`; }
    roundRect(x, y, w, h, r) { const a = `a${round(r)} ${round(r)} 0 0 1`; this.path += `M${round(x + r)} ${round(y)}h${round(w - 2 * r)}${a} ${round(r)} ${round(r)}v${round(h - 2 * r)}${a} ${round(-r)} ${round(r)}h${round(2 * r - w)}${a} ${round(-r)} ${round(-r)}v${round(2 * r - h)}${a} ${round(r)} ${round(-r)}Z`; }
    fillRect(x, y, w, h) { this.out.push(`<rect x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}" fill="${this.fillStyle}"${this.alpha()}/>`); }
    alpha() { return this.globalAlpha < 1 ? ` opacity="${this.globalAlpha}"` : ""; }
    fill() { this.out.push(`<path d="${this.path}" fill="${this.fillStyle}"${this.alpha()}/>`); }
    stroke() { this.out.push(`<path d="${this.path}" fill="none" stroke="${this.strokeStyle}" stroke-width="${round(this.lineWidth)}" stroke-linejoin="round"${this.dash.length ? ` stroke-dasharray="${this.dash.map(round).join(" ")}"` : ""}${this.alpha()}/>`); }
    setLineDash(dash) { this.dash = dash; }
    measureText(text) { meter.font = this.font; return meter.measureText(text); }
    fillText(text, x, y) { this.out.push(words(text, x, y, { font: this.font, fill: this.fillStyle, align: this.textAlign, alpha: this.globalAlpha })); }
  }

  function words(text, x, y, { font, fill, align = "left", alpha = 1, halo = "" }) {
    const [, weight, size, family] = /^(?:(\d+) )?([\d.]+)px (.*)$/.exec(font);
    return `<text x="${round(x)}" y="${round(y)}" dominant-baseline="central" text-anchor="${{ center: "middle", right: "end" }[align] || "start"}" font-family="${escape(family)}" font-size="${round(+size)}"${weight ? ` font-weight="${weight}"` : ""} fill="${fill}"${halo ? ` stroke="${halo}" stroke-width="5" stroke-linejoin="round" paint-order="stroke"` : ""}${alpha < 1 ? ` opacity="${alpha}"` : ""}>${escape(text)}</text>`;
  }

  // A line from middle to middle, under the glyphs, with its head at the border of the second.
  function line(edge, scale, k) {
    const shape = map.network().body.edges[edge.id], style = map.edgeStyle(edge);
    if (!shape || !shape.connected) return "";
    const at = (share) => { const { x, y } = map.network().canvasToDOM(shape.edgeType.getPoint(share)); return [round(x), round(y)]; };
    const steps = style.smooth ? 16 : 1, points = Array.from({ length: steps + 1 }, (_, i) => at(i / steps));
    const look = `stroke="${style.color.color}" stroke-width="${round(style.width * scale * 1.05)}"${style.dashes ? ` stroke-dasharray="${style.dashes.map((part) => round(part * scale)).join(" ")}"` : ""}`;
    let head = "";
    if (style.arrows) {
      const [ex, ey] = points.at(-1), border = (model.nodes.get(edge.to).kind === "claim" ? 17 : glyph.R * k + 13) * scale;
      let share = 1;
      while (share > 0.5) { const [x, y] = at(share); if (Math.hypot(x - ex, y - ey) >= border) break; share -= 0.01; }
      const [x, y] = at(share), [bx, by] = at(share - 0.04), angle = Math.atan2(y - by, x - bx), size = 10 * Math.max(0.7, scale), turn = (along, across) => `${round(x + along * Math.cos(angle) - across * Math.sin(angle))} ${round(y + along * Math.sin(angle) + across * Math.cos(angle))}`;
      head = { arrow: `<path d="M${turn(2, 0)}L${turn(-size, size * 0.5)}L${turn(-size, -size * 0.5)}Z" fill="${style.color.color}"/>`, bar: `<path d="M${turn(0, -size * 0.8)}L${turn(0, size * 0.8)}" stroke="${style.color.color}" stroke-width="${round(3 * scale)}"/>`, diamond: `<path d="M${turn(0, 0)}L${turn(-size * 0.5, size * 0.35)}L${turn(-size, 0)}L${turn(-size * 0.5, -size * 0.35)}Z" fill="${style.color.color}"/>` }[style.arrows.to.type];
    }
    return `<g opacity="${style.color.opacity}"><path d="M${points.map((point) => point.join(" ")).join("L")}" fill="none" ${look}/>${head}</g>`;
  }

  function legend(y) {
    const pen = new Pen(), { theme } = kg, view = map.view(), kinds = new Set([...view.visible].map((id) => model.nodes.get(id).kind));
    let x = 26;
    const text = (label) => { pen.out.push(words(label, x, y, { font: `12px ${theme.sans}`, fill: theme.soft })); meter.font = `12px ${theme.sans}`; x += meter.measureText(label).width + 22; };
    for (const kind of Object.keys(model.kinds)) if (kinds.has(kind) && kind !== "claim") { glyph.agent(pen, { kind, initials: "" }, x + 6, y, 7, false); x += 19; text(model.kinds[kind][1]); }
    for (const kind of ["agrees", "disagrees"]) if (view.edges.some((edge) => edge.kind === kind)) { pen.beginPath(); pen.moveTo(x, y); pen.lineTo(x + 22, y); pen.lineWidth = 3; pen.strokeStyle = theme[kind]; pen.stroke(); x += 28; text(kind); }
    return pen.out.join("");
  }

  // Alone: with title and numbers, which a printed page has above it.
  function svg({ alone = true } = {}) {
    const holder = document.getElementById("map"), width = holder.clientWidth, { theme } = kg, view = map.view();
    const scale = map.network().getScale(), k = map.grown(), zero = map.network().canvasToDOM({ x: 0, y: 0 }), pen = new Pen();
    for (const id of [...view.order].reverse()) { const node = model.nodes.get(id); map.paint(pen, node, node.x, node.y, k, scale); }
    // Only as high as what is drawn.
    const ys = [...view.order].flatMap((id) => { const y = zero.y + model.nodes.get(id).y * scale; return [y - 36 * k * scale, y + 28 * k * scale]; }).concat(map.words().flatMap(({ top: up, bottom: down }) => [up, down]));
    const top = Math.max(0, Math.min(...ys) - 16), height = Math.max(120, Math.min(holder.clientHeight, Math.max(...ys) + 16) - top), HEAD = alone ? 80 : 0;
    const labels = map.words().flatMap((box) => box.lines.map(([text, x, y]) => words(text, x, y, { ...box, halo: theme.stage })));
    const title = document.querySelector("h1").textContent, told = [document.getElementById("summary").textContent, document.getElementById("count").firstChild && kg.filters.active() ? document.getElementById("count").textContent.replace(/\s*Show all$/, "") : "", document.getElementById("strip").dataset.text || ""].filter(Boolean).join(" · ");
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${round(height + HEAD + FOOT)}" viewBox="0 0 ${width} ${round(height + HEAD + FOOT)}"><title>${escape(title)}</title><rect width="100%" height="100%" fill="${theme.stage}"/>`
      + (!alone ? "" : words(title, 26, 32, { font: `600 24px ${theme.serif}`, fill: theme.ink }) + words(told, 26, 59, { font: `13px ${theme.sans}`, fill: theme.soft }))
      + `<svg y="${HEAD}" width="${width}" height="${height}" viewBox="0 ${round(top)} ${width} ${round(height)}">${view.edges.map((edge) => line(edge, scale, k)).join("")}<g transform="translate(${round(zero.x)} ${round(zero.y)}) scale(${scale})">${pen.out.join("")}</g>${labels.join("")}</svg>`
      + legend(height + HEAD + FOOT / 2) + "</svg>";
  }

  async function png(factor = 2) {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg().toWellFormed())}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * factor; canvas.height = image.naturalHeight * factor;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  function save(blob, name) {
    const address = URL.createObjectURL(blob), link = kg.el("a", { href: address, download: name });
    document.body.append(link); link.click(); link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    kg.say(`${name} saved`);
  }

  const name = () => (document.title.normalize("NFKD").replace(/[^\w]+/g, "-").replace(/^-+|-+$/g, "").toLowerCase().slice(0, 60) || "map");
  return { svg, png, saveSvg: () => save(new Blob([svg()], { type: "image/svg+xml" }), `${name()}.svg`), savePng: async () => save(await png(), `${name()}.png`) };
})();
