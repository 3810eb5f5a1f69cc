// The page as a whole: the list of visits or one visit; language and colours; what is said to those who listen.
const app = document.getElementById("app");
const status = document.getElementById("status");
let screen = null; // the visit that is open

function openVisit(draft, at = 0, message = "") {
  draft.sha256 = FORM.sha256;
  screen = new Screen(draft, at, message);
}

/* The banner: nothing is kept, or photos are not. */
function banner() {
  const said = troubles.has("storage") ? t("no_storage") : troubles.has("photos") ? t("no_photos") : "";
  const place = document.getElementById("banner");
  if (place.textContent !== said) place.textContent = said;
  place.hidden = !said;
}

/* The language and the colours. A dialog they were changed in is closed: it was drawn in the old ones. */
function tools() {
  const themes = ["system", "light", "dark", "sun"];
  const theme = document.documentElement.dataset.theme;
  const change = (set, name) => () => {
    set();
    document.querySelectorAll("dialog").forEach((one) => one.remove());
    if (screen) openVisit(screen.draft, screen.at);
    else home();
    document.querySelector(`[data-do=${name}]`)?.focus();
  };
  const languages = FORM.languages.filter((one) => one !== language).map((one) =>
    button(FORM.words[one].language, change(() => speak(one), "language"), { class: "quiet", lang: one, "data-do": "language" }));
  const next = themes[(themes.indexOf(theme) + 1) % themes.length];
  const colours = button([icon("sun"), t(`theme_${theme}`)], change(() => dress(next), "theme"),
    { class: "quiet", "data-do": "theme" });
  return make("div", { class: "tools row" }, languages, colours);
}

function dress(theme) {
  document.documentElement.dataset.theme = theme;
  kept.set("theme", theme);
}

function speak(one) {
  language = one;
  document.documentElement.lang = one;
  kept.set("language", one);
}

/* Say a change to those who listen, when the touching stops. */
let saying = null;
function announce(text) {
  clearTimeout(saying);
  saying = setTimeout(() => { if (status.textContent !== text) status.textContent = text; }, 1200);
}

const theme = kept.get("theme");
document.documentElement.dataset.theme = ["light", "dark", "sun"].includes(theme) ? theme : "system";
if (FORM.languages.includes(kept.get("language"))) language = kept.get("language");
document.documentElement.lang = language;
home();

// What a console, or a test, may ask of the page.
globalThis.servaudit = {
  FORM, fsum, nine, halfUp, run, UNKNOWN, scoreVisit, score, observation, takenUp, drafts, photos, current: () => screen,
};
