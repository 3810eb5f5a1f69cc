// The page: the list of visits, and the visit that is open; language and theme; the banner when nothing can be kept.
const app = document.getElementById("app");
const status = document.getElementById("status");
let current = null; // the visit that is open: {draft, steps, at, scored, found}

const factsOf = (draft) => Object.fromEntries(FORM.fields
  .filter(({ id }) => id.startsWith("context."))
  .map((field) => [field.id.slice(8), fieldOf(draft, field) ?? field.default ?? null]));

const score = (draft) => scoreVisit(FORM, draft.answers, factsOf(draft));

/* A new visit: the fields' defaults, and today. Its id tells it from all others, on this device and elsewhere. */
function newDraft() {
  const draft = { visit: { id: `${today()}-${unique(5)}`, context: {} }, answers: {}, note: "", commendations: [], overrides: [] };
  draft.auto = draft.visit.id.slice(-5);
  for (const field of FORM.fields) {
    if (field.default !== undefined) setField(draft, field, field.default);
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

/* The banner: nothing is kept, or photos are not. */
function banner() {
  const said = troubles.has("storage") ? t("no_storage") : troubles.has("photos") ? t("no_photos") : "";
  const place = document.getElementById("banner");
  if (place.textContent !== said) place.textContent = said;
  place.hidden = !said;
}

function tools() {
  const others = FORM.languages.filter((one) => one !== language);
  const themes = ["system", "light", "dark", "sun"];
  const theme = document.documentElement.dataset.theme;
  return make("div", { class: "tools row" },
    others.map((one) => button(FORM.words[one].language, () => { choose(one); document.querySelector("[data-do=language]").focus(); },
      { class: "quiet", lang: one, "data-do": "language" })),
    button([icon("sun"), t(`theme_${theme}`)], () => {
      setTheme(themes[(themes.indexOf(theme) + 1) % themes.length]);
      redraw();
      document.querySelector("[data-do=theme]").focus();
    }, { class: "quiet", "data-do": "theme" }));
}

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  kept.set("theme", name);
}

function choose(one) {
  language = one;
  document.documentElement.lang = one;
  kept.set("language", one);
  redraw();
}

const redraw = () => (current ? openVisit(current.draft, current.at) : home());

/* The list of visits. */
function home(message = "") {
  current = null;
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

/* Open a visit: every step is made once, and shown one at a time. */
function openVisit(draft, at = 0, message = "") {
  draft.sha256 = FORM.sha256;
  const state = (current = { draft, at, steps: [], scored: null, found: [] });
  const changed = () => {
    rename(draft);
    delete draft.finished;
    drafts.save(draft);
    refresh();
  };
  const title = make("p", { class: "where" });
  const chip = make("p", { class: "chip" });
  const bar = make("progress", { max: 1, value: 0, "aria-label": t("progress") });
  const steps = stepsOf(draft, changed);
  const last = finishStep(draft, changed, go, finish);
  steps.push({ title: t("to_finish"), kicker: "", body: [last] });
  state.steps = steps.map((step) => {
    const heading = make("h2", { tabindex: "-1" }, step.title);
    const section = make("section", { class: "step", hidden: true }, step.kicker ? make("p", { class: "kicker" }, step.kicker) : null, heading, step.body);
    return { ...step, section, heading };
  });
  const back = button([icon("left"), make("span", {}, t("previous"))], () => show(next(-1)), { class: "plain", "data-do": "previous" });
  const forth = button([make("span", {}, t("next")), icon("right")], () => show(next(1)), { class: "main", "data-do": "next" });
  const contents = button([make("span", { class: "step-of" }), quiet(t("contents"))], list, { class: "plain", "aria-haspopup": "dialog", "data-do": "contents" });
  app.replaceChildren(
    make("header", { class: "bar" },
      make("div", { class: "row" }, button([icon("left"), t("visits")], () => home(), { class: "quiet", "data-do": "home" }), title, chip), bar),
    make("main", { class: "visit" }, make("h1", { class: "hidden" }, say(FORM.title)),
      make("p", { class: "said", role: "status" }, message), state.steps.map(({ section }) => section)),
    make("nav", { class: "thumb", "aria-label": t("steps") }, back, contents, forth));

  const shownSteps = () => state.steps.filter((step) => !step.skipped);
  const next = (by) => {
    const all = shownSteps();
    const place = all.indexOf(state.steps[state.at]);
    return state.steps.indexOf(all[Math.min(Math.max(place + by, 0), all.length - 1)]);
  };
  function show(place, focus = true) {
    state.at = place;
    state.steps.forEach((step, one) => { step.section.hidden = one !== place; });
    const all = shownSteps();
    const here = all.indexOf(state.steps[place]);
    contents.querySelector(".step-of").textContent = t("step_of", { number: here + 1, all: all.length });
    back.disabled = here === 0;
    forth.hidden = here === all.length - 1;
    title.textContent = nameOf(draft);
    document.title = `${state.steps[place].title} · ${say(FORM.title)}`;
    if (!focus) return;
    scrollTo(0, 0);
    state.steps[place].heading.focus({ preventScroll: true });
  }
  function refresh() {
    state.scored = score(draft);
    const leaves = new Map();
    for (const { leaves: own } of state.scored.parts) {
      for (const leaf of own) {
        if (!leaves.has(leaf.answers)) leaves.set(leaf.answers, new Map());
        leaves.get(leaf.answers).set(leaf.node.id, leaf);
      }
    }
    for (const step of state.steps) {
      const cards = [...step.section.querySelectorAll(".criterion")];
      cards.forEach((card) => card.show(leafOf(leaves, card)));
      step.skipped = cards.length > 0 && cards.every((card) => card.hidden);
      for (const block of step.section.querySelectorAll(".block, .instance")) {
        block.hidden = [...block.querySelectorAll(".criterion")].every((card) => card.hidden);
      }
    }
    state.found = missing(draft, state.scored);
    const all = state.scored.parts.flatMap(({ part, leaves: own }) => own.filter((leaf) => expected(leaf, part)));
    const done = all.filter(answered).length;
    bar.max = all.length || 1;
    bar.value = done;
    const rules = FORM.several ? FORM.whole : FORM.parts[0].rules;
    const word = state.scored.result ? numberWord(state.scored.result, rules) : t("on_import_short");
    const said = word === NO_FIGURE ? `${amount(done)}/${amount(all.length)}` : word;
    if (chip.textContent !== said) chip.textContent = said;
    announce(t("announced", { done, all: all.length, score: word }));
    last.show(state.scored, state.found, { done, all: all.length });
    show(state.at, false);
    banner();
  }
  /* The contents: every step, and how many answers it still lacks. */
  function list() {
    const close = () => { dialog.close(); dialog.remove(); };
    const lacks = (step) => state.found.filter((one) => step.section.contains(placeOf(one))).length;
    const dialog = make("dialog", { class: "contents", "aria-label": t("contents") },
      tools(),
      make("ol", {}, shownSteps().map((step) => {
        const n = lacks(step);
        const mark = step === state.steps.at(-1) ? null
          : make("em", { class: n ? "open" : "good" }, n ? t("still", { count: n }) : [icon("check"), quiet(t("all_done"))]);
        return make("li", {}, button([make("span", {}, step.kicker ? make("small", {}, step.kicker) : null, step.title), mark],
        () => { close(); show(state.steps.indexOf(step)); },
        { class: "goto", "aria-current": step === state.steps[state.at] ? "step" : null }));
      })),
      button(t("close"), () => { close(); contents.focus(); }, { class: "plain wide" }));
    dialog.addEventListener("cancel", () => { dialog.remove(); contents.focus(); });
    document.body.append(dialog);
    dialog.showModal();
  }
  function placeOf({ leaf, field }) {
    if (field) return app.querySelector(`[data-field="${field.id}"]`);
    return [...app.querySelectorAll(".criterion")].find((card) => card.answers === leaf.answers && card.node === leaf.node);
  }
  function go(one) {
    const place = placeOf(one);
    show(state.steps.findIndex(({ section }) => section.contains(place)), false);
    place.scrollIntoView({ block: "center" });
    place.focus({ preventScroll: true });
  }
  async function finish(said, lacks) {
    const stops = state.found.filter((one) => one.stops);
    if (stops.length) {
      said.replaceChildren(make("p", { class: "fault" }, t("refused", { count: stops.length })));
      lacks.scrollIntoView({ block: "start" });
      lacks.querySelector("h3").focus({ preventScroll: true });
      return;
    }
    const file = `${slug(draft.visit.id) || "visit"}.json`;
    download(file, `${JSON.stringify(await observation(draft, state.scored), null, 2)}\n`);
    draft.finished = Date.now();
    drafts.save(draft);
    said.replaceChildren(make("p", { class: "done" }, icon("check"), t("finished", { file })),
      make("code", {}, `servaudit score ${file}`));
  }
  refresh();
  show(at, true);
}

const leafOf = (leaves, card) => leaves.get(card.answers)?.get(card.node.id) ?? NO_LEAF;
const NO_LEAF = { hidden: true, judgement: { ...NOT_APPLICABLE, faults: [] }, node: {}, scale: {} };

/* Say a change to those who listen, when the touching stops. */
let saying = null;
function announce(text) {
  clearTimeout(saying);
  saying = setTimeout(() => { if (status.textContent !== text) status.textContent = text; }, 1200);
}

setTheme(["system", "light", "dark", "sun"].includes(kept.get("theme")) ? kept.get("theme") : "system");
if (FORM.languages.includes(kept.get("language"))) language = kept.get("language");
document.documentElement.lang = language;
home();

// What a console, or a test, may ask of the page.
globalThis.servaudit = { FORM, fsum, nine, halfUp, run, UNKNOWN, measured, scoreVisit, observation, takenUp, clean, drafts, photos, score, current: () => current };
