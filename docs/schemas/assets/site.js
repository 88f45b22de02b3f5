"use strict";
// The search of the index page, and buttons that copy. Every text is set as text: never as HTML.
(() => {
  const MOST = 60;
  const MOST_FIELDS = 6;

  const made = (tag, text, name) => {
    const element = document.createElement(tag);
    element.textContent = text;
    if (name) element.className = name;
    return element;
  };

  const link = (href, text) => {
    const element = document.createElement("a");
    element.href = href;
    element.append(made("code", text));
    return element;
  };

  // Copying.

  const selected = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };

  const copies = (holder) => {
    const source = holder.querySelector("code");
    const what = holder.dataset.copy;
    const button = made("button", "Copy", "copy");
    button.type = "button";
    button.setAttribute("aria-label", `Copy: ${what}`);
    const told = made("span", "", "unseen");
    told.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      let done = "Copied";
      try {
        await navigator.clipboard.writeText(source.textContent);
      } catch {
        selected(source); // where copying is not allowed, what is selected can be copied by hand
        done = "Selected";
      }
      button.textContent = told.textContent = done;
      setTimeout(() => {
        button.textContent = "Copy";
        told.textContent = "";
      }, 2000);
    });
    holder.append(button, told);
  };

  for (const holder of document.querySelectorAll("[data-copy]")) copies(holder);

  // A part of the page that is folded is opened by a link that leads to it.
  const opened = () => {
    const heading = document.getElementById("schema");
    const folded = heading && heading.parentElement.querySelector("details");
    if (folded && location.hash === "#schema") folded.open = true;
  };
  addEventListener("hashchange", opened);
  opened();

  // Searching.

  const search = document.getElementById("search");
  if (!search || !Array.isArray(window.schemas)) return;
  const query = document.getElementById("query");
  const count = document.getElementById("count");
  const results = document.getElementById("results");
  const all = document.getElementById("all");

  const known = window.schemas.map((schema) => ({
    ...schema,
    uriLower: schema.uri.toLowerCase(),
    nameLower: schema.name.toLowerCase(),
    descriptionLower: schema.description.toLowerCase(),
    fieldsLower: schema.fields.map(([path]) => path.toLowerCase()),
  }));

  // How well a schema fits one word: 0 is not at all.
  const fit = (schema, word) => {
    if (schema.nameLower === word) return 7;
    if (schema.nameLower.startsWith(word)) return 6;
    if (schema.uriLower.includes(word)) return 5;
    if (schema.fieldsLower.includes(word)) return 4;
    if (schema.fieldsLower.some((path) => path.endsWith(`.${word}`))) return 3;
    if (schema.fieldsLower.some((path) => path.includes(word))) return 2;
    return schema.descriptionLower.includes(word) ? 1 : 0;
  };

  const found = (words) => {
    const best = new Map(); // of several versions of one schema, the newest that fits best
    for (const schema of known) {
      const fits = words.map((word) => fit(schema, word));
      if (!fits.every(Boolean)) continue;
      const score = Math.min(...fits) + fits.reduce((sum, each) => sum + each, 0) / 100;
      const name = schema.uri.slice(0, schema.uri.lastIndexOf("/"));
      const other = best.get(name);
      if (!other || score > other.score || (score === other.score && !other.schema.newest)) {
        best.set(name, { schema, score });
      }
    }
    return [...best.values()].sort((one, other) => other.score - one.score);
  };

  const shown = ({ schema }, words) => {
    const item = document.createElement("li");
    item.append(link(schema.page, schema.uri));
    if (!schema.newest) item.append(" ", made("span", "older version", "badge"));
    const fields = schema.fields.filter(([path]) =>
      words.some((word) => path.toLowerCase().includes(word)),
    );
    if (schema.summary) {
      const summary = made("p", schema.summary);
      summary.dir = "auto";
      item.append(summary);
    }
    if (fields.length) {
      const line = made("p", "Fields: ", "found");
      fields.slice(0, MOST_FIELDS).forEach(([path, anchor], index) => {
        if (index) line.append(", ");
        line.append(link(`${schema.page}#${anchor}`, path));
      });
      if (fields.length > MOST_FIELDS) line.append(` and ${fields.length - MOST_FIELDS} more`);
      item.append(line);
    }
    return item;
  };

  const told = (number, text) => {
    if (!number) return `No schema matches “${text}”.`;
    const more = number > MOST ? `; the first ${MOST} are shown` : "";
    return `${number} ${number === 1 ? "schema matches" : "schemas match"} “${text}”${more}.`;
  };

  const update = () => {
    const text = query.value.trim();
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const matches = words.length ? found(words) : [];
    results.replaceChildren(...matches.slice(0, MOST).map((match) => shown(match, words)));
    all.hidden = words.length > 0;
    count.textContent = words.length ? told(matches.length, text) : "";
  };

  const cleared = () => {
    query.value = "";
    update();
    query.focus();
  };

  // The links that lead to a schema: the first of each result.
  const links = () => [...results.querySelectorAll("li > a")];

  const moved = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const places = [query, ...links()];
    const item = document.activeElement.closest("#results li");
    const at = item ? places.indexOf(item.querySelector("a")) : 0;
    const next = places[at + step];
    if (next) next.focus();
    event.preventDefault();
  };

  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape") cleared();
    else moved(event);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.activeElement === query) return;
    event.preventDefault();
    query.focus();
  });
  query.addEventListener("input", update);
  addEventListener("pageshow", update); // what a browser filled in again on the way back
  search.hidden = false;
  update();
})();
