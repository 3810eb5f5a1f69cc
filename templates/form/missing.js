// What is still missing, and what a rule requires before a visit can be finished.

/* Whether the evidence that a criterion requires is there; null where none is required. */
function evidenceWanted({ node, entry, judgement }) {
  if (!node.evidence || judgement.outcome === "not_applicable" || judgement.outcome === "unobserved") return null;
  const [require, when] = node.evidence;
  if (when === "not_met" && judgement.outcome !== "not_met") return null;
  const note = Boolean(entry?.note?.trim());
  const photo = Boolean(entry?.evidence?.length);
  return { require, given: { note, photo, any: note || photo }[require] };
}

/* Whether an answer is expected: it counts, or other criteria depend on it. */
const expected = (leaf, part) =>
  !leaf.hidden && !leaf.waiting && ((leaf.scale.best !== undefined && !leaf.node.aside) || (part.asked ?? []).includes(leaf.node.id));

const answered = (leaf) => leaf.judgement.outcome !== "unobserved";

/* Everything that is missing, in the order of the page; `stops` is what keeps a visit from being finished. */
function missing(draft, scored) {
  const found = [];
  for (const field of FORM.fields) {
    if (field.required && empty(fieldOf(draft, field))) found.push({ field, stops: true, why: t("required") });
  }
  for (const { part, leaves } of scored.parts) {
    for (const leaf of leaves) {
      const wanted = evidenceWanted(leaf);
      if (leaf.judgement.faults.length) found.push({ leaf, part, stops: true, why: faultOf(leaf) });
      else if (wanted && !wanted.given) found.push({ leaf, part, stops: true, why: t(`wanted_${wanted.require}`) });
      else if (!answered(leaf) && expected(leaf, part)) {
        const stops = leaf.node.missing === "forbid";
        found.push({ leaf, part, stops, why: stops ? t("answer_required") : "" });
      }
    }
  }
  return found;
}

/* What is wrong with an answer, in words. */
function faultOf({ scale, judgement }) {
  if (scale.kind === "link") return t("bad_link");
  if (scale.range && measured(judgement.faults[0], scale.unit) !== REFUSED) {
    return t("bad_range", { low: scale.range[0], high: scale.range[1] });
  }
  return scale.unit in UNITS ? t("bad_duration", { unit: say(scale.unit_word) }) : t("bad_number");
}

const fieldOf = (draft, { id }) =>
  (id.startsWith("context.") ? draft.visit.context?.[id.slice(8)] : draft.visit[id]) ?? null;

function setField(draft, { id }, value) {
  const [owner, name] = id.startsWith("context.") ? [(draft.visit.context ??= {}), id.slice(8)] : [draft.visit, id];
  if (empty(value)) delete owner[name];
  else owner[name] = value;
}
