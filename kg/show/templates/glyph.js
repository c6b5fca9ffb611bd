"use strict";
// What stands for whom: a shape and a colour for each kind, drawn on the map, in lists and in the legend alike.

kg.glyph = (() => {
  const R = 22;
  const colour = (name) => kg.theme[name];

  function outline(ctx, kind, x, y, r) {
    ctx.beginPath();
    if (kind === "organisation") ctx.roundRect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, r * 0.42);
    else if (kind === "place") {
      for (let i = 0; i < 6; i++) ctx.lineTo(x + r * Math.cos((Math.PI / 3) * i), y + r * Math.sin((Math.PI / 3) * i));
      ctx.closePath();
    } else if (kind === "work") {
      ctx.moveTo(x, y - r * 1.08); ctx.lineTo(x + r * 1.08, y); ctx.lineTo(x, y + r * 1.08); ctx.lineTo(x - r * 1.08, y); ctx.closePath();
    } else if (kind === "group") {
      ctx.moveTo(x, y - r); ctx.lineTo(x + r * 1.05, y + r * 0.8); ctx.lineTo(x - r * 1.05, y + r * 0.8); ctx.closePath();
    } else if (kind === "topic") ctx.roundRect(x - r * 0.95, y - r * 0.6, r * 1.9, r * 1.2, r * 0.6);
    else ctx.arc(x, y, r, 0, 2 * Math.PI);
  }

  function agent(ctx, node, x, y, r = R, letters = true) {
    ctx.lineJoin = "round";
    // Many voices: two more outlines show behind.
    if (node.members) for (const back of [0.36, 0.18]) { outline(ctx, node.kind, x + r * back, y - r * back, r); ctx.fillStyle = colour("stage"); ctx.fill(); ctx.lineWidth = Math.max(1, r * 0.06); ctx.strokeStyle = colour(node.kind); ctx.stroke(); }
    outline(ctx, node.kind, x, y, r);
    if (node.kind === "topic") {
      ctx.fillStyle = colour("card"); ctx.fill();
      ctx.lineWidth = Math.max(1.3, r * 0.09); ctx.strokeStyle = colour("topic"); ctx.stroke();
    } else if (node.kind === "unnamed") {
      ctx.fillStyle = colour("stage"); ctx.fill();
      ctx.setLineDash([r * 0.2, r * 0.16]); ctx.lineWidth = Math.max(1.5, r * 0.1); ctx.strokeStyle = colour("unnamed"); ctx.stroke(); ctx.setLineDash([]);
    } else {
      ctx.fillStyle = colour(node.kind); ctx.fill();
      if (node.kind === "place") { ctx.lineWidth = r * 0.06; ctx.strokeStyle = colour("soft"); ctx.stroke(); }
    }
    if (!letters) return;
    ctx.fillStyle = colour(`${node.kind}-ink`);
    ctx.font = `600 ${r * (node.kind === "group" ? 0.5 : 0.62)}px ${kg.theme.sans}`;
    ctx.textAlign = "center"; ctx.textBaseline = "middle";
    ctx.fillText(node.members ? String(node.members.length) : { unnamed: "?", topic: "#" }[node.kind] || node.initials, x, y + r * (node.kind === "group" ? 0.28 : 0.04));
  }

  // A speech bubble, full for quoted words, hollow for reported ones.
  function bubble(ctx, x, y, text, { full = true, scale = 1 } = {}) {
    const size = 11.5 * scale, height = 19 * scale;
    ctx.font = `600 ${size}px ${kg.theme.sans}`;
    const width = Math.max(22 * scale, ctx.measureText(text).width + 11 * scale);
    const left = x - width / 2, right = x + width / 2, top = y - height / 2, bottom = y + height / 2, r = 6.5 * scale;
    ctx.beginPath();
    ctx.moveTo(left + r, top); ctx.lineTo(right - r, top); ctx.quadraticCurveTo(right, top, right, top + r); ctx.lineTo(right, bottom - r); ctx.quadraticCurveTo(right, bottom, right - r, bottom);
    ctx.lineTo(left + 11 * scale, bottom); ctx.lineTo(left + 5 * scale, bottom + 4.5 * scale); ctx.lineTo(left + 5.5 * scale, bottom - 0.5 * scale);
    ctx.quadraticCurveTo(left, bottom, left, bottom - r); ctx.lineTo(left, top + r); ctx.quadraticCurveTo(left, top, left + r, top); ctx.closePath();
    ctx.fillStyle = full ? colour("ink") : colour("card"); ctx.fill();
    ctx.lineWidth = 1.5 * scale; ctx.strokeStyle = full ? colour("card") : colour("ink"); ctx.stroke();
    ctx.fillStyle = full ? colour("card") : colour("ink"); ctx.textAlign = "center"; ctx.textBaseline = "middle";
    ctx.fillText(text, x, y + 0.5 * scale);
    return width;
  }

  // A small canvas that shows a glyph beside words; the words say the same.
  function picture(kind, draw, width = 30, height = 30) {
    const canvas = kg.el("canvas", { width: width * 2, height: height * 2, "aria-hidden": "true" });
    canvas.style.width = `${width}px`; canvas.style.height = `${height}px`;
    const paint = () => {
      const ctx = canvas.getContext("2d");
      ctx.setTransform(2, 0, 0, 2, 0, 0); ctx.clearRect(0, 0, width, height);
      draw(ctx, width, height);
    };
    canvas.repaint = paint; paint();
    return canvas;
  }
  const icon = (node, size = 30, letters = true) => picture(node.kind, (ctx) => agent(ctx, node, size / 2, size / 2, size * 0.43, letters), size, size);
  return { R, agent, bubble, outline, picture, icon };
})();

kg.readTheme = () => {
  const style = getComputedStyle(document.documentElement);
  const names = ["paper", "stage", "card", "ink", "soft", "line", "accent", "edge", "mark-content", "agrees", "agrees-text", "disagrees", "disagrees-text", "sans", "serif"];
  for (const kind of Object.keys(kg.model.kinds)) names.push(kind, `${kind}-ink`);
  kg.theme = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
};
