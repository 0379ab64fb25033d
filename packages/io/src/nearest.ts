// "Did you mean": the known name that takes the fewest edits to reach.

/** The nearest of `names`, or undefined when none is within half the length of `wanted`. */
export function nearestName(wanted: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, wanted.length >> 1) + 1;
  for (const name of names) {
    // Long cells are no names; the table is quadratic in their length.
    if (name.length > 100 || wanted.length > 100) continue;
    const edits = editDistance(wanted.toLowerCase(), name.toLowerCase());
    if (edits < least) [best, least] = [name, edits];
  }
  return best;
}

// Levenshtein's distance, one row of the table at a time.
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}
