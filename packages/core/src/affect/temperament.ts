// How a mind differs from others in feeling: a few independent numbers with names. Motor resonance, facial mimicry, affect
// coupling and perspective taking are gains of their own, for in people they hardly go together (Holland et al. 2021;
// Bekkali et al. 2021), and one "mirror gain" would contradict the data. Presets say how somebody behaves and diagnose nothing.

import { type Affect, STRATEGIES, type Strategy } from "./types.ts";

export interface Temperament {
  /** Factor on how much seeing an act drives the own units, of body and face, and on how often acts are done along. */
  readonly motorResonance: number;
  /** Factor on how much of a seen expression the own face takes on. Applied by the response policy. */
  readonly facialMimicry: number;
  /** Factor on how much of another's feeling is caught. */
  readonly affectCoupling: number;
  /** Factor on what the other's fortune, thought through, does to oneself. */
  readonly perspectiveTaking: number;
  /** How open to contagion at all; N(1, .4) over people. [D] */
  readonly susceptibility: number;
  /** How strongly what happens is felt; N(1, .35) over people. [D] */
  readonly reactivity: number;
  /** How much of the feeling shows; log-normal over people, 1 is the median. */
  readonly expressiveness: number;
  /** Where feeling returns to; valence N(.08, .10) over people. [D] */
  readonly home: Affect;
  /** Factor on the time feeling takes to return. */
  readonly inertia: number;
  /** What is done about feeling of middling strength, but for "situation selection"; "none": whatever suits. */
  readonly regulation: Strategy;
}

type Gain = Exclude<keyof Temperament, "home" | "regulation">;

/** Least and most of each number. */
export const TEMPERAMENT_LIMITS: Readonly<Record<Gain, readonly [least: number, most: number]>> = {
  motorResonance: [0, 3],
  facialMimicry: [0, 3],
  affectCoupling: [0, 3],
  perspectiveTaking: [0, 3],
  susceptibility: [0, 3],
  reactivity: [0, 3],
  expressiveness: [0, 10],
  inertia: [0.1, 10],
};

/** Home is at most this far out, so that there is room to feel better and worse. */
export const FARTHEST_HOME = 0.8;

export const ORDINARY: Temperament = {
  motorResonance: 1,
  facialMimicry: 1,
  affectCoupling: 1,
  perspectiveTaking: 1,
  susceptibility: 1,
  reactivity: 1,
  expressiveness: 1,
  home: { valence: 0.08, arousal: 0 },
  inertia: 1,
  regulation: "none",
};

/** Ways to be, each told by what one sees of it. */
export const PRESETS = {
  even: {},
  "quick to smile": { facialMimicry: 1.5, expressiveness: 1.8, home: { valence: 0.2, arousal: 0.1 }, inertia: 0.8 },
  reserved: { expressiveness: 0.4, facialMimicry: 0.5, regulation: "suppress expression" },
  "easily moved": { affectCoupling: 1.6, susceptibility: 1.5, reactivity: 1.4, expressiveness: 1.3 },
  "steady listener": { perspectiveTaking: 1.4, affectCoupling: 0.6, inertia: 1.4, regulation: "perspective taking" },
  lively: { reactivity: 1.3, expressiveness: 1.6, inertia: 0.6, home: { valence: 0.12, arousal: 0.25 } },
  "slow to stir": { reactivity: 0.6, susceptibility: 0.6, inertia: 2, home: { valence: 0.08, arousal: -0.15 } },
} as const satisfies Readonly<Record<string, Partial<Temperament>>>;
export type PresetName = keyof typeof PRESETS;

/**
 * A temperament: the ordinary one with changes.
 *
 * @throws RangeError for a field that does not exist or a value out of range
 */
export function temperament(changes: Partial<Temperament> = {}): Temperament {
  const made = { ...ORDINARY, ...changes };
  for (const key of Object.keys(changes))
    if (!Object.hasOwn(ORDINARY, key))
      throw new RangeError(`temperament: there is no "${key}"; there are ${Object.keys(ORDINARY).join(", ")}`);
  for (const [name, [least, most]] of Object.entries(TEMPERAMENT_LIMITS)) within(name, made[name as Gain], least, most);
  if (typeof made.home !== "object" || made.home === null)
    throw new RangeError(`temperament: home is ${String(made.home)}, wanted { valence, arousal }`);
  for (const axis of ["valence", "arousal"] as const)
    within(`home.${axis}`, made.home[axis], -FARTHEST_HOME, FARTHEST_HOME);
  if (!STRATEGIES.includes(made.regulation))
    throw new RangeError(
      `temperament: regulation is "${String(made.regulation)}", wanted one of ${STRATEGIES.join(", ")}`,
    );
  if (made.regulation === "situation selection")
    throw new RangeError(
      "temperament: situation selection is done before there is a feeling and cannot be a habit of changing one; call selectSituation with what one could go into",
    );
  return { ...made, home: { valence: made.home.valence, arousal: made.home.arousal } };
}

/**
 * The temperament of a preset.
 *
 * @throws RangeError that lists the presets
 */
export function presetNamed(name: string): Temperament {
  if (Object.hasOwn(PRESETS, name)) return temperament(PRESETS[name as PresetName]);
  throw new RangeError(`temperament: no preset "${name}"; there are ${Object.keys(PRESETS).join(", ")}`);
}

function within(name: string, value: unknown, least: number, most: number): void {
  if (typeof value === "number" && value >= least && value <= most) return;
  throw new RangeError(`temperament: ${name} is ${String(value)}, wanted a number from ${least} to ${most}`);
}
