// Counts of what followed a history, for each goal apart and for all together, and the probabilities they make: each longer
// history is smoothed by the shorter one (a Dirichlet prior with the shorter one's answer as its mean), the shortest of a goal by
// all goals at the longest history known. Counts are added and taken away, never fitted, so their order does not matter.

/** Counts of one goal after one history. */
interface Row {
  goal: number;
  total: number;
  outcomes: number[];
  counts: number[];
}

/** A history: the last thing first, one more of the past a level. */
interface Node {
  children: Map<number, number>;
  rows: Row[];
  /** Goal to its row. */
  place: Map<number, number>;
  all: Row;
}

/** Plain data. Node 0 is the empty history. */
export interface CountTree {
  nodes: Node[];
}

/** What stands for all goals. */
const ALL = -1;
/** Of a goal's shortest history, trust in all goals; of longer ones `concentration` is asked for. */
const ALL_GOALS = 2;
/** Trust in the shorter history where goals do not matter. */
const SHORTER = 0.5;
/** A probability below which a share is left out of a forecast. */
const NOTHING = 1e-9;

export function createCountTree(): CountTree {
  return { nodes: [createNode()] };
}

/**
 * Adds to the counts of `outcome` after every ending of `path`.
 *
 * @param path the history, what was last first
 * @param goal undefined where it is not known: only the counts of all goals change
 * @param weight -1 takes an example away again
 */
export function addCount(
  tree: CountTree,
  path: readonly number[],
  goal: number | undefined,
  outcome: number,
  weight: number,
): void {
  let at = 0;
  for (let level = 0; ; level++) {
    const node = tree.nodes[at];
    addTo(node.all, outcome, weight);
    if (goal !== undefined) {
      let row = node.place.get(goal);
      if (row === undefined) {
        row = node.rows.length;
        node.place.set(goal, row);
        node.rows.push(createRow(goal));
      }
      addTo(node.rows[row], outcome, weight);
    }
    if (level === path.length) return;
    let child = node.children.get(path[level]);
    if (child === undefined) {
      child = tree.nodes.length;
      tree.nodes.push(createNode());
      node.children.set(path[level], child);
    }
    at = child;
  }
}

/** Probability of an outcome after a history whatever the goal, at most `levels` of it. */
export function probabilityInAll(
  tree: CountTree,
  path: readonly number[],
  outcome: number,
  choices: number,
  levels: number = path.length,
): number {
  let p = 1 / choices;
  let at: number | undefined = 0;
  for (let level = 0; at !== undefined; level++) {
    const { all, children }: Node = tree.nodes[at];
    p = (countOf(all, outcome) + SHORTER * p) / (all.total + SHORTER);
    at = level < levels ? children.get(path[level]) : undefined;
  }
  return p;
}

/**
 * Probability of an outcome after a history, for each of some goals.
 *
 * @param choices how many outcomes there are, one never seen included
 * @param out one for each of `goals`
 */
export function probabilityInGoals(
  tree: CountTree,
  path: readonly number[],
  outcome: number,
  choices: number,
  concentration: number,
  goals: ArrayLike<number>,
  count: number,
  out: Float64Array,
): void {
  const base = probabilityInAll(tree, path, outcome, choices);
  const line = lineOf(tree, path);
  for (let i = 0; i < count; i++) {
    let p = base;
    for (let level = 0; level < line.length; level++) {
      const { rows, place } = tree.nodes[line[level]];
      const row = place.get(goals[i]);
      // Whoever was never in a history was in no longer one.
      if (row === undefined) break;
      const trust = level === 0 ? ALL_GOALS : concentration;
      p = (countOf(rows[row], outcome) + trust * p) / (rows[row].total + trust);
    }
    out[i] = p;
  }
}

/**
 * Adds the probabilities of all outcomes after a history to `out`, goals by their weights times `share`.
 *
 * @param unlikely weight below which a goal is taken to go on as all goals do
 * @param out [choices]; its last place is for what was never seen
 */
export function forecastInGoals(
  tree: CountTree,
  path: readonly number[],
  concentration: number,
  goals: ArrayLike<number>,
  weights: ArrayLike<number>,
  share: number,
  unlikely: number,
  out: Float64Array,
): void {
  const line = lineOf(tree, path);
  let rest = 0;
  for (let i = 0; i < goals.length; i++) {
    let left = weights[i] * share;
    if (weights[i] >= unlikely)
      for (let level = line.length - 1; level >= 0 && left > NOTHING; level--) {
        const { rows, place } = tree.nodes[line[level]];
        const row = place.get(goals[i]);
        if (row === undefined) continue;
        left = spread(rows[row], level === 0 ? ALL_GOALS : concentration, left, out);
      }
    rest += left;
  }
  forecastInAll(tree, path, rest, out);
}

/** Adds the probabilities of all outcomes whatever the goal, times `share`, to `out`. */
export function forecastInAll(
  tree: CountTree,
  path: readonly number[],
  share: number,
  out: Float64Array,
  levels: number = path.length,
): void {
  const line = lineOf(tree, path.slice(0, levels));
  let rest = share;
  for (let level = line.length - 1; level >= 0 && rest > NOTHING; level--)
    rest = spread(tree.nodes[line[level]].all, SHORTER, rest, out);
  for (let k = 0; k < out.length; k++) out[k] += rest / out.length;
}

/** How often something followed a history in a goal, or in all. */
export function totalOf(tree: CountTree, path: readonly number[], goal?: number): number {
  const line = lineOf(tree, path);
  if (line.length <= path.length) return 0;
  const node = tree.nodes[line[path.length]];
  if (goal === undefined) return node.all.total;
  const row = node.place.get(goal);
  return row === undefined ? 0 : node.rows[row].total;
}

/** Nodes along a history, as far as it was ever seen. */
function lineOf(tree: CountTree, path: readonly number[]): number[] {
  const line = [0];
  for (const symbol of path) {
    const child = tree.nodes[line[line.length - 1]].children.get(symbol);
    if (child === undefined) break;
    line.push(child);
  }
  return line;
}

/** Gives a row's outcomes their part of a share; returns what is left for shorter histories. */
function spread(row: Row, trust: number, share: number, out: Float64Array): number {
  const each = share / (row.total + trust);
  for (let k = 0; k < row.outcomes.length; k++) out[row.outcomes[k]] += each * row.counts[k];
  return each * trust;
}

function countOf({ outcomes, counts }: Row, outcome: number): number {
  const k = outcomes.indexOf(outcome);
  return k < 0 ? 0 : counts[k];
}

function addTo(row: Row, outcome: number, weight: number): void {
  const k = row.outcomes.indexOf(outcome);
  if (k < 0) {
    row.outcomes.push(outcome);
    row.counts.push(weight);
  } else row.counts[k] += weight;
  row.total += weight;
}

function createNode(): Node {
  return { children: new Map(), rows: [], place: new Map(), all: createRow(ALL) };
}

function createRow(goal: number): Row {
  return { goal, total: 0, outcomes: [], counts: [] };
}
