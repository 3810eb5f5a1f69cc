// The list of visits kept on this device: begun, carried on with, taken from a file, exported, removed.

/* Facts of the visit, with the defaults of those that were not touched. */
const factsOf = (draft) => Object.fromEntries(FORM.fields
  .filter(({ id }) => id.startsWith("context."))
  .map((field) => [field.id.slice(8), fieldOf(draft, field) ?? field.default ?? null]));

const score = (draft) => scoreVisit(FORM, draft.answers, factsOf(draft));

/* A new visit: the fields' defaults, but for those left open, and today. Its id tells it from all others, on this device and elsewhere. */
function newDraft() {
  const draft = { visit: { id: `${today()}-${unique(5)}`, context: {} }, answers: {}, note: "", commendations: [], overrides: [] };
  draft.auto = draft.visit.id.slice(-5);
  for (const field of FORM.fields) {
    if (field.default !== undefined && !field.open) setField(draft, field, field.default);
    else if (field.id === "date") setField(draft, field, today());
  }
  return draft;
}

/* The id says where and when, as long as nobody else has chosen one. */
function rename(draft) {
  if (!draft.auto) return;
  const name = [slug(String(draft.visit.site ?? "")), draft.visit.date ?? today(), draft.auto].filter(Boolean).join("-");
  draft.visit.id = name;
}

const nameOf = (draft) => {
  const site = FORM.fields.find(({ id }) => id === "site");
  const key = draft.visit.site ?? "";
  const label = say(site?.choices?.find(([one]) => one === key)?.[1] ?? key);
  return [label || t("no_site"), longDate(draft.visit.date)].filter(Boolean).join(", ");
};

/* The list of visits. */
function home(message = "") {
  screen = null;
  document.title = say(FORM.title);
  const taking = make("input", { type: "file", accept: ".json,application/json", class: "hidden", on: { change: takeUp } });
  const all = drafts.all();
  const said = make("p", { class: "said", role: "status" }, message);
  app.replaceChildren(
    make("header", { class: "head" }, tools(),
      make("h1", { tabindex: "-1" }, say(FORM.title)),
      FORM.description ? make("p", { class: "lead" }, say(FORM.description)) : null),
    make("main", { class: "home" },
      FORM.scenario ? make("section", { class: "card" }, make("h2", {}, t("scenario")), make("p", { class: "lines" }, say(FORM.scenario))) : null,
      button([icon("plus"), t("new_visit")], () => { const draft = newDraft(); rename(draft); drafts.save(draft); openVisit(draft); },
        { class: "main wide", "data-do": "new" }),
      said,
      make("h2", {}, t("visits")),
      all.length ? make("ul", { class: "visits" }, all.map(rowOf)) : make("p", { class: "quiet-text" }, t("no_visits")),
      make("label", { class: "plain file wide" }, t("take_up"), taking),
      make("p", { class: "quiet-text" }, t("kept_here")),
      make("footer", {}, make("p", {}, `${FORM.identity} · SHA-256 ${FORM.sha256.slice(0, 12)}…`), make("p", {}, FORM.generator))));
  banner();
  app.querySelector("h1").focus({ preventScroll: true });
  scrollTo(0, 0);
}

/* A draft that cannot be shown, whoever spoilt it, can still be removed. */
function rowOf(draft) {
  try {
    return visitRow(draft);
  } catch {
    return make("li", { class: "card" }, make("h3", {}, String(draft.visit.id)), removal(draft, String(draft.visit.id)));
  }
}

const removal = (draft, name) => button([t("remove"), quiet(` (${name})`)], async () => {
  if (!(await ask(t("remove_sure", { name }), t("remove")))) return;
  drafts.remove(draft);
  home(t("removed"));
}, { class: "quiet" });

function visitRow(draft) {
  const scored = score(draft);
  const leaves = scored.parts.flatMap(({ part, leaves: all }) => all.filter((leaf) => expected(leaf, part)));
  const done = leaves.filter(answered).length;
  const name = nameOf(draft);
  return make("li", { class: "card" },
    make("h3", {}, name),
    make("p", { class: "quiet-text" }, t(draft.finished ? "row_finished" : "row_open", { done, all: leaves.length }),
      draft.sha256 && draft.sha256 !== FORM.sha256 ? ` ${t("other_edition")}` : ""),
    make("progress", { max: leaves.length || 1, value: done, "aria-label": t("progress_of", { label: name }) }),
    make("div", { class: "row" },
      button([t("go_on"), quiet(` (${name})`)], () => openVisit(draft), { class: "main" }),
      button([t("export_short"), quiet(` (${name})`)], () => exportDraft(draft), { class: "plain" }),
      removal(draft, name)));
}

/* Carry on with a visit from a file, on this device. */
async function takeUp({ target }) {
  const [file] = target.files;
  target.value = "";
  let read = null;
  try { read = takenUp(JSON.parse(await file.text())); } catch { /* not JSON */ }
  if (!read) return home(t("take_up_refused"));
  const { draft, pictures, lost } = read;
  if (drafts.has(draft.visit.id) && !(await ask(t("take_up_sure", { name: nameOf(draft) }), t("replace")))) return home();
  for (const [name, address] of pictures) await photos.put(name, address);
  drafts.save(draft);
  return openVisit(draft, 0, lost ? t("take_up_lost", { count: lost }) : t("taken_up"));
}
