// The last step: the result so far, what is missing, a general note, bravos; finishing and exporting.

/* Make the step; `step.show(scored)` brings it up to date. `go` leads to what is missing. */
function finishStep(draft, changed, go, finish) {
  const result = make("div", { class: "card result", "aria-live": "off" });
  const lacks = make("div", { class: "lacks" });
  const noteId = newId("note");
  const note = make("textarea", { id: noteId, rows: "4", on: { input: ({ target }) => { draft.note = target.value; changed(); } } });
  note.value = draft.note ?? "";
  const said = make("div", { class: "said", role: "status" });
  const body = make("div", { class: "end" }, result, lacks,
    make("div", { class: "card" }, make("label", { for: noteId }, t("general_note")), note),
    bravos(draft, changed),
    make("div", { class: "card actions" },
      said,
      button([icon("check"), t("finish")], () => finish(said, lacks), { class: "main wide", "data-do": "finish" }),
      button(t("export_draft"), () => exportDraft(draft), { class: "plain wide", "data-do": "export" }),
      make("p", { class: "quiet-text" }, t("finish_help"))));
  body.show = (scored, found, progress) => {
    result.replaceChildren(...resultOf(scored, found, progress));
    lacks.replaceChildren(...lacksOf(found, go));
  };
  return body;
}

/* The result in words: score, level, verdict; of each standard where there are several. */
function resultOf(scored, found, progress) {
  const { result } = scored;
  if (!result) return [make("h3", {}, t("on_import")), make("p", {}, t("on_import_help"))];
  const rules = FORM.several ? FORM.whole : FORM.parts[0].rules;
  const open = found.some((one) => one.leaf);
  const told = result.fired.map((id) => rules.told?.[id]).filter(Boolean);
  return [
    make("h3", {}, t(open ? "score_provisional" : "score")),
    make("p", { class: "figure" }, scoreWord(result, rules)),
    make("p", { class: `verdict ${VERDICT_TONES[result.verdict]}` }, icon(VERDICT_ICONS[result.verdict]), t(`verdict_${result.verdict}`)),
    ...told.map((text) => make("p", { class: "told" }, say(text))),
    make("p", { class: "quiet-text" }, t("answered", progress)),
    FORM.several ? make("ul", { class: "parts" }, scored.parts.map((one) =>
      make("li", {}, make("span", {}, say(one.part.title)), make("b", {}, scoreWord(one.result, one.part.rules))))) : "",
  ];
}

const VERDICT_TONES = { passed: "good", below: "bad", limited: "bad", forbidden: "bad", incomplete: "muted", no_score: "muted", scored: "muted" };
const VERDICT_ICONS = { passed: "check", below: "cross", limited: "alert", forbidden: "alert", incomplete: "half", no_score: "dash", scored: "dot" };

const NO_FIGURE = "–";

/* The score in a few characters. */
function numberWord(result, { display }) {
  if (result.score !== null) return figure(result.score, display);
  if (result.points === null) return NO_FIGURE;
  const maximum = result.maximum === null ? null : halfUp(result.maximum, 3);
  return t(maximum === null ? "points" : "points_of", { points: halfUp(result.points, 3), maximum });
}

/* The score and the level. */
function scoreWord(result, rules) {
  if (!result) return t("on_import_short");
  const level = result.level === null ? null : say(rules.levels?.[result.level] ?? result.level);
  return [numberWord(result, rules), level].filter(Boolean).join(" · ");
}

/* What is missing: first what keeps the visit from being finished. */
function lacksOf(found, go) {
  const list = (title, ones, tone) => ones.length
    ? make("section", { class: `card lack ${tone}` },
      make("h3", { tabindex: "-1" }, icon(tone === "bad" ? "alert" : "question"), title),
      make("ul", {}, ones.map((one) => make("li", {},
        button([make("span", {}, one.leaf ? `${NUMBERS.get(one.leaf.node)}. ${say(one.leaf.node.text)}` : say(one.field.title)),
          one.why ? make("em", {}, one.why) : null], () => go(one), { class: "goto" })))))
    : null;
  const stops = found.filter((one) => one.stops);
  const open = found.filter((one) => !one.stops);
  const shown = [list(t("to_mend"), stops, "bad"), list(t("unanswered", { count: open.length }), open, "muted")].filter(Boolean);
  return shown.length ? shown : [make("p", { class: "card complete good" }, icon("check"), t("complete"))];
}

/* What names a criterion among those of the page: its id, and its standard where others have the id too. */
function named(node) {
  const alike = [...NUMBERS.keys()].filter((one) => one.id === node.id);
  return alike.length > 1 ? `${node.id}@${PARTS.get(node).id}` : node.id;
}

const chosen = ({ criterion, standard }) => (standard ? `${criterion}@${standard}` : criterion);

/* What deserves a bravo: behaviour in the wanted direction, recognised. */
function bravos(draft, changed) {
  const list = (draft.commendations ??= []);
  const box = make("div", { class: "card bravos" });
  const row = (one, place) => {
    const [note, team, criterion] = ["note", "team", "criterion"].map((name) => newId(name));
    const heard = (name) => ({ input: ({ target }) => { one[name] = target.value; changed(); } });
    const of = ({ target }) => { [one.criterion, one.standard] = target.value.split("@"); changed(); };
    const area = make("textarea", { id: note, rows: "2", on: heard("note") });
    area.value = one.note ?? "";
    const who = make("input", { id: team, type: "text", autocomplete: "off", on: heard("team") });
    who.value = one.team ?? "";
    return make("fieldset", { class: "bravo" },
      make("legend", {}, t("bravo_number", { number: place + 1 })),
      make("label", { for: note }, t("bravo_note")), area,
      make("label", { for: team }, t("bravo_team")), who,
      make("label", { for: criterion }, t("bravo_criterion")),
      make("select", { id: criterion, on: { input: of } }, make("option", { value: "" }, t("bravo_any")),
        [...NUMBERS.keys()].map((node) =>
          make("option", { value: named(node), selected: named(node) === chosen(one) }, `${NUMBERS.get(node)}. ${say(node.text)}`))),
      button([t("remove"), quiet(` (${t("bravo_number", { number: place + 1 })})`)], () => {
        list.splice(place, 1);
        draw();
        changed();
        box.querySelector(".add").focus();
      }, { class: "quiet" }));
  };
  const more = button([icon("star"), t("bravo_add")], () => {
    list.push({ note: "", team: "", criterion: "" });
    draw();
    [...box.querySelectorAll("textarea")].at(-1).focus();
  }, { class: "plain add" });
  const draw = () => box.replaceChildren(make("h3", {}, t("bravos")), make("p", { class: "help" }, t("bravos_help")), ...list.map(row), more);
  draw();
  return box;
}

async function exportDraft(draft) {
  download(`${slug(draft.visit.id) || "visit"}-${t("draft_file")}.json`, `${JSON.stringify(await observation(draft), null, 2)}\n`);
}
