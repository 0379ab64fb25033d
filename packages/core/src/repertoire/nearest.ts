// "Did you mean": the known name that takes the fewest edits to reach.

/** The nearest of `names`, or undefined when none is within half the length of `wanted`. */
export function nearestName(wanted: string, names: readonly string[]): string | undefined {
  let least = Math.max(1, wanted.length >> 1) + 1;
  let best: string | undefined;
  for (const name of names) {
    // A name this long is no slip of the finger, and the table is quadratic.
    if (name.length > 100 || wanted.length > 100) continue;
    const edits = editsBetween(wanted.toLowerCase(), name.toLowerCase());
    if (edits < least) [best, least] = [name, edits];
  }
  return best;
}

/** Insertions, deletions and replacements (Levenshtein 1966), one row of the table at a time. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}
