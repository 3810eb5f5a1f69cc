// Sums free of order, comparisons at nine decimals, rounding half up: the arithmetic of every score.

/* The exact sum of numbers, rounded once (Shewchuk's partial sums, as Python's math.fsum). */
function fsum(values) {
  const parts = [];
  for (let x of values) {
    let kept = 0;
    for (let y of parts.slice()) {
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const high = x + y;
      const low = y - (high - x);
      if (low) parts[kept++] = low;
      x = high;
    }
    parts.length = kept;
    parts.push(x);
  }
  let n = parts.length;
  let sum = n ? parts[--n] : 0;
  let rest = 0;
  while (n > 0 && !rest) {
    const x = sum;
    sum = x + parts[--n];
    rest = parts[n] - (sum - x);
  }
  // What is left below the half that was rounded may turn it round.
  if (n > 0 && rest && Math.sign(rest) === Math.sign(parts[n - 1])) {
    const twice = rest * 2;
    if (sum + twice - sum === twice) sum += twice;
  }
  return sum;
}

/* A number to nine decimals; a tie goes to the even one, as in Python's round(). */
function nine(value) {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) return value;
  const exact = Math.abs(value).toFixed(60);
  const point = exact.indexOf(".");
  const tie = /^50*$/.test(exact.slice(point + 10));
  if (!tie || Number(exact[point + 9]) % 2) return Number(value.toFixed(9));
  return Math.sign(value) * Number(exact.slice(0, point + 10));
}

const same = (a, b) => nine(a) === nine(b);
const atLeast = (a, b) => nine(a) >= nine(b);

/* Round to some decimals, halves away from zero, after the nine decimals of every comparison. */
function halfUp(value, decimals = 0) {
  if (decimals > 9) return Number(value.toFixed(decimals));
  if (decimals === 9 || !Number.isFinite(value) || Math.abs(value) >= 1e12) return nine(value);
  const units = BigInt(Math.abs(nine(value)).toFixed(9).replace(".", ""));
  const step = 10n ** BigInt(9 - decimals);
  const digits = String((units + step / 2n) / step).padStart(decimals + 1, "0");
  const whole = digits.length - decimals;
  const rounded = Number(`${digits.slice(0, whole)}.${digits.slice(whole) || "0"}`);
  return value < 0 && rounded ? -rounded : rounded;
}

/* Several values, each given so many times, as one. */
function together(pairs, how, lower) {
  const values = pairs.map(([value]) => value);
  const n = pairs.reduce((sum, [, count]) => sum + count, 0);
  if (how === "worst") return lower ? Math.max(...values) : Math.min(...values);
  if (how === "best") return lower ? Math.min(...values) : Math.max(...values);
  if (how === "median") {
    const ordered = pairs.toSorted((a, b) => a[0] - b[0]);
    const at = (place) => ordered.find(([, count]) => (place -= count) < 0)[0];
    return (at(Math.floor((n - 1) / 2)) + at(Math.floor(n / 2))) / 2;
  }
  const total = fsum(pairs.map(([value, count]) => value * count));
  return how === "sum" ? total : total / n;
}
