// What the views of feeling work out before they draw or say it.

import type { Felt } from "../../live.ts";
import type { OtherwiseRow, WouldDo } from "../../mind/feeling-protocol.ts";
import { S } from "../../strings.ts";

/** Valence the ribbon reaches to at least. */
const LEAST_REACH = 0.15;
/** Things told of a row of what would be otherwise. */
export const TOLD = 3;

/** Where both are, in S.feeling.plane. */
export function planeWords(
  own: Felt["own"],
  other: Felt["other"],
  { generated, reads, watching }: { generated: boolean; reads: boolean; watching: boolean },
): string {
  const mine = S.feeling.plane.own(`${S.feeling.plane.valence(own[0])} and ${S.feeling.plane.arousal(own[1])}`);
  if (!watching) return mine;
  if (!reads) return `${mine} ${S.feeling.plane.unread}`;
  if (!other) return `${mine} ${S.feeling.plane.unknown(generated ? "them" : "you")}`;
  const [valence, arousal, sd] = other;
  const looks = `${S.feeling.plane.looksValence(valence)} and ${S.feeling.plane.arousal(arousal)}`;
  return `${mine} ${S.feeling.plane.other(generated ? "They look" : "Your face looks", looks, sd)}`;
}

/** How far the stacked parts reach up and down, at most. */
export function reachOf(felt: readonly Felt[]): number {
  let reach = LEAST_REACH;
  for (const { parts } of felt) {
    let above = 0,
      below = 0;
    for (const part of parts) {
      if (part > 0) above += part;
      else below -= part;
    }
    reach = Math.max(reach, above, below);
  }
  return reach;
}

/** Lower and upper edge of each part where parts are stacked away from the line, [PARTS] pairs. */
export function stack(parts: ArrayLike<number>): (readonly [number, number])[] {
  let above = 0,
    below = 0;
  return Array.from(parts, (part) => {
    const from = part >= 0 ? above : below;
    if (part >= 0) above += part;
    else below += part;
    return [from, from + part] as const;
  });
}

/** Rows in which something is otherwise, and those in which nothing is. */
export function splitRows(
  now: OtherwiseRow,
  others: readonly OtherwiseRow[],
): { different: readonly OtherwiseRow[]; same: readonly OtherwiseRow[] } {
  const told = (would: readonly WouldDo[]): readonly WouldDo[] => would.slice(0, TOLD);
  const isSame = ({ would }: OtherwiseRow): boolean =>
    told(would).length === told(now.would).length && told(would).every(({ differs }) => !differs);
  return { different: others.filter((row) => !isSame(row)), same: others.filter(isSame) };
}
