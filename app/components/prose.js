// Builds a tree of elements from plain data. Text becomes text nodes: nothing in it is ever parsed.
const TAGS = new Set(
  ("div span p h1 h2 h3 h4 a mark ul ol li dl dt dd b i em strong small q blockquote table thead tbody tr th td " +
    "sup section header footer article nav figure figcaption details summary time code button hr").split(" "),
);
const ATTRIBUTES = new Set(["class", "title", "lang", "dir", "role", "aria-label", "aria-hidden", "colspan", "id", "open-by-default"]);

function build(content, report) {
  if (typeof content === "string") return document.createTextNode(content);
  const [tag, attributes, ...children] = content;
  const element = document.createElement(TAGS.has(tag) ? tag : "span");
  for (const [name, value] of Object.entries(attributes || {})) {
    if (ATTRIBUTES.has(name)) {
      if (name === "open-by-default") element.open = true;
      else element.setAttribute(name, String(value));
    } else if (name === "width" || name === "height" || name === "left" || name === "bottom") {
      element.style[name] = `${Number(value)}%`;
    } else if (name === "columns") {
      element.style.gridTemplateColumns = `repeat(${Number(value)}, minmax(0, 1fr))`;
    } else if (name === "href") {
      const address = String(value);
      if (/^https?:\/\//i.test(address)) {
        element.href = address;
        element.target = "_blank";
        element.rel = "noopener noreferrer";
      } else if (/^[a-z_]*(\?[^<>"]*)?$/.test(address)) {
        element.href = address || "./";
      }
    } else if (name === "open") {
      element.dataset.open = String(value);
      if (tag !== "a" && tag !== "button") {
        element.tabIndex = 0;
        if (!attributes.role) element.setAttribute("role", "link");
      }
      element.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
        if (event.target.closest("a[target]") && !element.matches("a")) return;
        if (String(window.getSelection() || "") && tag !== "a" && tag !== "button") return;
        event.preventDefault();
        event.stopPropagation();
        report(String(value));
      });
      element.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.target !== element) return;
        event.preventDefault();
        report(String(value));
      });
    }
  }
  for (const child of children) element.appendChild(build(child, report));
  return element;
}

const shown = new WeakMap();

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const text = JSON.stringify(data.content);
  let root = parentElement.querySelector(".prose");
  if (!root) {
    root = document.createElement("div");
    root.className = "prose";
    parentElement.appendChild(root);
  }
  if (shown.get(root) !== text) {
    shown.set(root, text);
    root.replaceChildren(build(data.content, (value) => setTriggerValue("open", value)));
  }
  const theme = () => {
    const background = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
    const probe = document.createElement("span");
    probe.style.color = background || "#fff";
    root.appendChild(probe);
    const [r, g, b] = (getComputedStyle(probe).color.match(/[\d.]+/g) || [255, 255, 255]).map(Number);
    probe.remove();
    root.classList.toggle("dark", 0.299 * r + 0.587 * g + 0.114 * b < 128);
  };
  theme();
  const timer = setInterval(theme, 700);
  return () => clearInterval(timer);
}
