// "Did you mean": the known name that takes the fewest edits to reach.

/** A hint to append to a refusal, or nothing when no name is near. */
export function didYouMean(wanted: string, names: readonly string[]): string {
  const near = nearest(wanted, names);
  return near === undefined ? "" : `; did you mean "${near}"?`;
}

/** The nearest of `names`; undefined when none is within half of what was typed. */
export function nearest(wanted: string, names: readonly string[]): string | undefined {
  const typed = wanted.toLowerCase();
  const inside = names.find((name) => typed.length >= 3 && name.toLowerCase().includes(typed));
  if (inside !== undefined) return inside;
  let best: string | undefined;
  let least = Math.max(1, typed.length >> 1) + 1;
  for (const name of names) {
    const edits = editDistance(typed, name.toLowerCase());
    if (edits < least) [best, least] = [name, edits];
  }
  return best;
}

// Levenshtein's distance, one row of the table at a time.
function editDistance(a: string, b: string): number {
  if (a.length > 100 || b.length > 100) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}
