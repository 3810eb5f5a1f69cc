// The controls an answer is given with: choices to touch, tallies to tap, numbers to type or to time, texts.
// Each is made for an entry {value, note, evidence} and calls `changed` after every touch.

const TIMED = { s: 1, min: 60, h: 3600 };

/* The box of a list of answers: side by side, as wide as their longest word, or one below the other where they are sentences. */
function choicesBox(texts, attributes, ...children) {
  const kind = texts.some((text) => text.length > FORM.sentence) ? "choices sentences" : "choices";
  const box = make("div", { ...attributes, class: kind }, ...children);
  box.style.setProperty("--word", Math.max(...texts.flatMap((text) => text.split(/\s/)).map((word) => word.length)));
  return box;
}

/* Choices: radios that look like large buttons; `none` is "not applicable". */
function choiceControl(scale, entry, changed, { na, label }) {
  const name = newId("choice");
  const options = [...scale.choices.map(([key, text]) => [key, say(text)]), ...(na ? [["na", t("na")]] : [])];
  return choicesBox(options.map(([, text]) => text), { role: "radiogroup", "aria-label": label },
    options.map(([key, text]) => make("label", { class: `choice${key === "na" ? " aside" : ""}` },
      make("input", {
        type: "radio", name, value: key, checked: entry.value === key,
        on: { change: () => { entry.value = key; changed(); } },
      }),
      make("span", {}, text))));
}

/* Several choices at once. */
function severalControl(scale, entry, changed, { na }) {
  const boxes = scale.choices.map(([key, text]) => make("label", { class: "choice" },
    make("input", {
      type: "checkbox", value: key, checked: Array.isArray(entry.value) && entry.value.includes(key),
      on: {
        change: ({ target }) => {
          const others = (Array.isArray(entry.value) ? entry.value : []).filter((one) => one !== key);
          entry.value = target.checked ? [...others, key] : others;
          none?.refresh();
          changed();
        },
      },
    }),
    make("span", {}, say(text))));
  const box = choicesBox(scale.choices.map(([, text]) => say(text)), {}, boxes);
  const none = na ? naControl(entry, changed, () => box.querySelectorAll("input").forEach((one) => { one.checked = false; })) : null;
  if (none) box.append(none);
  return box;
}

/* "Not applicable" beside a control that has no choice for it. */
function naControl(entry, changed, cleared) {
  const pressed = () => toggle.setAttribute("aria-pressed", entry.value === "na");
  const toggle = button(t("na"), () => {
    entry.value = entry.value === "na" ? null : "na";
    if (entry.value === "na") cleared();
    pressed();
    changed();
  }, { class: "choice aside toggle" });
  toggle.refresh = pressed;
  pressed();
  return toggle;
}

/* One counter for each choice: a large one to add, a small one to take back. */
function tallyControl(scale, entry, changed, { na }) {
  const counts = () => (entry.value && typeof entry.value === "object" ? entry.value : {});
  const row = ([key, text]) => {
    const said = say(text);
    const shown = make("b", { class: "count" });
    const add = button([make("span", {}, said), shown], () => step(1), { class: "tap" });
    const take = button("−", () => step(-1), { class: "take" });
    const show = () => {
      const n = counts()[key] ?? 0;
      shown.textContent = amount(n);
      add.setAttribute("aria-label", t("tally_add", { label: said, count: n }));
      take.setAttribute("aria-label", t("tally_take", { label: said, count: n }));
      take.disabled = n === 0;
    };
    const step = (by) => {
      const n = Math.max(0, (counts()[key] ?? 0) + by);
      entry.value = { ...counts(), [key]: n };
      if (!Object.values(entry.value).some(Boolean)) entry.value = null;
      shows.forEach((one) => one());
      none?.refresh();
      changed();
    };
    shows.push(show);
    return make("div", { class: "tally" }, add, take);
  };
  const shows = [];
  const rows = scale.choices.map(row);
  const none = na ? naControl(entry, changed, () => shows.forEach((one) => one())) : null;
  shows.forEach((one) => one());
  return make("div", { class: "tallies" }, rows, none);
}

/* A stopwatch: it goes on while the page is closed, since it only keeps when it was started. */
function stopwatch(scale, entry, changed, stopped) {
  const shown = make("span", { class: "elapsed", "aria-hidden": "true" });
  const control = button("", () => {
    if (entry.started) {
      const seconds = Math.round((Date.now() - entry.started) / 1000);
      delete entry.started;
      stopped(Number((seconds / TIMED[scale.unit]).toFixed(3)));
    } else {
      entry.started = Date.now();
    }
    show();
    changed();
  }, { class: "watch" });
  const word = make("span");
  control.append(icon("watch"), word, shown);
  let ticking = null;
  const tick = () => {
    if (!control.isConnected && ticking) return clearInterval(ticking);
    const seconds = Math.floor((Date.now() - entry.started) / 1000);
    shown.textContent = entry.started ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : "";
  };
  const show = () => {
    word.textContent = t(entry.started ? "watch_stop" : "watch_start");
    control.classList.toggle("running", Boolean(entry.started));
    clearInterval(ticking);
    tick();
    if (entry.started) setTimeout(() => { ticking = setInterval(tick, 500); });
  };
  show();
  return control;
}

const typed = (value) => (typeof value === "number" ? String(value).replace(".", language === "fr" ? "," : ".") : value ?? "");

/* Numbers: one, or as many as were measured; with a stopwatch where they are durations. */
function numberControl(scale, entry, changed, { na, repeat, label }) {
  const box = make("div", { class: "numbers" });
  const values = () => (entry.value === "na" ? [""] : repeat ? (entry.value?.length ? entry.value : [""]) : [entry.value ?? ""]);
  const put = (place, value) => {
    if (!repeat) entry.value = empty(value) ? null : value;
    else {
      const all = [...values()];
      all[place] = value;
      entry.value = all.every(empty) ? null : all;
    }
  };
  const row = (value, place) => {
    const field = make("input", {
      type: "text", inputmode: scale.unit in TIMED ? "text" : "decimal", autocomplete: "off", maxlength: "60", class: "number",
      "aria-label": repeat ? t("measure_label", { label, number: place + 1 }) : label,
      on: { input: ({ target }) => { put(place, target.value); none?.refresh(); changed(); } },
    });
    field.value = typed(value);
    const remove = repeat && values().length > 1
      ? button("×", () => { entry.value = values().filter((_, one) => one !== place); draw(); changed(); },
        { class: "take", "aria-label": t("measure_remove", { number: place + 1 }) })
      : null;
    const unit = say(scale.unit_word);
    return make("div", { class: "measure" }, field, unit ? make("span", { class: "unit" }, unit) : null, remove);
  };
  const draw = (focus = null) => {
    const more = repeat
      ? button(t("measure_add"), () => { entry.value = [...values(), ""]; draw(values().length - 1); changed(); }, { class: "plain" })
      : null;
    const watch = scale.unit in TIMED
      ? stopwatch(scale, entry, changed, (value) => {
        const at = values().findIndex(empty);
        put(repeat ? (at === -1 ? values().length : at) : 0, value);
        draw();
      })
      : null;
    box.replaceChildren(...values().map(row), make("div", { class: "row" }, watch, more, none));
    none?.refresh();
    if (focus !== null) box.querySelectorAll("input")[focus]?.focus();
  };
  const none = na ? naControl(entry, changed, () => draw()) : null;
  draw();
  return box;
}

/* Texts, dates, times, links: what the browser has a field for. */
function textControl(scale, entry, changed, { label }) {
  const on = { input: ({ target }) => { entry.value = target.value; changed(); } };
  const field = scale.kind === "text"
    ? make("textarea", { rows: "3", "aria-label": label, on })
    : make("input", { type: { date: "date", time: "time" }[scale.kind] ?? "url", "aria-label": label, on });
  field.value = entry.value ?? "";
  return field;
}

/* The control for a scale. */
function controlOf(scale, repeat, entry, changed, options) {
  if (scale.kind === "multiple") return severalControl(scale, entry, changed, options);
  if (scale.kind === "choices") {
    return (repeat ? tallyControl : choiceControl)(scale, entry, changed, options);
  }
  if (scale.kind === "number") return numberControl(scale, entry, changed, { ...options, repeat });
  if (scale.kind === "photo") return make("div");
  return textControl(scale, entry, changed, options);
}
