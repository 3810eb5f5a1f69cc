// One criterion on the page: what is asked, how to judge it, its control, a note, photos, a bravo, and what is missing.

const TONES = { met: "good", partly: "fair", not_met: "bad", not_applicable: "muted", recorded: "accent", unobserved: "" };

/* The number of every criterion, in the order of the page, and its standard; instances of a section share theirs. */
const [NUMBERS, PARTS] = [new Map(), new Map()];
for (const part of FORM.parts) {
  const walk = ({ criteria = [], sections = [] }) => {
    criteria.forEach((node) => { NUMBERS.set(node, NUMBERS.size + 1); PARTS.set(node, part); });
    sections.forEach(walk);
  };
  walk(part.tree);
}

/* Make the card of a criterion; `card.show(leaf)` brings it up to date with what the engine found. */
function criterionCard(part, node, answers, changed) {
  const scale = part.scales[node.scale];
  const entry = (answers[node.id] ??= { value: null, note: "", evidence: [] });
  entry.evidence ??= [];
  const title = say(node.text);
  const scored = scale.best !== undefined;
  const photo = scale.kind === "photo";
  const control = make("div", { class: "control" });
  const draw = () => control.replaceChildren(controlOf(scale, node.repeat, entry, touched, { na: scored && !node.fixed, label: title }));
  const touched = () => changed();
  const fault = make("p", { class: "fault", id: newId("fault"), hidden: true });
  const clear = button([icon("undo"), make("span", {}, t("clear"))], () => {
    entry.value = null;
    delete entry.started;
    draw();
    touched();
    control.querySelector("input, button, textarea")?.focus();
  }, { class: "quiet clear", "aria-label": t("clear_of", { label: title }) });
  const note = noteField(entry, touched, title);
  const gallery = photoField(node, entry, touched, photo);
  const card = make("fieldset", { class: "card criterion", id: newId("criterion"), "aria-describedby": fault.id, tabindex: "-1" },
    make("legend", {},
      make("span", { class: "place" }, String(NUMBERS.get(node))),
      make("span", {}, title, node.severity ? make("span", { class: `tag ${node.severity}` }, t(`severity_${node.severity}`)) : null)),
    guide(node), control, fault,
    make("div", { class: "extras" }, note.opener, gallery.openers, clear),
    note.field, gallery.shown);
  draw();
  card.show = (leaf) => {
    const { judgement } = leaf;
    const wanted = evidenceWanted(leaf);
    card.hidden = leaf.hidden || leaf.waiting;
    card.dataset.tone = TONES[judgement.outcome];
    clear.hidden = empty(entry.value) && !entry.started;
    const said = judgement.faults.length ? faultOf(leaf) : wanted && !wanted.given ? t(`wanted_${wanted.require}`) : "";
    if (fault.textContent !== said) fault.textContent = said;
    fault.hidden = !said;
    if (wanted && !wanted.given && wanted.require !== "photo") note.open();
  };
  card.answers = answers;
  card.node = node;
  return card;
}

/* How to judge, with what is good and what is not; folded away until somebody asks. */
function guide(node) {
  const lines = [
    node.guidance ? make("p", {}, say(node.guidance)) : null,
    node.good ? make("p", { class: "good" }, icon("check"), make("span", {}, quiet(t("good_example")), say(node.good))) : null,
    node.bad ? make("p", { class: "bad" }, icon("cross"), make("span", {}, quiet(t("bad_example")), say(node.bad))) : null,
  ];
  return lines.some(Boolean) ? make("details", { class: "guide" }, make("summary", {}, t("guide")), lines) : null;
}

/* A note, opened by a button, or because there is one already. */
function noteField(entry, changed, title) {
  const id = newId("note");
  const area = make("textarea", { id, rows: "2", on: { input: ({ target }) => { entry.note = target.value; changed(); } } });
  area.value = entry.note ?? "";
  const field = make("div", { class: "note", hidden: !entry.note },
    make("label", { for: id }, t("note"), quiet(` (${title})`)), area);
  const opener = button([icon("note"), t("note")], () => { open(); area.focus(); },
    { class: "quiet", "aria-expanded": String(!field.hidden), "aria-label": t("note_of", { label: title }) });
  const open = () => {
    field.hidden = false;
    opener.setAttribute("aria-expanded", "true");
  };
  return { field, opener, open };
}

/* Photos: from the camera or the gallery; shrunk, kept, shown small. */
function photoField(node, entry, changed, isAnswer) {
  const shown = make("div", { class: "photos" });
  const said = make("p", { class: "quiet-text", role: "status" });
  const answer = () => { if (isAnswer) entry.value = entry.evidence[0] ?? null; };
  const draw = async () => {
    const drawn = await Promise.all(entry.evidence.map(async (name, place) => {
      const address = await photos.get(name);
      const label = t("photo_number", { number: place + 1 });
      return make("figure", {},
        address ? make("img", { src: address, alt: label }) : make("span", { class: "lost" }, name),
        button("×", () => {
          entry.evidence = entry.evidence.filter((one) => one !== name);
          photos.remove(name);
          answer();
          draw();
          changed();
        }, { class: "take", "aria-label": t("photo_remove", { number: place + 1 }) }));
    }));
    shown.replaceChildren(...drawn, said);
  };
  const take = async ({ target }) => {
    const files = [...target.files];
    target.value = "";
    said.textContent = t("photo_shrinking");
    shown.append(said);
    let refused = 0;
    for (const file of files) {
      const address = await shrink(file);
      if (!address) { refused += 1; continue; }
      const name = newPhotoName(node.id);
      await photos.put(name, address);
      entry.evidence = [...entry.evidence, name];
    }
    answer();
    said.textContent = refused ? t("photo_refused") : "";
    await draw();
    changed();
  };
  const opener = (symbol, word, more) => make("label", { class: `quiet file ${symbol}` }, icon(symbol), make("span", {}, t(word)),
    make("input", { type: "file", accept: "image/*", class: "hidden", "aria-label": `${t(word)} (${say(node.text)})`, ...more, on: { change: take } }));
  const openers = [
    opener("camera", "photo_take", { capture: "environment" }),
    opener("gallery", "photo_choose", { multiple: true }),
  ];
  draw();
  return { shown, openers };
}
