// Who acts on whom, on one canvas. Positions come from Python and never jump; dragging pins a node.
const LIGHT = { bad: [181, 56, 45], mid: [150, 146, 140], good: [42, 101, 163] };
const DARK = { bad: [224, 104, 92], mid: [124, 126, 130], good: [111, 168, 221] };
const networks = new WeakMap();

class Network {
  constructor(parent) {
    this.root = document.createElement("div");
    this.root.className = "network";
    const bar = document.createElement("div");
    bar.className = "bar";
    this.search = document.createElement("input");
    this.search.type = "search";
    this.search.placeholder = "Find an actor";
    this.search.setAttribute("aria-label", "Find an actor");
    this.note = document.createElement("span");
    this.note.className = "where";
    const buttons = document.createElement("span");
    buttons.className = "buttons";
    for (const [label, title, act] of [
      ["−", "Zoom out (−)", () => this.zoom(1 / 1.35)],
      ["+", "Zoom in (+)", () => this.zoom(1.35)],
      ["Fit", "Show everything (0)", () => this.fit()],
    ]) {
      const button = document.createElement("button");
      button.textContent = label;
      button.title = title;
      button.setAttribute("aria-label", title);
      button.onclick = act;
      buttons.appendChild(button);
    }
    bar.append(this.search, this.note, buttons);
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
      "Click an actor or a line for its events · drag an actor to move it, the ground to pan · Ctrl and wheel to zoom · keys: n p next and previous actor, Enter opens, arrows move, + − zoom";
    this.root.append(bar, this.canvas, this.tip, this.live, help);
    parent.appendChild(this.root);
    this.moved = new Map();
    this.hover = null;
    this.focus = -1;
    this.listen();
  }

  set(data, report) {
    this.report = report;
    this.chosen = data.chosen;
    if (this.token === data.token) return this.draw();
    this.token = data.token;
    this.nodes = data.nodes.map((n) => {
      const kept = this.moved.get(n.id);
      return { ...n, x: kept ? kept[0] : n.x, y: kept ? kept[1] : n.y };
    });
    this.at = new Map(this.nodes.map((n, i) => [n.id, i]));
    this.edges = data.edges.map((e) => ({ ...e, a: this.at.get(e.from), b: this.at.get(e.to) }));
    const pairs = new Set(this.edges.map((e) => `${e.from}>${e.to}`));
    for (const e of this.edges) e.both = pairs.has(`${e.to}>${e.from}`);
    this.near = this.nodes.map(() => new Set());
    for (const e of this.edges) {
      this.near[e.a].add(e.b);
      this.near[e.b].add(e.a);
    }
    this.most = Math.max(1, ...this.edges.map((e) => e.events));
    this.note.textContent = data.note;
    this.canvas.setAttribute("aria-label", data.label);
    this.hover = null;
    this.focus = -1;
    this.width = 0;
    this.size();
    this.fit();
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
      const hit = this.hit(x, y);
      drag = { x, y, node: hit && hit.node !== undefined ? hit.node : null, ox: this.ox, oy: this.oy, moved: false };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      const [x, y] = at(event);
      if (!drag) return this.point(x, y);
      if (Math.hypot(x - drag.x, y - drag.y) > 3) drag.moved = true;
      if (!drag.moved) return;
      this.tip.style.display = "none";
      if (drag.node !== null) {
        const node = this.nodes[drag.node];
        node.x = (x - this.ox) / this.scale;
        node.y = (y - this.oy) / this.scale;
        this.moved.set(node.id, [node.x, node.y]);
      } else {
        this.ox = drag.ox + x - drag.x;
        this.oy = drag.oy + y - drag.y;
      }
      this.draw();
    });
    canvas.addEventListener("pointerup", (event) => {
      const was = drag;
      drag = null;
      if (!was || was.moved) return;
      const hit = this.hit(...at(event));
      if (hit) this.open(hit);
    });
    canvas.addEventListener("pointerleave", () => {
      this.tip.style.display = "none";
      this.hover = null;
      this.draw();
    });
    canvas.addEventListener(
      "wheel",
      (event) => {
        if (!(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        this.zoom(Math.exp(-event.deltaY * 0.002), at(event));
      },
      { passive: false },
    );
    canvas.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const pan = (dx, dy) => { this.ox += dx; this.oy += dy; this.draw(); };
      const acts = {
        ArrowLeft: () => pan(60, 0), ArrowRight: () => pan(-60, 0), ArrowUp: () => pan(0, 60), ArrowDown: () => pan(0, -60),
        "+": () => this.zoom(1.35), "=": () => this.zoom(1.35), "-": () => this.zoom(1 / 1.35), 0: () => this.fit(),
        n: () => this.step(1), p: () => this.step(-1),
        Enter: () => this.focus >= 0 && this.open({ node: this.focus }),
        Escape: () => { this.focus = -1; this.draw(); },
      };
      const act = acts[event.key];
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    });
    this.search.addEventListener("input", () => this.find());
    this.search.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && this.focus >= 0) this.open({ node: this.focus });
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

  find() {
    const wanted = this.search.value.trim().toLowerCase();
    this.focus = wanted ? this.nodes.findIndex((n) => n.name.toLowerCase().includes(wanted) || n.id.toLowerCase() === wanted) : -1;
    if (this.focus >= 0) {
      this.reveal(this.focus);
      this.live.textContent = this.describe({ node: this.focus }).join(", ");
    }
    this.draw();
  }

  reveal(index) {
    const n = this.nodes[index];
    const x = n.x * this.scale + this.ox, y = n.y * this.scale + this.oy;
    if (x < 40 || x > this.width - 40 || y < 30 || y > this.height - 30) {
      this.ox += this.width / 2 - x;
      this.oy += this.height / 2 - y;
    }
  }

  step(by) {
    if (!this.nodes.length) return;
    this.focus = (this.focus + by + this.nodes.length) % this.nodes.length;
    this.reveal(this.focus);
    this.draw();
    const n = this.nodes[this.focus];
    this.show(n.x * this.scale + this.ox, n.y * this.scale + this.oy, this.describe({ node: this.focus }));
    this.live.textContent = this.describe({ node: this.focus }).join(", ");
  }

  open(hit) {
    this.tip.style.display = "none";
    if (hit.node !== undefined) this.report("node", this.nodes[hit.node].id);
    else this.report("edge", [this.edges[hit.edge].from, this.edges[hit.edge].to]);
  }

  zoom(factor, about) {
    const [x, y] = about || [this.width / 2, this.height / 2];
    const wanted = Math.min(Math.max(this.scale * factor, this.least * 0.4), this.least * 12);
    this.ox = x - ((x - this.ox) / this.scale) * wanted;
    this.oy = y - ((y - this.oy) / this.scale) * wanted;
    this.scale = wanted;
    this.draw();
  }

  fit() {
    if (!this.width || !this.nodes.length) return;
    const xs = this.nodes.map((n) => n.x), ys = this.nodes.map((n) => n.y);
    const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const pad = Math.min(64, this.width * 0.11);
    this.scale = Math.min((this.width - 2 * pad - 40) / Math.max(x1 - x0, 0.01), (this.height - 2 * pad + 20) / Math.max(y1 - y0, 0.01));
    this.least = this.scale;
    this.ox = this.width / 2 - (this.scale * (x0 + x1)) / 2;
    this.oy = this.height / 2 - (this.scale * (y0 + y1)) / 2;
    this.draw();
  }

  size() {
    const width = this.root.clientWidth;
    if (!width || !this.nodes) return;
    const first = !this.width;
    const before = this.width;
    this.width = width;
    this.height = Math.max(340, Math.min(640, width * 0.62));
    this.ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(this.width * this.ratio);
    this.canvas.height = Math.round(this.height * this.ratio);
    this.canvas.style.height = `${this.height}px`;
    if (first || before !== width) this.fit();
    else this.draw();
  }

  // Circles shrink with a narrow canvas, but not with the zoom: zooming in dissolves a crowd.
  radius(n) { return n.radius * Math.min(1.1, Math.max(0.42, this.least)); }

  curve(e) {
    const a = this.nodes[e.a], b = this.nodes[e.b];
    const ax = a.x * this.scale + this.ox, ay = a.y * this.scale + this.oy;
    const bx = b.x * this.scale + this.ox, by = b.y * this.scale + this.oy;
    const dx = bx - ax, dy = by - ay, long = Math.hypot(dx, dy) || 1;
    const bend = e.both ? Math.min(34, long * 0.16) : Math.min(14, long * 0.06);
    const mx = (ax + bx) / 2 - (dy / long) * bend, my = (ay + by) / 2 + (dx / long) * bend;
    const edge = (x, y, r) => {
      const ex = mx - x, ey = my - y, l = Math.hypot(ex, ey) || 1;
      return [x + (ex / l) * r, y + (ey / l) * r];
    };
    const width = 1 + 7 * Math.sqrt(e.events / this.most);
    const [sx, sy] = edge(ax, ay, this.radius(a) + 1);
    const head = 5 + width * 1.25;
    const [tx, ty] = edge(bx, by, this.radius(b) + 2);
    const [ex, ey] = edge(bx, by, this.radius(b) + 2 + head * 0.8);
    return { sx, sy, mx, my, ex, ey, tx, ty, width, head };
  }

  hit(x, y) {
    for (let i = 0; i < this.nodes.length; i++) {
      const n = this.nodes[i];
      if (Math.hypot(n.x * this.scale + this.ox - x, n.y * this.scale + this.oy - y) <= this.radius(n) + 4) return { node: i };
    }
    let best = null, nearest = 7;
    this.edges.forEach((e, i) => {
      const q = this.curve(e);
      for (let t = 0; t <= 1; t += 0.05) {
        const u = 1 - t;
        const d = Math.hypot(u * u * q.sx + 2 * u * t * q.mx + t * t * q.tx - x, u * u * q.sy + 2 * u * t * q.my + t * t * q.ty - y) - q.width / 2;
        if (d < nearest) {
          nearest = d;
          best = { edge: i };
        }
      }
    });
    return best;
  }

  describe(hit) {
    const count = (n) => (n === 1 ? "1 event" : `${n} events`);
    const tone = (t) => (t === null ? "" : `mean tone ${t > 0 ? "+" : t < 0 ? "−" : ""}${Math.abs(t).toFixed(1)}`);
    if (hit.node !== undefined) {
      const n = this.nodes[hit.node];
      if (n.about !== undefined) return [n.name, n.about];
      return [n.name, `acts ${n.acts}×, is acted upon ${n.acted}×${n.tone === null ? "" : ` · ${tone(n.tone)}`}`];
    }
    const e = this.edges[hit.edge];
    if (e.about !== undefined) return [`${this.nodes[e.a].name} → ${this.nodes[e.b].name}`, e.about];
    return [`${this.nodes[e.a].name} → ${this.nodes[e.b].name}`, [count(e.events), tone(e.tone), e.what].filter(Boolean).join(" · ")];
  }

  point(x, y) {
    const hit = this.hit(x, y);
    this.canvas.style.cursor = hit ? "pointer" : "grab";
    const key = hit ? JSON.stringify(hit) : "";
    if (key !== this.hoverKey) {
      this.hoverKey = key;
      this.hover = hit;
      this.draw();
    }
    if (!hit) this.tip.style.display = "none";
    else this.show(x, y, this.describe(hit));
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
    this.tip.style.left = `${Math.max(4, Math.min(x + 14, this.root.clientWidth - this.tip.offsetWidth - 6))}px`;
    this.tip.style.top = `${this.canvas.offsetTop + y + 18}px`;
  }

  colours() {
    const style = getComputedStyle(this.root);
    this.background = style.getPropertyValue("--st-background-color");
    const probe = document.createElement("i");
    this.root.appendChild(probe);
    const rgb = (value) => {
      probe.style.color = value;
      return (getComputedStyle(probe).color.match(/[\d.]+/g) || [0, 0, 0]).slice(0, 3).map(Number);
    };
    const back = rgb(this.background.trim() || "#fff");
    const ink = rgb(style.getPropertyValue("--st-text-color").trim() || "#222");
    probe.remove();
    const mix = (part) => `rgb(${ink.map((v, i) => Math.round(v * part + back[i] * (1 - part))).join(",")})`;
    const dark = 0.299 * back[0] + 0.587 * back[1] + 0.114 * back[2] < 128;
    return { ink: mix(1), soft: mix(0.64), node: mix(dark ? 0.3 : 0.16), faint: mix(0.13), wash: mix(0.02), back: mix(0), tones: dark ? DARK : LIGHT, accent: style.getPropertyValue("--st-primary-color").trim() || mix(1), font: style.getPropertyValue("--st-font") || "sans-serif" };
  }

  tone(col, value) {
    if (value === null) return col.tones.mid;
    const part = Math.max(-1, Math.min(1, value / 5));
    const end = part < 0 ? col.tones.bad : col.tones.good;
    const p = Math.abs(part) ** 0.7;
    return col.tones.mid.map((v, i) => Math.round(v * (1 - p) + end[i] * p));
  }

  draw() {
    if (!this.width || !this.nodes || !this.scale) return;
    const c = this.canvas.getContext("2d");
    const col = this.colours();
    c.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    c.fillStyle = col.wash;
    c.fillRect(0, 0, this.width, this.height);
    const active = this.hover && this.hover.node !== undefined ? this.hover.node : this.focus >= 0 ? this.focus : this.chosen && this.chosen.length === 1 ? this.at.get(this.chosen[0]) ?? -1 : -1;
    const activeEdge = this.hover && this.hover.edge !== undefined ? this.hover.edge : this.chosen && this.chosen.length === 2 ? this.edges.findIndex((e) => e.from === this.chosen[0] && e.to === this.chosen[1]) : -1;
    const dim = active >= 0 || activeEdge >= 0;
    const lit = (e, i) => (activeEdge >= 0 ? i === activeEdge : e.a === active || e.b === active);
    const order = this.edges.map((e, i) => i).sort((p, q) => this.edges[p].events - this.edges[q].events);
    for (const pass of dim ? [false, true] : [false]) {
      for (const i of order) {
        const e = this.edges[i];
        if (dim && lit(e, i) !== pass) continue;
        const q = this.curve(e);
        const rgb = this.tone(col, e.tone).join(",");
        const alpha = dim ? (pass ? 0.95 : 0.1) : 0.35 + 0.45 * Math.sqrt(e.events / this.most);
        c.strokeStyle = c.fillStyle = `rgba(${rgb},${alpha})`;
        c.lineWidth = q.width;
        c.lineCap = "butt";
        c.beginPath();
        c.moveTo(q.sx, q.sy);
        c.quadraticCurveTo(q.mx, q.my, q.ex, q.ey);
        c.stroke();
        const angle = Math.atan2(q.ty - q.ey, q.tx - q.ex);
        c.beginPath();
        c.moveTo(q.tx, q.ty);
        c.lineTo(q.tx - q.head * Math.cos(angle - 0.5), q.ty - q.head * Math.sin(angle - 0.5));
        c.lineTo(q.tx - q.head * Math.cos(angle + 0.5), q.ty - q.head * Math.sin(angle + 0.5));
        c.closePath();
        c.fill();
      }
    }
    const shown = (i) => !dim || i === active || (active >= 0 && this.near[active].has(i)) || (activeEdge >= 0 && (this.edges[activeEdge].a === i || this.edges[activeEdge].b === i));
    this.nodes.forEach((n, i) => {
      const x = n.x * this.scale + this.ox, y = n.y * this.scale + this.oy, r = this.radius(n);
      c.globalAlpha = shown(i) ? 1 : 0.22;
      c.beginPath();
      c.arc(x, y, r, 0, 7);
      c.fillStyle = col.back;
      c.fill();
      c.fillStyle = col.node;
      c.fill();
      c.lineWidth = i === this.focus || i === active ? 3 : 1.6;
      c.strokeStyle = i === this.focus || i === active ? col.accent : col.soft;
      c.stroke();
      c.globalAlpha = 1;
    });
    this.labels(c, col, shown);
  }

  labels(c, col, shown) {
    const taken = [];
    c.textAlign = "center";
    c.textBaseline = "middle";
    c.lineJoin = "round";
    this.nodes.forEach((n, i) => {
      if (!shown(i)) return;
      const r = this.radius(n);
      const size = Math.max(11.5, Math.min(16, 10 + r * 0.32));
      c.font = `${r > 14 ? 600 : 500} ${size}px ${col.font}`;
      const x = n.x * this.scale + this.ox, y = n.y * this.scale + this.oy;
      const wide = c.measureText(n.name).width;
      const places = [[x, y + r + size * 0.75], [x, y - r - size * 0.7], [x + r + wide / 2 + 5, y], [x - r - wide / 2 - 5, y]];
      const forced = i === this.focus || (this.hover && this.hover.node === i);
      for (const [lx, ly] of forced ? places.slice(0, 1) : places) {
        const box = [lx - wide / 2 - 2, ly - size * 0.6, lx + wide / 2 + 2, ly + size * 0.6];
        if (!forced && (box[0] < 2 || box[2] > this.width - 2 || box[1] < 2 || box[3] > this.height - 2)) continue;
        const covers = taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]);
        if (!forced && (covers || this.nodes.some((o, k) => k !== i && shown(k) && this.under(o, box)))) continue;
        taken.push(box);
        c.lineWidth = 3.5;
        c.strokeStyle = col.back;
        c.strokeText(n.name, lx, ly);
        c.fillStyle = col.ink;
        c.fillText(n.name, lx, ly);
        break;
      }
    });
  }

  under(n, box) {
    const x = n.x * this.scale + this.ox, y = n.y * this.scale + this.oy, r = this.radius(n);
    return box[0] < x + r && box[2] > x - r && box[1] < y + r && box[3] > y - r;
  }
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let network = networks.get(parentElement);
  if (!network) {
    network = new Network(parentElement);
    networks.set(parentElement, network);
  }
  network.set(data, (name, value) => setTriggerValue(name, value));
  return () => {
    network.close();
    network.root.remove();
    networks.delete(parentElement);
  };
}
