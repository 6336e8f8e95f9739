// A timeline on one canvas: lanes, density zoomed out, single events zoomed in. No library.
const DAY = 86400000;
const BINS = [1, 7, 14, 28, 91, 364, 1820, 3640];
const LIGHT = ["#b5382d", "#dc9a90", "#94b9dc", "#2a65a3"];
const DARK = ["#e0685c", "#8e5450", "#46688c", "#6fa8dd"];
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const views = new WeakMap();

function decode(text, Type) {
  if (!text) return new Type(0);
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return new Type(bytes.buffer);
}
const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
function say(day) {
  const d = new Date(day * DAY);
  return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
}
const sayRange = (a, b) => (a >= b ? say(a) : `${say(a)} – ${say(b)}`);
const lowest = (sorted, value) => {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

class Timeline {
  constructor(parent) {
    this.root = document.createElement("div");
    this.root.className = "timeline";
    const bar = document.createElement("div");
    bar.className = "bar";
    this.note = document.createElement("span");
    this.note.className = "note";
    this.where = document.createElement("span");
    this.where.className = "where";
    const buttons = document.createElement("span");
    buttons.className = "buttons";
    for (const [label, title, act] of [
      ["−", "Zoom out (−)", () => this.zoom(1.6)],
      ["+", "Zoom in (+)", () => this.zoom(1 / 1.6)],
      ["Fit", "Show everything (0)", () => this.fit()],
    ]) {
      const button = document.createElement("button");
      button.textContent = label;
      button.title = title;
      button.setAttribute("aria-label", title);
      button.onclick = act;
      buttons.appendChild(button);
    }
    bar.append(this.note, this.where, buttons);
    this.canvas = document.createElement("canvas");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.tip = document.createElement("div");
    this.tip.className = "tip";
    this.live = document.createElement("div");
    this.live.className = "live";
    this.live.setAttribute("aria-live", "polite");
    const help = document.createElement("div");
    help.className = "help";
    help.textContent =
      "Drag to move · Ctrl and wheel to zoom · Shift and drag to choose days · keys: ← → move, + − zoom, n p next and previous event, Enter opens it";
    this.root.append(bar, this.canvas, this.tip, this.live, help);
    parent.appendChild(this.root);
    this.focus = -1;
    this.brush = null;
    this.hits = [];
    this.listen();
  }

  set(data, report) {
    this.report = report;
    this.brush = data.brush ? { a: data.brush[0], b: data.brush[1] + 1 } : null;
    if (this.token === data.token) return this.draw();
    this.token = data.token;
    this.data = data;
    const events = data.events;
    this.first = decode(events.first, Int32Array);
    this.last = decode(events.last, Int32Array);
    this.quad = decode(events.quad, Uint8Array);
    this.weight = decode(events.weight, Uint8Array);
    this.vague = decode(events.vague, Uint8Array);
    this.ids = events.ids ? events.ids.split(",") : [];
    this.labels = events.labels || [];
    this.order = Array.from(this.first.keys()).sort((a, b) => this.first[a] - this.first[b] || a - b);
    this.laneOf = new Map();
    this.lanes = data.lanes.map((lane, index) => {
      const rows = Array.from(decode(lane.events, Int32Array)).sort((a, b) => this.first[a] - this.first[b]);
      for (const row of rows) if (!this.laneOf.has(row)) this.laneOf.set(row, index);
      return {
        ...lane,
        rows,
        starts: rows.map((r) => this.first[r]),
        longest: rows.reduce((most, r) => Math.max(most, this.last[r] - this.first[r]), 0),
        bins: lane.bins ? { first: decode(lane.bins.first, Int32Array), last: decode(lane.bins.last, Int32Array), counts: decode(lane.bins.counts, Uint32Array) } : null,
      };
    });
    this.order = this.order.filter((row) => this.laneOf.has(row));
    this.focus = -1;
    this.note.textContent = data.note;
    this.canvas.setAttribute("aria-label", data.label);
    this.a = data.view[0];
    this.b = data.view[1] + 1;
    this.pad();
    this.size();
  }

  pad() {
    const margin = Math.max(1, (this.b - this.a) * 0.015);
    this.a -= margin;
    this.b += margin;
  }

  listen() {
    const canvas = this.canvas;
    let drag = null;
    const at = (event) => {
      const box = canvas.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    canvas.addEventListener("pointerdown", (event) => {
      const [x, y] = at(event);
      drag = { x, y, a: this.a, b: this.b, brush: event.shiftKey, moved: false };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      const [x, y] = at(event);
      if (!drag) return this.point(x, y);
      if (Math.abs(x - drag.x) > 3) drag.moved = true;
      if (!drag.moved) return;
      this.tip.style.display = "none";
      if (drag.brush) {
        const days = [this.day(drag.x), this.day(x)].sort((p, q) => p - q);
        this.brush = { a: Math.floor(days[0]), b: Math.floor(days[1]) + 1 };
      } else {
        const shift = ((drag.x - x) / this.plot) * (drag.b - drag.a);
        this.a = drag.a + shift;
        this.b = drag.b + shift;
      }
      this.draw();
    });
    canvas.addEventListener("pointerup", (event) => {
      if (!drag) return;
      const [x, y] = at(event);
      const was = drag;
      drag = null;
      if (was.moved && was.brush) this.report("range", [iso(this.brush.a), iso(this.brush.b - 1)]);
      else if (!was.moved) this.click(x, y);
    });
    canvas.addEventListener("pointerleave", () => (this.tip.style.display = "none"));
    canvas.addEventListener("dblclick", (event) => this.zoom(0.5, this.day(at(event)[0])));
    canvas.addEventListener(
      "wheel",
      (event) => {
        if (event.ctrlKey || event.metaKey) {
          event.preventDefault();
          this.zoom(Math.exp(event.deltaY * 0.002), this.day(at(event)[0]));
        } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
          event.preventDefault();
          this.move(event.deltaX / this.plot);
        }
      },
      { passive: false },
    );
    canvas.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const acts = {
        ArrowLeft: () => this.move(-0.15), ArrowRight: () => this.move(0.15),
        "+": () => this.zoom(1 / 1.6), "=": () => this.zoom(1 / 1.6), "-": () => this.zoom(1.6), "−": () => this.zoom(1.6),
        0: () => this.fit(), n: () => this.step(1), p: () => this.step(-1),
        Enter: () => this.open(this.focus),
        Escape: () => { this.focus = -1; this.tip.style.display = "none"; this.draw(); },
      };
      const act = acts[event.key];
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    });
    this.observer = new ResizeObserver(() => this.size());
    this.observer.observe(this.root);
    this.timer = setInterval(() => {
      const now = getComputedStyle(this.root).getPropertyValue("--st-background-color");
      if (now !== this.background) this.draw();
    }, 600);
  }

  close() {
    this.observer.disconnect();
    clearInterval(this.timer);
  }

  day(x) { return this.a + ((x - this.gutter) / this.plot) * (this.b - this.a); }
  x(day) { return this.gutter + ((day - this.a) / (this.b - this.a)) * this.plot; }

  move(part) {
    const shift = part * (this.b - this.a);
    this.a += shift;
    this.b += shift;
    this.draw();
  }

  zoom(factor, about) {
    const span = this.b - this.a;
    const wanted = Math.min(Math.max(span * factor, 3), 400000);
    const centre = about ?? (this.focus >= 0 ? this.first[this.focus] + 0.5 : (this.a + this.b) / 2);
    const part = (centre - this.a) / span;
    this.a = centre - part * wanted;
    this.b = this.a + wanted;
    this.draw();
  }

  fit() {
    this.a = this.data.extent[0];
    this.b = this.data.extent[1] + 1;
    this.pad();
    this.draw();
  }

  step(by) {
    if (!this.order.length) return;
    let at = this.focus < 0 ? -1 : this.order.indexOf(this.focus);
    if (at < 0) {
      const starts = this.order.map((row) => this.first[row]);
      at = by > 0 ? lowest(starts, Math.floor(this.a)) - 1 : lowest(starts, Math.ceil(this.b));
    }
    at = Math.min(Math.max(at + by, 0), this.order.length - 1);
    this.focus = this.order[at];
    const day = this.first[this.focus] + 0.5;
    const span = this.b - this.a;
    if (this.plot / span < 14) {
      const wanted = this.plot / 16;
      this.a = day - wanted / 2;
      this.b = day + wanted / 2;
    } else if (day < this.a + span * 0.05 || day > this.b - span * 0.05) {
      this.a = day - span / 2;
      this.b = day + span / 2;
    }
    this.draw();
    const hit = this.hits.find((h) => h.row === this.focus);
    if (hit) this.show(hit.x + hit.w / 2, hit.y, this.describe(this.focus));
    this.live.textContent = this.describe(this.focus).join(", ");
  }

  open(row) {
    if (row >= 0 && this.ids[row]) this.report("open", this.ids[row]);
  }

  click(x, y) {
    const hit = this.hit(x, y);
    if (!hit) return;
    if (hit.row !== undefined) {
      this.focus = hit.row;
      this.open(hit.row);
    } else if (this.data.binned) {
      this.report("range", [iso(hit.a), iso(hit.b - 1)]);
    } else {
      const centre = (hit.a + hit.b) / 2;
      const span = Math.max((this.b - this.a) / 3, Math.min(this.plot / 16, this.b - this.a));
      this.a = centre - span / 2;
      this.b = centre + span / 2;
      this.draw();
    }
  }

  hit(x, y) {
    for (let i = this.hits.length - 1; i >= 0; i--) {
      const h = this.hits[i];
      if (x >= h.x - 1 && x <= h.x + h.w + 1 && y >= h.y - 1 && y <= h.y + h.h + 1) return h;
    }
    return null;
  }

  describe(row) {
    const when = `${this.vague[row] ? this.data.vague + " " : ""}${sayRange(this.first[row], this.last[row])}`;
    const told = this.weight[row] === 1 ? "1 independent origin" : `${this.weight[row]} independent origins`;
    return [this.labels[row] || this.data.quads[this.quad[row]], `${when} · ${told}`];
  }

  point(x, y) {
    const hit = this.hit(x, y);
    this.canvas.style.cursor = hit ? "pointer" : x > this.gutter ? "grab" : "default";
    if (!hit) return (this.tip.style.display = "none");
    const lines = hit.row !== undefined ? this.describe(hit.row) : [
      sayRange(hit.a, hit.b - 1),
      hit.counts.map((n, i) => (n ? `${n} ${this.data.quads[i].toLowerCase()}` : "")).filter(Boolean).join(" · "),
    ];
    this.show(x, y, lines);
  }

  show(x, y, lines) {
    this.tip.replaceChildren(
      ...lines.filter(Boolean).map((line, i) => {
        const part = document.createElement("div");
        part.textContent = line;
        if (i) part.className = "second";
        return part;
      }),
    );
    this.tip.style.display = "block";
    const wide = this.root.clientWidth;
    this.tip.style.left = `${Math.max(4, Math.min(x + 14, wide - this.tip.offsetWidth - 6))}px`;
    this.tip.style.top = `${this.canvas.offsetTop + y + 18}px`;
  }

  size() {
    const width = this.root.clientWidth;
    if (!width || !this.lanes) return;
    this.gutter = Math.min(190, Math.max(110, width * 0.15));
    this.plot = Math.max(60, width - this.gutter - 8);
    this.lane = Math.max(52, Math.min(96, Math.floor(600 / Math.max(1, this.lanes.length))));
    const height = 30 + this.lanes.length * this.lane + 6;
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.canvas.style.height = `${height}px`;
    this.width = width;
    this.height = height;
    this.ratio = ratio;
    this.draw();
  }

  colours() {
    const style = getComputedStyle(this.root);
    this.background = style.getPropertyValue("--st-background-color");
    const probe = document.createElement("i");
    const rgb = (value) => {
      probe.style.color = value;
      return (getComputedStyle(probe).color.match(/[\d.]+/g) || [0, 0, 0]).slice(0, 3).map(Number);
    };
    this.root.appendChild(probe);
    const back = rgb(this.background.trim() || "#fff");
    const ink = rgb(style.getPropertyValue("--st-text-color").trim() || "#222");
    probe.remove();
    const mix = (part) => `rgb(${ink.map((v, i) => Math.round(v * part + back[i] * (1 - part))).join(",")})`;
    const dark = 0.299 * back[0] + 0.587 * back[1] + 0.114 * back[2] < 128;
    return { ink: mix(1), soft: mix(0.64), faint: mix(0.13), wash: mix(0.035), back: mix(0), quads: dark ? DARK : LIGHT, accent: style.getPropertyValue("--st-primary-color").trim() || mix(1), font: style.getPropertyValue("--st-font") || "sans-serif" };
  }

  draw() {
    if (!this.width || !this.lanes) return;
    const c = this.canvas.getContext("2d");
    const col = this.colours();
    c.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    c.clearRect(0, 0, this.width, this.height);
    this.hits = [];
    this.axis(c, col);
    this.lanes.forEach((lane, i) => {
      const y = 30 + i * this.lane;
      if (i % 2 === 0) {
        c.fillStyle = col.wash;
        c.fillRect(0, y, this.width, this.lane);
      }
    });
    this.grid(c, col);
    const packed = this.data.binned ? null : this.pack();
    if (packed) this.singles(c, col, packed);
    else this.density(c, col);
    this.names(c, col);
    if (this.brush) {
      const x0 = Math.max(this.gutter, this.x(this.brush.a));
      const x1 = Math.min(this.width - 8, this.x(this.brush.b));
      if (x1 > x0) {
        c.globalAlpha = 0.12;
        c.fillStyle = col.accent;
        c.fillRect(x0, 28, x1 - x0, this.height - 34);
        c.globalAlpha = 1;
        c.strokeStyle = col.accent;
        c.strokeRect(x0 + 0.5, 28.5, x1 - x0 - 1, this.height - 35);
      }
    }
    const what = packed ? "single events" : this.data.binned ? this.data.binned : { 1: "columns of one day", 7: "columns of one week" }[this.bin] || `columns of ${this.bin} days`;
    this.where.textContent = `${sayRange(Math.ceil(this.a), Math.floor(this.b) - 1)} · ${what}`;
  }

  ticks() {
    const span = this.b - this.a;
    const perDay = this.plot / span;
    const found = [];
    const start = new Date(this.a * DAY);
    if (perDay > 26) {
      const step = perDay > 60 ? 1 : 2;
      for (let d = Math.ceil(this.a / step) * step; d < this.b; d += step) found.push([d, `${new Date(d * DAY).getUTCDate()} ${MONTHS[new Date(d * DAY).getUTCMonth()]}`, false]);
    } else if (perDay > 6.5) {
      for (let d = Math.floor((this.a + 3) / 7) * 7 - 3; d < this.b; d += 7) found.push([d, `${new Date(d * DAY).getUTCDate()} ${MONTHS[new Date(d * DAY).getUTCMonth()]}`, false]);
    } else {
      const months = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200].find((m) => m * 30.4 * perDay > 58) || 2400;
      let month = start.getUTCFullYear() * 12 + start.getUTCMonth();
      month -= month % months;
      for (; ; month += months) {
        const date = new Date(0);
        date.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
        const d = date.getTime() / DAY;
        if (d > this.b || found.length > 200) break;
        found.push([d, months >= 12 || month % 12 === 0 ? String(Math.floor(month / 12)) : MONTHS[month % 12], month % 12 === 0]);
      }
    }
    return found.filter(([d]) => d >= this.a);
  }

  axis(c, col) {
    c.font = `12px ${col.font}`;
    c.textBaseline = "alphabetic";
    c.textAlign = "left";
    let free = -1;
    const year = new Date(this.a * DAY).getUTCFullYear();
    let first = true;
    for (const [d, label, strong] of this.ticks()) {
      const x = this.x(d);
      let text = label;
      if (first && !/^\d{4}$/.test(label)) text = `${label} ${new Date(d * DAY).getUTCFullYear() || year}`;
      const wide = c.measureText(text).width;
      if (x < free || x + wide > this.width) continue;
      c.fillStyle = strong ? col.ink : col.soft;
      c.fillText(text, x + 4, 18);
      free = x + wide + 16;
      first = false;
    }
    c.fillStyle = col.faint;
    c.fillRect(0, 29, this.width, 1);
  }

  grid(c, col) {
    c.fillStyle = col.faint;
    for (const [d] of this.ticks()) {
      const x = Math.round(this.x(d));
      if (x > this.gutter) c.fillRect(x, 24, 1, this.height - 30);
    }
  }

  names(c, col) {
    this.lanes.forEach((lane, i) => {
      const y = 30 + i * this.lane;
      c.fillStyle = col.back;
      c.fillRect(0, y, this.gutter - 6, this.lane);
      if (i % 2 === 0) {
        c.fillStyle = col.wash;
        c.fillRect(0, y, this.gutter - 6, this.lane);
      }
      c.textAlign = "left";
      c.textBaseline = "middle";
      c.fillStyle = col.ink;
      c.font = `600 13.5px ${col.font}`;
      c.fillText(this.fitText(c, lane.name, this.gutter - 22), 8, y + this.lane / 2 - 8);
      c.fillStyle = col.soft;
      c.font = `12px ${col.font}`;
      c.fillText(this.fitText(c, lane.about, this.gutter - 22), 8, y + this.lane / 2 + 9);
    });
  }

  fitText(c, text, wide) {
    if (c.measureText(text).width <= wide) return text;
    let cut = text;
    while (cut && c.measureText(`${cut}…`).width > wide) cut = cut.slice(0, -1);
    return `${cut}…`;
  }

  visible(lane) {
    const from = lowest(lane.starts, this.a - lane.longest - 1);
    const found = [];
    for (let i = from; i < lane.rows.length && lane.starts[i] <= this.b; i++) {
      if (this.last[lane.rows[i]] + 1 >= this.a) found.push(lane.rows[i]);
    }
    return found;
  }

  pack() {
    const perDay = this.plot / (this.b - this.a);
    if (perDay < 4) return null;
    const packed = [];
    const seen = this.lanes.map((lane) => this.visible(lane));
    const few = seen.reduce((sum, rows) => sum + rows.length, 0) <= 80;
    if (perDay < 11 && !few) return null;
    for (const rows of seen) {
      if (rows.length > 3000) return null;
      let best = null;
      for (const size of [11, 8, 6]) {
        best = this.stack(rows, size);
        if (!best.over) break;
      }
      if (best.over && perDay < 12) return null;
      packed.push(best);
    }
    return packed;
  }

  stack(rows, size) {
    const room = Math.floor((this.lane - 8) / size);
    const ends = [];
    const placed = [];
    let over = 0;
    for (const row of rows) {
      const x0 = this.x(this.first[row]) + 1;
      const x1 = Math.max(x0 + 8, this.x(this.last[row] + 1) - 1);
      let line = ends.findIndex((end) => end <= x0);
      if (line < 0) line = ends.length;
      if (line >= room) {
        over++;
        if (row !== this.focus) continue;
        line = room - 1;
      }
      ends[line] = x1 + 1;
      placed.push([row, x0, x1, line]);
    }
    return { placed, over, size };
  }

  singles(c, col, packed) {
    c.save();
    c.beginPath();
    c.rect(this.gutter - 4, 30, this.plot + 12, this.height - 30);
    c.clip();
    packed.forEach(({ placed, over, size }, i) => {
      const top = 30 + i * this.lane + 4;
      for (const [row, x0, x1, line] of placed) {
        const y = top + line * size;
        const h = size - (size > 8 ? 2 : 1);
        const w = Math.max(8, Math.min(x1, this.gutter + this.plot + 20) - Math.max(x0, this.gutter - 20));
        const x = Math.max(x0, this.gutter - 20);
        c.beginPath();
        c.roundRect(x, y, w, h, this.last[row] > this.first[row] ? 3 : 4);
        c.fillStyle = col.quads[this.quad[row]];
        if (this.vague[row]) {
          c.globalAlpha = 0.28;
          c.fill();
          c.globalAlpha = 1;
          c.lineWidth = 1.2;
          c.strokeStyle = col.quads[this.quad[row]];
          c.stroke();
        } else c.fill();
        if (this.weight[row] > 1 && w > 10 && h > 6) {
          c.fillStyle = col.back;
          for (let k = 0; k < Math.min(3, this.weight[row], Math.floor(w / 4)); k++) c.fillRect(x + 3 + k * 3.4, y + 2.5, 1.6, h - 5);
        }
        if (row === this.focus) {
          c.lineWidth = 2;
          c.strokeStyle = col.ink;
          c.beginPath();
          c.roundRect(x - 2.5, y - 2.5, w + 5, h + 5, 5);
          c.stroke();
        }
        this.hits.push({ row, x, y, w, h });
      }
      if (over) {
        c.font = `11px ${col.font}`;
        c.fillStyle = col.soft;
        c.textAlign = "right";
        c.fillText(`${over} more: zoom in`, this.width - 10, top + this.lane - 12);
      }
    });
    c.restore();
  }

  histogram() {
    const perDay = this.plot / (this.b - this.a);
    this.bin = BINS.find((days) => days * perDay >= 6) || BINS[BINS.length - 1];
    const from = Math.floor((this.a + 3) / this.bin) * this.bin - 3;
    const count = Math.ceil((this.b - from) / this.bin) + 1;
    return this.lanes.map((lane) => {
      if (lane.bins) {
        return Array.from(lane.bins.first, (first, i) => ({ a: first, b: lane.bins.last[i] + 1, counts: Array.from(lane.bins.counts.subarray(4 * i, 4 * i + 4)) })).filter((b) => b.b > this.a && b.a < this.b);
      }
      const bins = [];
      for (let i = lowest(lane.starts, from); i < lane.rows.length && lane.starts[i] < this.b; i++) {
        const at = Math.floor((lane.starts[i] - from) / this.bin);
        if (at < 0 || at >= count) continue;
        bins[at] ||= { a: from + at * this.bin, b: from + (at + 1) * this.bin, counts: [0, 0, 0, 0] };
        bins[at].counts[this.quad[lane.rows[i]]]++;
      }
      return bins.filter(Boolean);
    });
  }

  density(c, col) {
    const all = this.histogram();
    let up = 0, down = 0;
    for (const bins of all) for (const { counts } of bins) {
      up = Math.max(up, counts[0] + counts[1]);
      down = Math.max(down, counts[2] + counts[3]);
    }
    const room = this.lane - 12;
    const scale = room / Math.max(1, up + down);
    all.forEach((bins, i) => {
      const zero = 30 + i * this.lane + 6 + up * scale;
      c.fillStyle = col.faint;
      c.fillRect(this.gutter, Math.round(zero), this.plot, 1);
      for (const bin of bins) {
        const x0 = Math.max(this.gutter, this.x(bin.a));
        const x1 = Math.min(this.gutter + this.plot, this.x(bin.b));
        const w = Math.max(1.5, x1 - x0 - 1);
        if (x1 <= this.gutter || x0 >= this.gutter + this.plot) continue;
        let y = zero;
        for (const q of [0, 1]) {
          const h = bin.counts[q] * scale;
          c.fillStyle = col.quads[q];
          c.fillRect(x0, y - h, w, h);
          y -= h;
        }
        let below = zero + 1;
        for (const q of [3, 2]) {
          const h = bin.counts[q] * scale;
          c.fillStyle = col.quads[q];
          c.fillRect(x0, below, w, h);
          below += h;
        }
        this.hits.push({ ...bin, x: x0, y: Math.min(y, zero - 4), w, h: Math.max(below - y, 8) });
      }
    });
    if (this.focus >= 0) {
      const x = this.x(this.first[this.focus] + 0.5);
      c.fillStyle = col.ink;
      c.fillRect(x, 30, 1, this.height - 36);
    }
  }
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let view = views.get(parentElement);
  if (!view) {
    view = new Timeline(parentElement);
    views.set(parentElement, view);
  }
  view.set(data, (name, value) => setTriggerValue(name, value));
  return () => {
    view.close();
    view.root.remove();
    views.delete(parentElement);
  };
}
