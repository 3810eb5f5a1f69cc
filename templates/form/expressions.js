// Runs the trees that the standard's expressions were turned into. Nothing here can fail: null is "no such figure",
// UNKNOWN "it rests on an answer nobody gave".
const UNKNOWN = Symbol("unknown");

/* Spell a value as the keys of a standard are spelt: 5, 5.0 and "5" are one; true is yes. */
const spelt = (value) => (value === true ? "yes" : value === false ? "no" : String(value));

const isNumber = (value) => typeof value === "number" || typeof value === "boolean";

function equal(a, b) {
  if (isNumber(a) && isNumber(b)) return nine(Number(a)) === nine(Number(b));
  if (typeof a === "string" && isNumber(b)) return a === spelt(b);
  if (typeof b === "string" && isNumber(a)) return b === spelt(a);
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, place) => equal(one, b[place]));
  return a === b;
}

function contains(a, b) {
  if (Array.isArray(b)) return b.some((one) => equal(a, one));
  return typeof a === "string" && typeof b === "string" && b.includes(a);
}

const ordered = (test) => (a, b) => {
  if (isNumber(a) && isNumber(b)) return test(nine(Number(a)), nine(Number(b)));
  return typeof a === "string" && typeof b === "string" && test(a, b);
};

const COMPARISONS = {
  "==": equal,
  "!=": (a, b) => !equal(a, b),
  "<": ordered((a, b) => a < b),
  "<=": ordered((a, b) => a <= b),
  ">": ordered((a, b) => a > b),
  ">=": ordered((a, b) => a >= b),
  in: contains,
  "not in": (a, b) => !contains(a, b),
};

const OPERATIONS = {
  "+": (a, b) => (b === undefined ? a : a + b),
  "-": (a, b) => (b === undefined ? -a : a - b),
  "*": (a, b) => a * b,
  "/": (a, b) => (b ? a / b : null),
  min: (...values) => Math.min(...values),
  max: (...values) => Math.max(...values),
  abs: Math.abs,
  round: (value, decimals = 0) => halfUp(value, Math.min(Math.max(Math.trunc(decimals), 0), 15)),
  ceil: (value) => Math.ceil(nine(value)),
  floor: (value) => Math.floor(nine(value)),
};

/* True in a condition: what is neither nothing, zero nor empty; the unknown does not hold. */
const holds = (value) => value !== UNKNOWN && (Array.isArray(value) ? value.length > 0 : Boolean(value));

/* The first value that decides, else the last; unknown when an unknown one could have decided. */
function first(nodes, scope, decisive) {
  let result = null;
  for (const node of nodes) {
    const value = run(node, scope);
    if (value !== UNKNOWN && holds(value) === decisive) return value;
    result = result === UNKNOWN ? UNKNOWN : value;
  }
  return result;
}

function member(owner, name) {
  if (owner === UNKNOWN || name === UNKNOWN) return UNKNOWN;
  if (owner === null || typeof owner !== "object" || Array.isArray(owner) || name === null) return null;
  const key = spelt(name);
  return Object.hasOwn(owner, key) ? owner[key] : null;
}

function operate(operation, values) {
  if (values.includes(UNKNOWN)) return UNKNOWN;
  if (!values.length || !values.every(isNumber)) return null;
  const result = operation(...values.map(Number));
  return Number.isFinite(result) ? result : null;
}

/* Evaluate a tree over a scope of names. */
function run(node, scope) {
  if (!Array.isArray(node)) return node;
  const [name, ...operands] = node;
  if (name === "name") return scope[operands[0]] ?? null;
  if (name === "and" || name === "or") return first(operands, scope, name === "or");
  if (name === "if") {
    const test = run(operands[0], scope);
    return test === UNKNOWN ? UNKNOWN : run(operands[holds(test) ? 1 : 2], scope);
  }
  const values = operands.map((one) => run(one, scope));
  if (name === "of") return member(...values);
  if (name === "list") return values.includes(UNKNOWN) ? UNKNOWN : values;
  if (name === "not") return values[0] === UNKNOWN ? UNKNOWN : !holds(values[0]);
  if (name in COMPARISONS) {
    if (values.includes(UNKNOWN)) return UNKNOWN;
    return values[0] !== null && values[1] !== null && COMPARISONS[name](...values);
  }
  const listed = (name === "min" || name === "max") && values.length === 1 && Array.isArray(values[0]);
  return operate(OPERATIONS[name], listed ? values[0] : values);
}
