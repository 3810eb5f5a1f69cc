// What the page says: its own words and the standard's, in the language that was chosen; numbers the local way.
const FORM = await unpacked(document.getElementById("form").textContent);
let language = FORM.languages[0];

/* The data of the form, which the page carries deflated. */
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}

/* A text of the form in the current language; some are the same in all, some are missing in one. */
function say(text) {
  if (!Array.isArray(text)) return text ?? "";
  return text[FORM.languages.indexOf(language)] ?? text.find((one) => one !== null) ?? "";
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

/* A word of the interface, with its {named} fields filled; numbers are written the local way. */
function t(key, values = {}) {
  const written = Object.entries(values).map(([name, value]) => [name, typeof value === "number" ? amount(value) : value]);
  return fill(FORM.words[language][key], Object.fromEntries(written));
}

const amount = (value, decimals) =>
  new Intl.NumberFormat(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals ?? 3 })
    .format(decimals === undefined ? value : halfUp(value, decimals));

/* A score as its standard displays it: per cent unless it says otherwise. */
function figure(score, [times, decimals, unit]) {
  const number = amount(score * times, decimals);
  return unit ? `${number}${unit === "%" && language === "en" ? "" : "\u00a0"}${unit}` : number;
}

function longDate(iso) {
  const date = new Date(`${iso}T12:00:00`);
  return Number.isNaN(date.getTime()) ? "" : new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(date);
}

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("’", "'").toLowerCase().trim();
const slug = (text) => fold(text).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40);

/* Takes out of a typed text what no file should receive: control characters, lone surrogates, marks that reverse it. */
const clean = (text) =>
  text.replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/gu, "");
