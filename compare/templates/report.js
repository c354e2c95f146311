// Draws a figure as the reader comes near it, so that a page with many figures opens at once. Everything works without this.
const options = {
  mode: "vega-lite",
  ast: true, // expressions are interpreted, so the page needs no unsafe-eval
  actions: false,
  renderer: "svg",
  defaultStyle: false,
  tooltip: { disableDefaultStyle: true },
};

const NARROW = 640;

// For a telephone: panels beside one another come under one another, each as wide as the screen.
function narrowed(spec) {
  const panels = spec.hconcat ?? spec.vconcat;
  if (panels) {
    const { hconcat, vconcat, ...shared } = spec;
    return panels.flatMap((panel) => narrowed({ ...shared, ...panel }));
  }
  const autosize = { type: "fit-x", contains: "padding" };
  const axis = { ...spec.config?.axis, labelLimit: 165, labelFontSize: 11 };
  if (!spec.layer && !spec.mark) return [spec];
  return [{ ...inside(spec, spec.width), width: "container", autosize, config: { ...spec.config, axis } }];
}

// Words that stand to the right of the plot come inside it.
function inside(spec, width) {
  if (spec.layer) return { ...spec, layer: spec.layer.map((layer) => inside(layer, spec.width ?? width)) };
  const y = spec.encoding?.y;
  if (y?.axis?.labels === false)
    spec = { ...spec, encoding: { ...spec.encoding, y: { ...y, axis: { ...y.axis, labels: true } } } };
  const mark = spec.mark;
  if (mark?.type !== "text" || !(spec.encoding?.x?.value > width)) return spec;
  return { ...spec, mark: { ...mark, align: "right", dy: -15 }, encoding: { ...spec.encoding, x: { value: "width" } } };
}

async function draw(figure) {
  const data = figure.querySelector("script[type='application/json']");
  const image = figure.querySelector("img");
  const place = document.createElement("div");
  place.className = "live";
  place.setAttribute("aria-hidden", "true"); // the words and the table say what it shows
  figure.insertBefore(place, image);
  try {
    const spec = JSON.parse(data.textContent);
    for (const part of innerWidth < NARROW ? narrowed(spec) : [spec]) {
      const own = document.createElement("div");
      place.append(own);
      await vegaEmbed(own, part, options);
    }
    figure.classList.add("drawn");
  } catch (error) {
    place.remove(); // the picture stays
  }
}

const seen = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) {
        seen.unobserve(entry.target);
        draw(entry.target);
      }
    }
  },
  { rootMargin: "200px" },
);
for (const figure of document.querySelectorAll("figure.chart")) seen.observe(figure);

// A link into a closed part opens that part. What is closed is not printed.
function open() {
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  if (!target) return;
  for (const part of document.querySelectorAll("details")) if (part.contains(target)) part.open = true;
  target.scrollIntoView();
  target.focus({ preventScroll: true });
}
addEventListener("hashchange", open);
open();

// Tables: a click on a head sorts, and a long table can be filtered.
const number = (text) => {
  const found = /-?[\d,]*\.?\d+/.exec(text);
  return found ? parseFloat(found[0].replaceAll(",", "")) : NaN;
};

function sort(table, column, button) {
  const down = button.parentElement.getAttribute("aria-sort") === "ascending";
  for (const head of table.tHead.rows[0].cells) head.removeAttribute("aria-sort");
  button.parentElement.setAttribute("aria-sort", down ? "descending" : "ascending");
  const value = (row) => row.cells[column].firstChild?.textContent.trim() ?? "";
  const numeric = column > 0 && [...table.tBodies[0].rows].some((row) => !isNaN(number(value(row))));
  const order = (a, b) => {
    if (!numeric) return value(a).localeCompare(value(b));
    const [x, y] = [number(value(a)), number(value(b))];
    return isNaN(x) - isNaN(y) || (down ? y - x : x - y); // what has no number stays below
  };
  const rows = [...table.tBodies[0].rows].sort((a, b) => (down && !numeric ? -order(a, b) : order(a, b)));
  table.tBodies[0].append(...rows);
}

for (const table of document.querySelectorAll("table.sortable, table.evidence")) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(table, column, button));
  });
  if (table.tBodies[0].rows.length < 10) continue;
  const label = document.createElement("label");
  label.className = "filter";
  label.textContent = "Show rows with";
  const input = document.createElement("input");
  input.type = "search";
  label.append(input);
  table.parentElement.before(label);
  input.addEventListener("input", () => {
    const words = input.value.trim().toLowerCase();
    for (const row of table.tBodies[0].rows) row.hidden = !row.textContent.toLowerCase().includes(words);
  });
}
