// What a starter act is made of. Plain data, for a leading hand; which side leads is up to who performs it.
//
// Places are in trunk lengths from the neck: outward (to the hand's own side), up, forward.

/** [outward, up, forward] */
export type Place = readonly [number, number, number];

/** A repeated stroke while a key is held. */
export interface Swing {
  /** Turns a second. */
  readonly hz: number;
  /** Fewest and most rounds. */
  readonly rounds: readonly [number, number];
  /** The first stroke may as well go the other way. */
  readonly either?: true;
  /** Half-axes of the leading hand's ellipse; `across` default none. */
  readonly hand?: { readonly along: Place; readonly across?: Place };
  /** Of the other hand, in its own outward. */
  readonly other?: { readonly along: Place; readonly across?: Place };
  /** Half-amplitudes of joint angles, rad. */
  readonly body?: Readonly<Record<string, number>>;
}

/** A posture on the way. What it does not name stays as it was. */
export interface Key {
  /** s from the key before. */
  readonly after: number;
  /** Passed at speed instead of stopped at. */
  readonly through?: boolean;
  /** s it is held; a swing lasts as long as its rounds. */
  readonly hold?: number;
  /** Where the leading hand goes, the other hand, or both alike; null: back to hanging. */
  readonly hand?: Place | null;
  readonly other?: Place | null;
  readonly both?: Place | null;
  /** Which way the elbow points off the line from shoulder to hand; default down, a little out and back. */
  readonly elbow?: Place;
  readonly otherElbow?: Place;
  /** Joint angles away from standing, rad (root: trunk lengths), as for a right hand that leads. */
  readonly body?: Readonly<Record<string, number>>;
  readonly swing?: Swing;
}

/** One way of doing an act: from hanging arms over the keys and back. */
export interface Way {
  readonly keys: readonly Key[];
  /** s from the last key back to rest. */
  readonly back: number;
  /** No side leads. */
  readonly sided?: false;
}

export interface StarterAct {
  /** What it is done for. */
  readonly goal: string;
  /** What it is done with. */
  readonly effectors: readonly string[];
  /** Where its kinematics come from. */
  readonly source: string;
  readonly ways: Readonly<Record<string, Way>>;
  /** No side leads. */
  readonly sided?: false;
  /** Standard deviation of each place, trunk lengths; default 0.04. */
  readonly spread?: number;
}
