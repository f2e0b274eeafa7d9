// What a page must say of itself, whatever its look. Returns sentences; none when all is well.
({ framed }) => {
  const problems = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (element) => element.outerHTML.slice(0, 120);
  const one = (selector, name) => {
    const count = all(selector).length;
    if (count !== 1) problems.push(`${count} ${name} instead of one`);
  };

  one("h1", "h1");
  one("main", "main");
  if (!document.documentElement.lang) problems.push("html has no lang");
  if (!document.title.trim()) problems.push("no title");

  let level = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6")) {
    const next = Number(heading.tagName[1]);
    if (level && next > level + 1) problems.push(`from h${level} to h${next}: ${shown(heading)}`);
    level = next;
  }

  const seen = new Set();
  for (const { id } of all("[id]")) {
    if (seen.has(id)) problems.push(`id given twice: ${id}`);
    seen.add(id);
  }

  for (const image of all("img")) {
    const missing = ["width", "height", "alt"].filter((name) => !image.hasAttribute(name));
    if (missing.length) problems.push(`img without ${missing.join(", ")}: ${shown(image)}`);
  }
  for (const element of all("body [style], head style, body style")) {
    problems.push(`style inside the page: ${shown(element)}`);
  }
  for (const script of all('script:not([src]):not([type="application/json"]):not([type="application/ld+json"])')) problems.push(`script inside: ${shown(script)}`);

  if (framed) {
    one("body > header", "header of the page");
    one("body > footer", "footer of the page");
    for (const nav of all("nav:not([aria-label]):not([aria-labelledby])")) {
      problems.push(`nav without a name: ${shown(nav)}`);
    }
    const first = document.querySelector("a[href], button, input, select, textarea, summary");
    const target = first?.getAttribute("href") ?? "";
    if (!target.startsWith("#") || !document.getElementById(target.slice(1))) {
      problems.push(`the first stop is not a skip link: ${shown(first)}`);
    }
  }
  return problems;
}
