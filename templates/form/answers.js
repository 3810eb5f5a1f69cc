// From what was touched or typed to points: each answer is read on its scale, several become one.
const UNITS = { ms: 0.001, s: 1, min: 60, h: 3600, d: 86400 };
const SPELLINGS = {
  sec: "s", secs: "s", second: "s", seconds: "s", seconde: "s", secondes: "s",
  m: "min", mn: "min", mins: "min", minute: "min", minutes: "min",
  hr: "h", hrs: "h", hour: "h", hours: "h", heure: "h", heures: "h",
  j: "d", day: "d", days: "d", jour: "d", jours: "d",
};
const DECIMAL = /^[+-]?(\d+([.,]\d+)?|[.,]\d+)$/;
const DURATION = /^(?:\d+(?:[.,]\d+)?\s*[a-zA-Z]+\.?\s*)+$/;
const REFUSED = Symbol("refused");

const decimal = (text) => Number(text.replace(",", "."));
const empty = (raw) => raw === null || raw === undefined || raw === "" || (typeof raw === "string" && !raw.trim());

/* Read a number in the unit of its scale: `4,5`, and for durations `4 min 30 s` too. REFUSED for anything else. */
function measured(raw, unit) {
  if (typeof raw === "number") return raw;
  const text = String(raw).trim();
  const own = unit && text.endsWith(unit) ? text.slice(0, -unit.length).trim() : text;
  if (DECIMAL.test(own)) return decimal(own);
  const wanted = UNITS[unit];
  if (!wanted || text.length > 60 || !DURATION.test(text)) return REFUSED;
  const parts = [...text.matchAll(/(\d+(?:[.,]\d+)?)\s*([a-zA-Z]+)/g)].map(([, value, name]) => {
    const plain = name.toLowerCase();
    return [decimal(value), UNITS[SPELLINGS[plain] ?? plain]];
  });
  const sizes = parts.map(([, size]) => size);
  if (!sizes.every((size, place) => size && (place === 0 || size < sizes[place - 1]))) return REFUSED;
  return fsum(parts.map(([value, size]) => (value * size) / wanted));
}

function onCurve(curve, value) {
  if (value <= curve[0][0]) return curve[0][1];
  for (let place = 1; place < curve.length; place++) {
    const [x0, y0] = curve[place - 1];
    const [x1, y1] = curve[place];
    if (value <= x1) return y0 + ((y1 - y0) * (value - x0)) / (x1 - x0);
  }
  return curve.at(-1)[1];
}

/* The points of a measured value; REFUSED outside the scale, and for a duration below nothing. */
function worth(scale, value) {
  if (scale.least !== undefined && !atLeast(value, scale.least)) return REFUSED;
  if (scale.curve) return onCurve(scale.curve, value);
  if (scale.steps) return (scale.steps.find(([bound]) => bound === null || atLeast(bound, value)) ?? [0, REFUSED])[1];
  if (scale.range) return atLeast(value, scale.range[0]) && atLeast(scale.range[1], value) ? value : REFUSED;
  return null;
}

/* One raw answer on its scale: {value, points}; points null is "not applicable", or nothing to score. */
function readOne(scale, raw) {
  if (raw === "na") return { value: null, points: null };
  if (scale.kind === "multiple") {
    const scored = raw.map((name) => scale.points[name]).filter((points) => points !== null && points !== undefined);
    return { value: raw, points: scored.length ? fsum(scored) : null };
  }
  if (scale.kind === "choices") {
    if (!scale.choices.some(([name]) => name === raw)) return REFUSED;
    return { value: raw, points: scale.points ? scale.points[raw] : null };
  }
  if (scale.kind === "number") {
    const value = measured(raw, scale.unit);
    const points = value === REFUSED ? REFUSED : worth(scale, value);
    return points === REFUSED ? REFUSED : { value, points };
  }
  if (scale.kind === "link" && !/^https?:\/\/[^\s<>"']{1,2000}$/.test(raw)) return REFUSED;
  return { value: raw, points: null };
}

/* All raw answers in a value, with how often each was given. */
function given(scale, value) {
  if (scale.kind === "multiple") return value === "na" || value?.length ? [[value, 1]] : [];
  if (Array.isArray(value)) return value.filter((one) => !empty(one)).map((one) => [one, 1]);
  if (value !== null && typeof value === "object") return Object.entries(value).filter(([, count]) => count > 0);
  return empty(value) ? [] : [[value, 1]];
}

const UNOBSERVED = { outcome: "unobserved", value: null, points: null };
const NOT_APPLICABLE = { outcome: "not_applicable", value: null, points: null };

/* What the answers to one criterion say. `faults` are raw answers that its scale does not have. */
function judge(scale, repeat, value) {
  const readings = [];
  const faults = [];
  for (const [raw, count] of given(scale, value)) {
    const reading = readOne(scale, raw);
    if (reading === REFUSED) faults.push(raw);
    else readings.push({ ...reading, count });
  }
  if (faults.length || !readings.length) return { ...UNOBSERVED, faults };
  if (scale.best === undefined) {
    if (readings.every((one) => one.value === null)) return { ...NOT_APPLICABLE, faults };
    return { outcome: "recorded", value: readings[0].value, points: null, faults };
  }
  const scored = readings.filter((one) => one.points !== null);
  if (!scored.length) return { ...NOT_APPLICABLE, value: readings[0].value, faults };
  const how = repeat ?? "mean";
  const times = how === "sum" ? scored.reduce((n, one) => n + one.count, 0) : 1;
  const points = together(scored.map((one) => [one.points, one.count]), how, scale.lower);
  const outcome = same(points, scale.best * times) ? "met" : same(points, scale.worst * times) ? "not_met" : "partly";
  const maximum = scale.max === undefined ? null : scale.max * times;
  return { outcome, value: agreed(scored, how, scale), points, maximum, faults };
}

/* The one value of several: the worst or best, numbers combined as their points are, or what all agree on. */
function agreed(scored, how, scale) {
  const value = scored[0].value;
  if (scored.length === 1) return value;
  if (how === "worst" || how === "best") {
    const chosen = together(scored.map((one) => [one.points, 1]), how, scale.lower);
    return scored.find((one) => one.points === chosen).value;
  }
  if (scored.every((one) => typeof one.value === "number")) return together(scored.map((one) => [one.value, one.count]), how);
  return scored.every((one) => equal(one.value, value)) ? value : null;
}
