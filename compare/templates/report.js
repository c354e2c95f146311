// Draws a figure as the reader comes near it, so that a page with many figures opens at once. Everything works without this.
const options = {
  mode: "vega-lite",
  ast: true, // expressions are interpreted, so the page needs no unsafe-eval
  actions: false,
  renderer: "svg",
  defaultStyle: false,
  tooltip: { disableDefaultStyle: true },
};

async function draw(figure) {
  const data = figure.querySelector("script[type='application/json']");
  const image = figure.querySelector("img");
  const place = document.createElement("div");
  place.className = "live";
  place.setAttribute("aria-hidden", "true"); // the words and the table say what it shows
  figure.insertBefore(place, image);
  try {
    await vegaEmbed(place, JSON.parse(data.textContent), options);
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

// A link to evidence inside a closed part opens that part, and printing opens all.
function open(all) {
  const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  for (const part of document.querySelectorAll("details"))
    if (all || (target && part.contains(target))) part.open = true;
  if (target && !all) {
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  }
}
addEventListener("hashchange", () => open(false));
addEventListener("beforeprint", () => open(true));
open(false);
