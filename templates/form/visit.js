// The screen of one visit: its fields, one step for each section, and the step that finishes it.

/* Fields of the visit. */
function fieldsStep(draft, changed) {
  return FORM.fields.map((field) => {
    const id = newId("field");
    const value = fieldOf(draft, field);
    const help = field.help ? make("p", { id: `${id}-help`, class: "help" }, say(field.help)) : null;
    const title = [say(field.title), field.required ? make("span", { class: "tag" }, t("required_tag")) : null];
    const set = (one) => { setField(draft, field, one); changed(); };
    const described = help ? `${id}-help` : null;
    const listed = field.choices ?? [];
    if (listed.length && listed.length <= 4) {
      const read = (key) => (field.type === "bool" ? key === "yes" : key);
      return make("fieldset", { class: "card field", id, "aria-describedby": described, "data-field": field.id, tabindex: "-1" },
        make("legend", {}, title), help,
        choicesBox(listed.map(([, text]) => say(text)), {}, listed.map(([key, text]) => make("label", { class: "choice" },
          make("input", { type: "radio", name: id, value: key, checked: value === read(key), on: { change: () => set(read(key)) } }),
          make("span", {}, say(text))))));
    }
    const attributes = { id, "aria-describedby": described, "aria-required": field.required ? "true" : null };
    const input = listed.length
      ? make("select", { ...attributes, on: { change: ({ target }) => set(target.value) } },
        make("option", { value: "" }, t("choose")),
        listed.map(([key, text]) => make("option", { value: key, selected: value === key }, say(text))))
      : make("input", {
        ...attributes, autocomplete: "off",
        type: { date: "date", time: "time" }[field.type] ?? "text",
        inputmode: field.type === "number" ? "decimal" : null,
        on: { input: ({ target }) => set(field.type === "number" ? numeral(target.value) : target.value) },
      });
    if (!listed.length) input.value = typed(value);
    const now = field.type === "time"
      ? button(t("now"), () => { input.value = clock(); set(input.value); }, { class: "plain", "aria-label": `${say(field.title)} : ${t("now")}` })
      : null;
    return make("div", { class: "card field", "data-field": field.id, tabindex: "-1" },
      make("label", { for: id }, title), help, make("div", { class: "row" }, input, now));
  });
}

/* A fact that is a number; what is none is kept as it was typed until it is one. */
const numeral = (text) => (DECIMAL.test(text.trim()) ? decimal(text.trim()) : "");
const clock = () => new Date().toTimeString().slice(0, 5);
const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
};

/* The steps of a visit: {title, kicker, body}. What stands right under a standard is a step of its own. */
function stepsOf(draft, changed) {
  const steps = [{ title: t("the_visit"), kicker: "", body: fieldsStep(draft, changed) }];
  for (const part of FORM.parts) {
    const answers = FORM.several ? (draft.answers[part.id] ??= {}) : draft.answers;
    const step = (title, section) => {
      const kicker = FORM.parts.length > 1 && say(part.title) !== title ? say(part.title) : "";
      steps.push({ title, kicker, body: bodyOf(part, section, answers, 3, changed) });
    };
    if (part.tree.criteria) step(say(part.title), { criteria: part.tree.criteria });
    for (const section of part.tree.sections ?? []) step(say(section.title), section);
  }
  return steps;
}

/* What stands under a section: its criteria, then its sections with headings; once per instance where it repeats. */
function bodyOf(part, section, answers, depth, changed) {
  if (section.repeat) return [repeated(part, section, answers, depth, changed)];
  return levelOf(part, section, answers, depth, changed);
}

function levelOf(part, section, answers, depth, changed) {
  return [
    ...(section.criteria ?? []).map((node) => criterionCard(part, node, answers, changed)),
    ...(section.sections ?? []).map((inner) => make("div", { class: "block" },
      make(`h${Math.min(depth, 6)}`, {}, say(inner.title)), bodyOf(part, inner, answers, depth + 1, changed))),
  ];
}

/* A section that is observed several times: one block for each instance; they can be added and taken away. */
function repeated(part, section, answers, depth, changed) {
  const box = make("div", { class: "instances" });
  const list = (answers[section.id] = [answers[section.id] ?? []].flat());
  if (!list.length) list.push({});
  const title = say(section.title);
  const instance = (own, place) => {
    const heading = make(`h${Math.min(depth, 6)}`, { tabindex: "-1" }, t("instance", { title, number: place + 1 }));
    const remove = async () => {
      const given = present(answersOf(part, section, own, () => true));
      if (given && !(await ask(t("instance_sure", { title, number: place + 1 }), t("remove")))) return;
      photosOf({ answers: own }).forEach((name) => photos.remove(name));
      list.splice(place, 1);
      draw();
      changed();
      box.querySelector(".add").focus();
    };
    return make("div", { class: "instance" },
      make("div", { class: "row top" }, heading, list.length > 1
        ? button([t("remove"), quiet(` ${title} ${place + 1}`)], remove, { class: "quiet" })
        : null),
      levelOf(part, section, own, depth + 1, changed));
  };
  const more = button(t("instance_add", { title }), () => {
    list.push({});
    draw();
    changed();
    [...box.querySelectorAll(":scope > .instance > .top > [tabindex]")].at(-1).focus();
  }, { class: "plain add" });
  const draw = () => box.replaceChildren(...list.map(instance), more);
  draw();
  return box;
}
