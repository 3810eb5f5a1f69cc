// The answers of one standard on its tree: what applies, what each criterion brings, totals upwards.
const NOTHING = { score: null, points: null, maximum: null };
const isEmpty = (total) => total.score === null && total.points === null;

/* Lay the answers out: {root, leaves}. A leaf is {node, judgement, hidden, waiting, part, repeated, section, entry}. */
function layOut(part, answers, facts) {
  const leaves = [];
  const outerScope = { answers: {}, context: facts, parameters: part.parameters ?? {} };
  const root = level(part, part.tree, answers ?? {}, outerScope, [], leaves, false);
  return { root, leaves };
}

/* One level: the whole visit, or one instance of a repeated section in it. */
function level(part, top, answers, outer, under, leaves, repeated) {
  const scope = { ...outer, answers: { ...outer.answers } };
  const conditions = new Map();
  const nodes = new Map();
  const spread = (section, above) => {
    for (const criterion of section.criteria ?? []) {
      nodes.set(criterion.id, criterion);
      conditions.set(criterion.id, "applies" in criterion ? [...above, criterion.applies] : above);
    }
    for (const inner of section.sections ?? []) {
      const all = "applies" in inner ? [...above, inner.applies] : above;
      conditions.set(inner.id, all);
      if (!inner.repeat) spread(inner, all);
    }
  };
  spread(top, under);

  /* True, false or UNKNOWN: whether something applies. */
  const state = (id) => {
    let result = true;
    for (const condition of conditions.get(id)) {
      const value = typeof condition === "symbol" ? condition : run(condition, scope);
      if (value === UNKNOWN) result = UNKNOWN;
      else if (!holds(value)) return false;
    }
    return result;
  };
  const made = new Map();
  const leafOf = (criterion) => {
    const entry = answers[criterion.id] ?? null;
    const scale = part.scales[criterion.scale];
    const leaf = { node: criterion, scale, entry, repeated, hidden: false, waiting: false, answers };
    leaf.judgement = judge(scale, criterion.repeat, entry?.value ?? null);
    const applies = state(criterion.id);
    if (applies === false) Object.assign(leaf, { hidden: true, judgement: { ...NOT_APPLICABLE, faults: [] } });
    else if (applies === UNKNOWN) Object.assign(leaf, { waiting: true, judgement: { ...UNOBSERVED, faults: [] } });
    leaf.part = brought(leaf);
    return leaf;
  };
  const asked = (part.asked ?? []).filter((id) => nodes.has(id));
  for (const id of asked) scope.answers[id] = UNKNOWN;
  for (const id of asked) {
    made.set(id, leafOf(nodes.get(id)));
    const { outcome, value } = made.get(id).judgement;
    if (outcome !== "unobserved") scope.answers[id] = value;
  }

  const branch = (section) => {
    const children = (section.criteria ?? []).map((criterion) => {
      const leaf = made.get(criterion.id) ?? leafOf(criterion);
      leaf.section = section.id;
      leaves.push(leaf);
      return leaf;
    });
    for (const inner of section.sections ?? []) children.push(inner.repeat ? instances(inner) : branch(inner));
    return { section, children };
  };
  const instances = (section) => {
    const given = Array.isArray(answers[section.id]) && answers[section.id].length ? answers[section.id] : [{}];
    const applies = state(section.id);
    const above = applies === true ? [] : [applies === UNKNOWN ? UNKNOWN : false];
    const children = given.map((own) => level(part, section, own, scope, above, leaves, true));
    return { section, children, instances: true };
  };
  return branch(top);
}

/* What a criterion brings to its parent by its answer, or by a policy on what has none; null when it is left out. */
function brought({ node, scale, judgement, hidden }) {
  if (hidden || scale.best === undefined) return null;
  let { points, maximum } = judgement;
  if (points === null) {
    maximum = scale.max ?? null;
    if (node.aside) return null;
    if (judgement.outcome === "not_applicable") points = { zero: 0, full: scale.best }[node.na] ?? null;
    else points = node.missing === "zero" ? 0 : null;
    if (points === null) return null;
  }
  return share(node, maximum ? points / maximum : null, points, maximum);
}

const share = (node, score, points, maximum) =>
  ({ weight: node.weight ?? 1, score, points, maximum, bonus: node.bonus, uncapped: node.uncapped });

/* Children become their parent. */
function combine(rules, parts, zeroWeights) {
  const total = rules.combine === "sum" ? addUp(rules, parts, zeroWeights) : average(rules, parts, zeroWeights);
  return Number.isFinite(total.score ?? 0) && Number.isFinite(total.points ?? 0) ? total : NOTHING;
}

const withPoints = (rules, score) =>
  ({ score, points: rules.max === undefined ? null : score * rules.max, maximum: rules.max ?? null });

function average(rules, parts, zeroWeights) {
  const scored = parts.filter((part) => part.score !== null && !part.bonus);
  if (!scored.length) return NOTHING;
  const scores = scored.map((part) => part.score).toSorted((a, b) => a - b);
  if (rules.combine === "product") return withPoints(rules, scores.reduce((a, b) => a * b, 1));
  if (rules.combine === "min") return withPoints(rules, scores[0]);
  if (rules.combine === "max") return withPoints(rules, scores.at(-1));
  let weight = fsum(scored.map((part) => part.weight));
  const even = weight === 0;
  if (even && zeroWeights === "error") return NOTHING;
  if (even && zeroWeights === "zero") return withPoints(rules, 0);
  if (even) weight = scored.length;
  const score = fsum(scored.map((part) => (even ? 1 : part.weight) * part.score)) / weight;
  return withPoints(rules, withBonuses(score, parts.filter((part) => part.bonus), 1, weight));
}

function addUp(rules, parts, zeroWeights) {
  let counted = parts.filter((part) => part.points !== null && !part.bonus);
  const even = !counted.some((part) => part.weight);
  if (!counted.length || (even && zeroWeights === "error")) return NOTHING;
  if (even && zeroWeights === "mean") counted = counted.map((part) => ({ ...part, weight: 1 }));
  const maximum = reachable(rules, counted);
  if (even && zeroWeights === "zero") return { score: maximum === null ? null : 0, points: 0, maximum };
  let points = (rules.start ?? 0) + (rules.sign ?? 1) * fsum(counted.map((part) => part.weight * part.points));
  if (rules.max !== undefined) points = Math.min(points, rules.max);
  points = withBonuses(points, parts.filter((part) => part.bonus), maximum, 1);
  if (rules.floor !== undefined) points = Math.max(points, rules.floor);
  return { score: maximum ? points / maximum : null, points, maximum };
}

/* The start that points are taken from, else the declared maximum, else what the children can reach. */
function reachable(rules, counted) {
  if (rules.sign === -1 && rules.start !== undefined) return rules.start;
  if (rules.max !== undefined || rules.sign === -1) return rules.max ?? null;
  if (counted.some((part) => part.maximum === null)) return null;
  return fsum(counted.map((part) => part.weight * part.maximum)) + (rules.start ?? 0);
}

function withBonuses(base, bonuses, cap, divisor) {
  const sum = (free) =>
    fsum(bonuses.filter((one) => Boolean(one.uncapped) === free).map((one) => one.weight * (one.points ?? 0))) / divisor;
  if (!bonuses.length) return base;
  const capped = sum(false);
  const total = cap !== null && capped > 0 ? Math.max(base, Math.min(cap, base + capped)) : base + capped;
  return total + sum(true);
}

/* The instances of a repeated section become one; those with nothing scored are left out. */
function combineInstances(how, totals, lower) {
  const known = totals.filter((total) => !isEmpty(total));
  if (!known.length) return NOTHING;
  const each = (name) => known.map((total) => total[name]).filter((value) => value !== null);
  const scores = each("score");
  const points = each("points");
  const whole = (values) => values.length === known.length;
  const merge = (values, by) => together(values.map((value) => [value, 1]), by, lower);
  if (how === "worst" || how === "best") {
    const values = whole(scores) ? scores : points;
    return known[values.indexOf(merge(values, how))];
  }
  const n = how === "sum" ? 1 : known.length;
  const maximum = whole(each("maximum")) ? fsum(each("maximum")) / n : null;
  const all = whole(points) ? merge(points, how) : null;
  let score = whole(scores) ? merge(scores, how === "sum" ? "mean" : how) : null;
  if (how === "sum" && all !== null) score = maximum ? all / maximum : null;
  return { score, points: all, maximum };
}

/* Totals of a branch and of all below it; every branch keeps its own. */
function evaluate(branch, zeroWeights) {
  const { section, children } = branch;
  if (branch.instances) {
    const totals = children.map((child) => evaluate(child, zeroWeights));
    return (branch.total = combineInstances(section.repeat, totals, section.lower));
  }
  const parts = children.map((child) => {
    if (!child.children) return child.part;
    const total = evaluate(child, zeroWeights);
    return isEmpty(total) ? null : share(child.section, total.score, total.points, total.maximum);
  });
  return (branch.total = combine(section, parts.filter((part) => part !== null), zeroWeights));
}
