// The screen of one visit: its steps, made once and shown one at a time; what is missing; the contents; the end.
class Screen {
  constructor(draft, at, message) {
    Object.assign(this, { draft, at, scored: null, found: [] });
    const changed = () => {
      rename(draft);
      delete draft.finished;
      drafts.save(draft);
      this.refresh();
    };
    this.last = finishStep(draft, changed, (one) => this.go(one), (said, lacks) => this.finish(said, lacks));
    const steps = [...stepsOf(draft, changed), { title: t("to_finish"), kicker: "", body: [this.last] }];
    this.steps = steps.map((step) => {
      const heading = make("h2", { tabindex: "-1" }, step.title);
      const kicker = step.kicker ? make("p", { class: "kicker" }, step.kicker) : null;
      return { ...step, heading, section: make("section", { class: "step", hidden: true }, kicker, heading, step.body) };
    });
    this.frame(message);
    this.refresh();
    this.show(at);
  }

  /* The header with the score so far, the steps, and the buttons for the thumb. */
  frame(message) {
    this.title = make("p", { class: "where" });
    this.chip = make("p", { class: "chip" });
    this.bar = make("progress", { max: 1, value: 0, "aria-label": t("progress") });
    this.back = button([icon("left"), make("span", {}, t("previous"))], () => this.show(this.next(-1)),
      { class: "plain", "data-do": "previous" });
    this.forth = button([make("span", {}, t("next")), icon("right")], () => this.show(this.next(1)),
      { class: "main", "data-do": "next" });
    this.place = make("span", {});
    this.contents = button([this.place, quiet(t("contents"))], () => this.list(),
      { class: "plain", "aria-haspopup": "dialog", "data-do": "contents" });
    const leave = button([icon("left"), t("visits")], () => home(), { class: "quiet", "data-do": "home" });
    app.replaceChildren(
      make("header", { class: "bar" }, make("div", { class: "row" }, leave, this.title, this.chip), this.bar),
      make("main", { class: "visit" }, make("h1", { class: "hidden" }, say(FORM.title)),
        make("p", { class: "said", role: "status" }, message), this.steps.map(({ section }) => section)),
      make("nav", { class: "thumb", "aria-label": t("steps") }, this.back, this.contents, this.forth));
  }

  /* The steps that have something to ask. */
  get open() {
    return this.steps.filter((step) => !step.skipped);
  }

  next(by) {
    const place = this.open.indexOf(this.steps[this.at]) + by;
    return this.steps.indexOf(this.open[Math.min(Math.max(place, 0), this.open.length - 1)]);
  }

  show(at, focus = true) {
    this.at = at;
    this.steps.forEach((step, one) => { step.section.hidden = one !== at; });
    const [here, all] = [this.open.indexOf(this.steps[at]), this.open.length];
    this.place.textContent = t("step_of", { number: here + 1, all });
    this.back.disabled = here === 0;
    this.forth.hidden = here === all - 1;
    this.title.textContent = nameOf(this.draft);
    document.title = `${this.steps[at].title} · ${say(FORM.title)}`;
    if (!focus) return;
    scrollTo(0, 0);
    this.steps[at].heading.focus({ preventScroll: true });
  }

  /* Bring everything up to date after a touch. */
  refresh() {
    this.scored = score(this.draft);
    this.showCards();
    this.found = missing(this.draft, this.scored);
    const all = this.scored.parts.flatMap(({ part, leaves }) => leaves.filter((leaf) => expected(leaf, part)));
    const progress = { done: all.filter(answered).length, all: all.length };
    this.bar.max = progress.all || 1;
    this.bar.value = progress.done;
    const rules = FORM.several ? FORM.whole : FORM.parts[0].rules;
    const word = this.scored.result ? numberWord(this.scored.result, rules) : t("on_import_short");
    const said = word === NO_FIGURE ? `${amount(progress.done)}/${amount(progress.all)}` : word;
    if (this.chip.textContent !== said) this.chip.textContent = said;
    announce(t("announced", { ...progress, score: word }));
    this.last.show(this.scored, this.found, progress);
    this.show(this.at, false);
    banner();
  }

  /* Show each card as the engine found it; hide what does not apply, and what is then empty. */
  showCards() {
    const leaves = new Map();
    for (const leaf of this.scored.parts.flatMap((part) => part.leaves)) {
      if (!leaves.has(leaf.answers)) leaves.set(leaf.answers, new Map());
      leaves.get(leaf.answers).set(leaf.node.id, leaf);
    }
    const none = (element) => [...element.querySelectorAll(".criterion")].every((card) => card.hidden);
    for (const step of this.steps) {
      const cards = [...step.section.querySelectorAll(".criterion")];
      cards.forEach((card) => card.show(leaves.get(card.answers)?.get(card.node.id) ?? NO_LEAF));
      step.skipped = cards.length > 0 && none(step.section);
      step.section.querySelectorAll(".block, .instance").forEach((block) => { block.hidden = none(block); });
    }
  }

  /* The contents: every step, and how many answers it still lacks. */
  list() {
    const dialog = make("dialog", { class: "contents", "aria-label": t("contents") });
    const close = () => { dialog.close(); dialog.remove(); };
    const row = (step) => {
      const n = this.found.filter((one) => step.section.contains(this.placeOf(one))).length;
      const mark = step === this.steps.at(-1) ? null
        : make("em", { class: n ? "open" : "good" }, n ? t("still", { count: n }) : [icon("check"), quiet(t("all_done"))]);
      const title = make("span", {}, step.kicker ? make("small", {}, step.kicker) : null, step.title);
      return make("li", {}, button([title, mark], () => { close(); this.show(this.steps.indexOf(step)); },
        { class: "goto", "aria-current": step === this.steps[this.at] ? "step" : null }));
    };
    dialog.append(tools(), make("ol", {}, this.open.map(row)),
      button(t("close"), () => { close(); this.contents.focus(); }, { class: "plain wide" }));
    dialog.addEventListener("cancel", () => { dialog.remove(); this.contents.focus(); });
    document.body.append(dialog);
    dialog.showModal();
  }

  /* Where something that is missing stands on the page. */
  placeOf({ leaf, field }) {
    if (field) return app.querySelector(`[data-field="${field.id}"]`);
    return [...app.querySelectorAll(".criterion")].find((card) => card.answers === leaf.answers && card.node === leaf.node);
  }

  go(one) {
    const place = this.placeOf(one);
    this.show(this.steps.findIndex(({ section }) => section.contains(place)), false);
    place.scrollIntoView({ block: "center" });
    place.focus({ preventScroll: true });
  }

  /* Hand the visit over, unless something is required that is not there. */
  async finish(said, lacks) {
    const stops = this.found.filter((one) => one.stops);
    if (stops.length) {
      said.replaceChildren(make("p", { class: "fault" }, t("refused", { count: stops.length })));
      lacks.scrollIntoView({ block: "start" });
      lacks.querySelector("h3").focus({ preventScroll: true });
      return;
    }
    const file = `${slug(this.draft.visit.id) || "visit"}.json`;
    download(file, `${JSON.stringify(await observation(this.draft, this.scored), null, 2)}\n`);
    this.draft.finished = Date.now();
    drafts.save(this.draft);
    said.replaceChildren(make("p", { class: "done" }, icon("check"), t("finished", { file })),
      make("code", {}, `servaudit score ${file}`));
  }
}

const NO_LEAF = { hidden: true, judgement: { ...NOT_APPLICABLE, faults: [] }, node: {}, scale: {} };
