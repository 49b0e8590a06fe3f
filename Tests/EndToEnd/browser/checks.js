// What of a page can be checked in the page: gives a list of complaints, empty where all is well.
(() => {
  const complaints = [];
  const say = (rule, element, detail) =>
    complaints.push(`${rule}: <${element.localName} id="${element.id}" class="${element.getAttribute("class") ?? ""}"> `
      + `${(element.textContent ?? "").slice(0, 60)} ${detail ?? ""}`);

  const colour = (text) => {
    const parts = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    const scale = text.startsWith("color(") ? 255 : 1;
    return { r: parts[0] * scale, g: parts[1] * scale, b: parts[2] * scale, a: parts[3] ?? 1 };
  };
  const over = (top, below) => ({
    r: top.r * top.a + below.r * (1 - top.a), g: top.g * top.a + below.g * (1 - top.a),
    b: top.b * top.a + below.b * (1 - top.a), a: 1,
  });
  // WCAG 2.2, relative luminance and contrast ratio.
  const luminance = ({ r, g, b }) => {
    const part = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const contrast = (first, second) => {
    const [light, dark] = [luminance(first), luminance(second)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const known = new Map();
  const background = (element) => {
    if (!element) return matchMedia("(prefers-color-scheme: dark)").matches ? { r: 18, g: 18, b: 18 } : { r: 255, g: 255, b: 255 };
    if (!known.has(element)) {
      const own = colour(getComputedStyle(element).backgroundColor);
      known.set(element, own.a === 1 ? own : over(own, background(element.parentElement)));
    }
    return known.get(element);
  };

  // Everything is looked at, folded or not.
  for (const details of document.querySelectorAll("details")) details.open = true;

  if (!document.documentElement.lang) say("lang", document.documentElement);
  if (!document.title.trim()) say("title", document.documentElement);
  const seen = new Set();
  for (const element of document.querySelectorAll("[id]")) {
    if (seen.has(element.id)) say("unique-id", element);
    seen.add(element.id);
  }
  for (const link of document.querySelectorAll("a[href]")) {
    const target = link.getAttribute("href");
    if (!target.startsWith("#") || !document.getElementById(target.slice(1))) say("link", link, target);
  }
  for (const [name, count] of [["main", 1], ["h1", 1], ["body > header", 1], ["body > footer", 1], ["nav", 1]]) {
    if (document.querySelectorAll(name).length !== count) say("landmark", document.body, name);
  }
  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const own = Number(heading.localName[1]);
    if (own > level + 1) say("heading-order", heading);
    if (!heading.textContent.trim()) say("heading-empty", heading);
    level = own;
  }
  for (const table of document.querySelectorAll("table")) {
    if (!table.caption?.textContent.trim()) say("table-name", table);
    for (const head of table.querySelectorAll("th")) if (!head.scope) say("table-head", head);
    for (const row of table.tBodies[0]?.rows ?? []) if (row.cells[0]?.localName !== "th") say("table-row-head", row);
  }

  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) say("overflow", document.documentElement, `${wide} of ${innerWidth}`);
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.right <= innerWidth + 1 || element.closest(".scroll, pre, .skip, svg, .request")) continue;
    say("overflow", element, `ends at ${Math.round(box.right)} of ${innerWidth}`);
  }

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const checked = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || checked.has(element)) continue;
    checked.add(element);
    if (["title", "desc", "style"].includes(element.localName)) continue;
    const style = getComputedStyle(element);
    if (style.visibility === "hidden" || element.getClientRects().length === 0) continue;
    const isPicture = element instanceof SVGElement;
    const chip = element.classList.contains("letter") ? element.previousElementSibling : null;
    const below = chip ? colour(getComputedStyle(chip).fill) : background(element);
    const ratio = contrast(over(colour(isPicture ? style.fill : style.color), below), below);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) say("contrast", element, ratio.toFixed(2));
  }
  return complaints.slice(0, 40);
})()
