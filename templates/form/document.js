// A visit as an observation, the document that servaudit scores; and an observation taken up again.
const MOST = 10_000_000; // observations of one criterion, as in servaudit
const DETAILS = ["value", "note", "evidence"];

const present = (value) => !empty(value) && !(typeof value === "object" && !Object.keys(value).length);

/* Leave out of a mapping what holds nothing. */
const filled = (entries) => Object.fromEntries(entries.filter(([, value]) => present(value)));

/* Write one answer: as short as it can be, numbers in the unit of their scale. */
function written(scale, entry) {
  const number = (raw) => {
    if (scale.kind !== "number" || raw === "na") return raw;
    const value = measured(raw, scale.unit);
    return value === REFUSED ? raw : value;
  };
  let value = entry.value ?? null;
  if (Array.isArray(value)) value = value.filter((one) => !empty(one)).map(number);
  else if (value && typeof value === "object") value = filled(Object.entries(value).filter(([, count]) => count > 0));
  else if (!empty(value)) value = number(value);
  const details = filled([["note", entry.note?.trim()], ["evidence", entry.evidence]]);
  const bare = present(value) ? value : null;
  const collides = bare !== null && typeof bare === "object" && DETAILS.some((name) => name in bare);
  return Object.keys(details).length || collides ? { value: bare, ...details } : bare;
}

/* The answers of one level, in the order of the standard. `keep` says which criteria are written. */
function answersOf(part, section, answers, keep) {
  const found = [];
  for (const node of section.criteria ?? []) {
    const entry = answers[node.id];
    if (entry && keep(answers, node)) found.push([node.id, written(part.scales[node.scale], entry)]);
  }
  for (const inner of section.sections ?? []) {
    if (!inner.repeat) found.push(...Object.entries(answersOf(part, inner, answers, keep)));
    else found.push([inner.id, (answers[inner.id] ?? []).map((own) => answersOf(part, inner, own, keep))]);
  }
  return filled(found);
}

/* The observation of a visit. Without `scored` every answer is written; else those that apply. */
async function observation(draft, scored = null) {
  const hidden = new Map();
  for (const leaf of scored?.parts.flatMap((one) => one.leaves) ?? []) {
    if (!leaf.hidden && !leaf.waiting) continue;
    if (!hidden.has(leaf.answers)) hidden.set(leaf.answers, new Set());
    hidden.get(leaf.answers).add(leaf.node.id);
  }
  const keep = (answers, node) => !hidden.get(answers)?.has(node.id);
  const each = FORM.parts.map((part) => {
    const own = FORM.several ? draft.answers[part.id] ?? {} : draft.answers;
    return [part.id, answersOf(part, part.tree, own, keep)];
  });
  const answers = FORM.several ? filled(each) : each[0][1];
  const { context, ...visit } = draft.visit;
  const facts = filled(Object.entries(context ?? {}));
  const pictures = [];
  for (const name of photosOf({ answers })) {
    const address = await photos.get(name);
    if (address) pictures.push([name, address]);
  }
  const parts = FORM.parts.map((part) => `${part.id}@${part.version}`);
  const own = FORM.kind === "checklist" ? { checklist: FORM.identity, standards: parts } : { standard: FORM.identity };
  return cleaned({
    kind: "observation",
    ...own,
    made_from: Object.fromEntries([[FORM.identity, FORM.sha256], ...FORM.parts.map((part, n) => [parts[n], part.sha256])]),
    language,
    visit: { ...filled(Object.entries(visit)), ...(Object.keys(facts).length ? { context: facts } : {}) },
    ...filled([["note", draft.note?.trim()]]),
    answers,
    ...filled([
      ["commendations", (draft.commendations ?? []).filter((one) => one.note?.trim()).map((one) => filled(Object.entries(one)))],
      ["overrides", draft.overrides],
      ["photos", Object.fromEntries(pictures)],
    ]),
  });
}

/* Clean every text of a document. */
function cleaned(value) {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cleaned(one)]));
}

/* A raw answer as this page holds it: keys of choices for whatever names them, tallies for lists of choices. */
function taken(scale, repeat, raw) {
  const details = raw !== null && typeof raw === "object" && !Array.isArray(raw) && DETAILS.some((name) => name in raw);
  const { value = null, note, evidence } = details ? raw : { value: raw };
  const one = (given) => {
    const text = typeof given === "boolean" ? spelt(given) : given;
    if (fold(String(text)) === "na") return "na";
    if (!scale.choices) return text;
    const names = (choice) => [choice[0], ...[choice[1]].flat()].filter(Boolean).map(fold);
    return scale.choices.find((choice) => names(choice).includes(fold(String(text))))?.[0] ?? String(text);
  };
  const entry = { value: null, note: String(note ?? ""), evidence: [evidence ?? []].flat().filter((name) => typeof name === "string") };
  if (present(value)) {
    if (scale.kind === "choices" && repeat) {
      const tally = typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : [value].flat().map((v) => [v, 1]);
      entry.value = {};
      for (const [name, times] of tally) {
        const count = Math.trunc(Number(times));
        if (count > 0 && count <= MOST) entry.value[one(name)] = (entry.value[one(name)] ?? 0) + count;
      }
      if (value === "na") entry.value = "na";
    } else if (scale.kind === "multiple") entry.value = fold(String(value)) === "na" ? "na" : [value].flat().map(one);
    else if (repeat && scale.kind === "number") entry.value = value === "na" ? "na" : [value].flat().map(one);
    else entry.value = typeof value === "object" ? one([value].flat()[0]) : one(value);
  }
  return entry;
}

const mapping = (value) => (value && typeof value === "object" && !Array.isArray(value) ? value : {});

/* The texts, numbers and truth values of a mapping; whatever else a file holds has no place there. */
const scalars = (value) => Object.fromEntries(Object.entries(mapping(value))
  .filter(([, value]) => ["string", "number", "boolean"].includes(typeof value)));

/* Take up an observation: a draft, and how many answers have no place in this form. Null when it is of another one. */
function takenUp(document) {
  const name = String(document?.checklist ?? document?.standard ?? "").split("@")[0];
  if (document?.kind !== "observation" || name !== FORM.identity.split("@")[0] || !document.visit?.id) return null;
  let lost = 0;
  const level = (part, section, raw) => {
    const known = new Set();
    const walk = (own) => {
      const found = {};
      for (const node of own.criteria ?? []) {
        known.add(node.id);
        if (raw[node.id] !== undefined) found[node.id] = taken(part.scales[node.scale], node.repeat, raw[node.id]);
      }
      for (const inner of own.sections ?? []) {
        if (!inner.repeat) Object.assign(found, walk(inner));
        else {
          known.add(inner.id);
          found[inner.id] = [raw[inner.id] ?? []].flat().map((one) => level(part, inner, mapping(one)));
        }
      }
      return found;
    };
    const result = walk(section);
    lost += Object.keys(raw).filter((id) => !known.has(id)).length;
    return result;
  };
  const raw = mapping(document.answers);
  const answers = FORM.several
    ? Object.fromEntries(FORM.parts.map((part) => [part.id, level(part, part.tree, mapping(raw[part.id]))]))
    : level(FORM.parts[0], FORM.parts[0].tree, raw);
  const pictures = Object.entries(mapping(document.photos)).filter(([, address]) => PHOTO_ADDRESS.test(address));
  const { context, ...own } = document.visit;
  const visit = { ...scalars(own), id: String(document.visit.id), context: scalars(context) };
  const listed = (list) => (Array.isArray(list) ? list.filter((one) => one && typeof one === "object").map(scalars) : []);
  return {
    draft: cleaned({
      visit, answers,
      note: typeof document.note === "string" ? document.note : "",
      commendations: listed(document.commendations),
      overrides: listed(document.overrides),
    }),
    pictures, lost,
  };
}
