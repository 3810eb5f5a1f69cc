// What the page adds where scripts run: search, filters, sorting, theme. Without it the page is complete.
"use strict";

/* A text as a keyboard types it: no accents, capitals or ligatures, one apostrophe and one space. */
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’‘ʼ]/g, "'")
  .replaceAll("œ", "oe").replaceAll("æ", "ae").replace(/\s+/g, " ").trim();
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/* The theme: the system's until somebody chooses; the choice is kept where the browser lets a page keep anything. */
function theme(button) {
  const key = "servaudit-theme";
  const known = ["system", "light", "dark"];
  const kept = { get: () => { try { return localStorage.getItem(key); } catch { return null; } },
                 set: (value) => { try { localStorage.setItem(key, value); } catch { /* a page of no origin */ } } };
  const show = (name) => {
    document.documentElement.dataset.theme = name;
    button.dataset.now = name;
    button.textContent = button.dataset[name];
  };
  show(known.includes(kept.get()) ? kept.get() : "system");
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = known[(known.indexOf(button.dataset.now) + 1) % known.length];
    show(next);
    kept.set(next);
  });
}

/* Columns sorted by their heads: ascending, descending, then as the standard has them. */
function sortable(table) {
  const bodies = [...table.tBodies];
  const places = bodies.map((body) => [body, [...body.rows].filter((row) => !row.classList.contains("group"))]);
  const rows = places.flatMap(([, own]) => own);
  const heads = [...table.tHead.rows[0].cells].filter((head) => !head.classList.contains("wide"));
  const sorted = document.createElement("tbody");
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const value = (row, head) => {
    const cell = row.cells[head.cellIndex];
    const said = cell.dataset.v ?? cell.textContent.trim();
    return head.classList.contains("number") ? (said === "" ? NaN : Number(said)) : said;
  };
  const compare = (a, b, sign) => {
    if (typeof a === "string") return sign * words.compare(a, b);
    return Number.isNaN(a) || Number.isNaN(b) ? Number.isNaN(a) - Number.isNaN(b) : sign * (a - b);
  };
  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    head.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      const next = { none: "ascending", ascending: "descending", descending: "none" }[head.getAttribute("aria-sort")];
      heads.forEach((other) => other.setAttribute("aria-sort", other === head ? next : "none"));
      if (next === "none") {
        places.forEach(([body, own]) => body.append(...own));
        sorted.remove();
      } else {
        const sign = next === "ascending" ? 1 : -1;
        sorted.append(...rows.toSorted((a, b) => compare(value(a, head), value(b, head), sign)));
        table.append(sorted);
      }
      table.classList.toggle("resorted", next !== "none");
    });
  }
}

/* Search and filters of one visit's criteria; they are kept in the address, behind the visit's own anchor. */
class Filters {
  constructor(visit) {
    this.visit = visit;
    this.bar = visit.querySelector(".tools");
    this.table = visit.querySelector("table.criteria");
    this.rows = [...this.table.querySelectorAll("tr[id]")];
    this.fields = [...this.bar.querySelectorAll("[name]")];
    this.texts = new Map();
    this.titles = new Map(this.rows.map((row) => [row, row.parentElement.querySelector(".group").textContent]));
    this.bar.hidden = false;
    this.bar.addEventListener("input", () => { this.apply(); this.remember(); });
    this.bar.addEventListener("submit", (event) => event.preventDefault());
    this.bar.addEventListener("click", ({ target }) => {
      const open = { expand: true, collapse: false }[target.dataset.do];
      if (open !== undefined) visit.querySelectorAll("details.how").forEach((one) => { one.open = open; });
      if (target.dataset.do === "clear") this.set(new URLSearchParams(), true);
    });
    this.bar.querySelector("[type=search]").addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.set(new URLSearchParams(), true);
    });
    this.apply();
  }

  set(values, remember) {
    this.fields.forEach((field) => {
      field.value = values.get(field.name) ?? "";
      if (field.selectedIndex === -1) field.value = "";
    });
    this.apply();
    if (remember) this.remember();
  }

  values() {
    return this.fields.filter((field) => field.value).map((field) => [field.name, field.value]);
  }

  keeps(row, { q = "", outcome, severity, facet }) {
    if (outcome && row.dataset.outcome !== outcome) return false;
    if (severity && row.dataset.severity !== severity) return false;
    if (facet && !row.dataset.facets.split(" ").includes(facet)) return false;
    if (!q) return true;
    if (!this.texts.has(row)) this.texts.set(row, fold(`${this.titles.get(row)} ${row.textContent}`));
    return fold(q).split(" ").every((word) => this.texts.get(row).includes(word));
  }

  apply() {
    const wanted = Object.fromEntries(this.values());
    let shown = 0;
    this.rows.forEach((row) => {
      const kept = this.keeps(row, wanted);
      row.classList.toggle("filtered", !kept);
      shown += kept;
    });
    for (const body of this.table.tBodies) {
      const none = [...body.rows].every((row) => row.classList.contains("group") || row.classList.contains("filtered"));
      body.classList.toggle("filtered", none);
    }
    const said = this.bar.querySelector("output");
    said.textContent = fill(shown ? said.dataset.some : said.dataset.none, { shown, total: this.rows.length });
  }

  remember() {
    const values = new URLSearchParams(this.values()).toString();
    history.replaceState(null, "", `#${this.visit.id}${values && "&"}${values}`);
  }
}

/* The address: `#anchor`, or `#visit-1&q=…&outcome=…`. What it leads to is never left hidden by a filter. */
function follow(filters) {
  const [, anchor, wanted] = /^#?([^&]*)(?:&(.*))?$/.exec(location.hash);
  const target = document.getElementById(anchor);
  const own = filters.find((one) => one.visit.contains(target));
  if (!target || !own) return;
  if (wanted) {
    own.set(new URLSearchParams(wanted));
    own.bar.scrollIntoView({ block: "start" });
  } else if (target.classList.contains("filtered")) {
    own.set(new URLSearchParams());
    target.scrollIntoView({ block: "center" });
  }
}

theme(document.querySelector(".theme"));
document.querySelectorAll("table.criteria, table.visits").forEach(sortable);
const filters = [...document.querySelectorAll("article.visit")]
  .filter((visit) => visit.querySelector(".tools")).map((visit) => new Filters(visit));
follow(filters);
addEventListener("hashchange", () => follow(filters));
addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelectorAll("details.photo[open]").forEach((one) => { one.open = false; });
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) return;
  const near = filters.find((one) => one.visit.getBoundingClientRect().bottom > 0);
  if (!near) return;
  event.preventDefault();
  near.bar.querySelector("[type=search]").focus();
});
