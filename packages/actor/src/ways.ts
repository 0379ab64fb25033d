// Ways of moving that several acts share, and where their kinematics come from.

import type { Place, Way } from "./act.ts";

export const REACHING = "minimum-jerk reaching (Flash & Hogan 1985, doi:10.1523/JNEUROSCI.05-07-01688.1985)";
export const ROUNDS = "two-thirds power law (Lacquaniti, Terzuolo & Viviani 1983, doi:10.1016/0001-6918(83)90027-6)";
export const STROKES = `${REACHING}; ${ROUNDS}`;

/** To a place, some strokes there, and back. */
export const waving = (
  place: Place,
  along: Place,
  across: Place,
  hz: number,
  rounds: [number, number],
  up = 0.7,
): Way => ({
  keys: [{ after: up, hand: place, swing: { hz, rounds, either: true, hand: { along, across } } }],
  back: up,
});
/** Up on the outside, then sweeps that begin inward. */
export const sweeping = (
  via: Place,
  place: Place,
  inward: number,
  across: Place,
  hz: number,
  rounds: [number, number],
): Way => ({
  keys: [
    { after: 0.4, through: true, hand: via },
    { after: 0.35, hand: place, swing: { hz, rounds, hand: { along: [-inward, 0, 0], across } } },
  ],
  back: 0.7,
});
/** The same with both hands: towards each other and apart, or side by side. */
export const sweepingBoth = (
  via: Place,
  place: Place,
  out: Place,
  hz: number,
  rounds: [number, number],
  apart: boolean,
  after = 0.4,
): Way => ({
  sided: false,
  keys: [
    { after, through: true, both: via },
    {
      after,
      both: place,
      swing: {
        hz,
        rounds,
        either: true,
        hand: { along: out, across: [0, 0.04, 0] },
        other: { along: apart ? out : [-out[0], out[1], out[2]], across: [0, 0.04, 0] },
      },
    },
    { after, through: true, both: via },
  ],
  back: after,
});
/** The leading hand goes to a place and stays for a while. */
export const going = (place: Place, hold: number, more: Partial<Way["keys"][number]> = {}): Way => ({
  keys: [{ after: 0.75, hand: place, hold, ...more }],
  back: 0.75,
});
