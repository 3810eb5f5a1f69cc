// From totals to a level and a verdict: measures, ladder, limits, pass mark; of one standard, and of several.

/* What was counted: outcomes missed by severity, coverage, and whether something forbidden was answered. */
function count(leaves) {
  const found = { missed: { minor: 0, major: 0, critical: 0 }, observed: 0, expected: 0, forbidden: false };
  for (const { node, scale, judgement, hidden } of leaves) {
    if (scale.best === undefined || hidden || node.aside) continue;
    if (judgement.points !== null) {
      found.observed += 1;
      found.expected += 1;
      if (judgement.outcome !== "met") found.missed[node.severity ?? "minor"] += 1;
    } else if (judgement.outcome === "unobserved") {
      found.expected += 1;
      found.forbidden ||= node.missing === "forbid";
    } else {
      found.forbidden ||= node.na === "forbid";
    }
  }
  return found;
}

/* Sections below a branch, parents first; an instance of a repeated section is none. */
function sectionsOf(branch) {
  return branch.children.flatMap((child) => {
    if (!child.children) return [];
    return branch.instances ? sectionsOf(child) : [child, ...sectionsOf(child)];
  });
}

/* The names that the rules of one standard see, figures aside, and the things its measures go over. */
function namesOf(part, laid, counts, facts) {
  const answers = {};
  for (const { node, judgement, repeated } of laid.leaves) {
    if (repeated) (answers[node.id] ??= []).push(judgement.value);
    else answers[node.id] = judgement.value;
  }
  const sections = sectionsOf(laid.root);
  return {
    scope: {
      ...shared(part.rules, counts),
      context: facts,
      answers,
      sections: Object.fromEntries(sections.map((one) => [one.section.id, one.total.score])),
    },
    criteria: laid.leaves.map((leaf) => itemOf(leaf, part.rules.attributes)),
    sections: sections.map(({ section, total }) => ({
      names: { id: section.id, score: total.score, points: total.points, max: total.maximum, weight: section.weight ?? 1 },
      scored: !isEmpty(total),
    })),
  };
}

const shared = (rules, counts) => ({
  coverage: counts.expected ? counts.observed / counts.expected : null,
  missed: counts.missed,
  parameters: rules.parameters ?? {},
  target: null,
});

function itemOf({ node, scale, judgement, part, section }, attributes) {
  const names = {
    ...attributes,
    ...node.attributes,
    id: node.id,
    section,
    value: judgement.value,
    score: part?.score ?? null,
    points: part?.points ?? null,
    max: (part ? part.maximum : scale.max) ?? null,
    weight: node.weight ?? 1,
    outcome: judgement.outcome,
    severity: node.severity ?? "minor",
    status: node.status ?? null,
    facets: node.facets ?? {},
  };
  return { names, scored: part !== null };
}

function aggregate(rule, scope, items) {
  const counting = rule.agg === "count" || rule.agg === "share";
  const of = counting ? rule.that : rule.of;
  const values = [];
  for (const { names, scored } of items) {
    const own = { ...scope, ...names };
    if (!(scored || rule.all) || ("where" in rule && !holds(run(rule.where, own)))) continue;
    values.push(of === undefined ? true : run(of, own));
  }
  if (counting) {
    const n = values.filter(holds).length;
    return rule.agg === "count" ? n : values.length ? n / values.length : null;
  }
  const numbers = values.filter(isNumber).map(Number);
  if (rule.agg === "sum") return fsum(numbers);
  if (!numbers.length) return null;
  if (rule.agg === "mean") return fsum(numbers) / numbers.length;
  return rule.agg === "min" ? Math.min(...numbers) : Math.max(...numbers);
}

/* All names in scope for given figures, measures too. */
function measuring(rules, names, figures) {
  const scope = { ...names.scope, score: figures.score, points: figures.points };
  for (const rule of rules.measures ?? []) {
    scope[rule.name] = rule.agg ? aggregate(rule, scope, names[rule.over]) : run(rule.of, scope);
  }
  return scope;
}

/* Whether a level is of lower quality than another; no level is below every level. */
function lowerLevel(order, level, than) {
  if (level === than || than === null) return false;
  const rank = (name) => (order.includes(name) ? order.indexOf(name) : order.length);
  return rank(level) > rank(than);
}

/* Ladder and limits on the figures of the root; `lower`: fewer points are better. */
function applyRules(rules, names, figures, top) {
  const order = rules.order ?? [];
  const lower = Boolean(top.lower);
  const rung = (scope) => (rules.ladder ?? []).find((one) => one.length === 1 || holds(run(one[1], scope)))?.[0] ?? null;
  const passes = (found, level) => {
    if (rules.pass_score !== undefined) {
      if (found.score === null) return null;
      return lower ? atLeast(rules.pass_score, found.score) : atLeast(found.score, rules.pass_score);
    }
    return rules.pass_level === undefined ? null : !lowerLevel(order, level, rules.pass_level);
  };
  const scope = measuring(rules, names, figures);
  const before = rung(scope);
  const fired = (rules.limits ?? []).filter((limit) => holds(run(limit.when, scope)));
  const after = knockedOut(added(figures, fired, top), fired, lower);
  const changed = after.score !== figures.score || after.points !== figures.points;
  let level = changed ? rung(measuring(rules, names, after)) : before;
  for (const limit of fired) {
    if (limit.at_most !== undefined && level !== null && lowerLevel(order, limit.at_most, level)) level = limit.at_most;
  }
  const failed = fired.some((limit) => limit.fail);
  const passed = failed ? false : passes(after, level);
  const bites = failed && passes(figures, before) !== false;
  const limited = passed === false && (worse(figures, after, lower) || lowerLevel(order, level, before) || bites);
  return { figures: after, level, passed, limited, fired: fired.map((limit) => limit.id) };
}

function added(figures, fired, top) {
  const more = fired.filter((limit) => limit.add !== undefined).map((limit) => limit.add);
  if (!more.length || figures.points === null) return figures;
  const points = Math.max(Math.min(fsum([figures.points, ...more]), top.max ?? Infinity), top.floor ?? -Infinity);
  return { ...figures, points, score: figures.maximum ? points / figures.maximum : null };
}

function knockedOut(figures, fired, lower) {
  const scores = fired.filter((limit) => limit.score !== undefined).map((limit) => limit.score);
  if (!scores.length) return figures;
  const score = lower ? Math.max(...scores) : Math.min(...scores);
  if (figures.score === null && figures.points !== null) return { ...figures, points: score };
  return { ...figures, score, points: figures.points === null ? null : score * (figures.maximum || 1) };
}

function worse(before, after, lower) {
  const name = before.points !== null && after.points !== null ? "points" : "score";
  const [a, b] = [before[name], after[name]];
  return a !== null && b !== null && !same(a, b) && (lower ? b > a : b < a);
}

/* Conclude: score, points, level, verdict. */
function conclude(rules, top, names, total, { incomplete, forbidden }) {
  const figures = { ...total, points: top.combine === "sum" ? total.points : null };
  const judged = applyRules(rules, names, figures, top);
  const silent = incomplete || isEmpty(total);
  let verdict = judged.limited ? "limited" : judged.passed === null ? "scored" : judged.passed ? "passed" : "below";
  if (isEmpty(total)) verdict = "no_score";
  if (forbidden) verdict = "forbidden";
  if (incomplete) verdict = "incomplete";
  return {
    score: silent ? null : judged.figures.score,
    points: silent ? null : judged.figures.points,
    maximum: total.maximum,
    level: silent ? null : judged.level,
    verdict,
    passed: verdict === "forbidden" ? false : silent ? null : judged.passed,
    fired: silent ? [] : judged.fired,
  };
}

/* Score one standard; `result` is null where the form does not compute it. */
function scorePart(part, answers, facts) {
  const own = Object.fromEntries((part.facts ?? []).map((name) => [name, facts[name] ?? null]));
  const laid = layOut(part, answers, own);
  const counts = count(laid.leaves);
  if (!part.rules) return { part, ...laid, counts, result: null };
  const total = evaluate(laid.root, part.rules.zero_weights);
  const coverage = counts.expected ? counts.observed / counts.expected : null;
  const incomplete = part.rules.floor !== undefined && coverage !== null && !atLeast(coverage, part.rules.floor);
  const names = namesOf(part, laid, counts, own);
  const result = conclude(part.rules, part.tree, names, total, { incomplete, forbidden: counts.forbidden });
  return { part, ...laid, counts, result };
}

/* Score the whole of several standards, each with its score after its own limits. */
function scoreWhole(whole, parts) {
  if (!whole || parts.some((one) => one.result === null)) return null;
  const shares = parts
    .map(({ part, result }) => share(part, result.score, result.points, result.maximum))
    .filter((one) => one.score !== null || one.points !== null);
  const total = combine(whole.top, shares, whole.zero_weights);
  const counts = { missed: { minor: 0, major: 0, critical: 0 }, observed: 0, expected: 0 };
  for (const one of parts) {
    for (const name of Object.keys(counts.missed)) counts.missed[name] += one.counts.missed[name];
    counts.observed += one.counts.observed;
    counts.expected += one.counts.expected;
  }
  const sections = parts.map(({ part, result }) => ({
    names: { id: part.id, score: result.score, points: result.points, max: result.maximum, weight: part.weight ?? 1 },
    scored: result.score !== null || result.points !== null,
  }));
  const scope = {
    ...shared(whole, counts),
    context: {},
    answers: {},
    sections: Object.fromEntries(parts.map(({ part, result }) => [part.id, result.score])),
    failed: parts.filter((one) => one.result.passed === false).length,
  };
  const result = conclude(whole, whole.top, { scope, criteria: [], sections }, total, {
    incomplete: parts.some((one) => one.result.verdict === "incomplete"),
    forbidden: parts.some((one) => one.counts.forbidden),
  });
  if (result.verdict === "scored" && parts.every((one) => one.result.passed)) {
    Object.assign(result, { verdict: "passed", passed: true });
  }
  return result;
}

/* Score a visit: {parts, result}; `answers` stand under the id of their standard where there are several. */
function scoreVisit(form, answers, facts) {
  const parts = form.parts.map((part) => scorePart(part, form.several ? answers[part.id] : answers, facts));
  return { parts, result: form.several ? scoreWhole(form.whole, parts) : parts[0].result };
}
