// Face trackers name what they see in their own words. What each of their channels says of action units, so that the
// written rule can read them, and which of their columns are measurements at all: scores of emotions, valence, engagement
// and attention are somebody else's reading and are never used.

/** A channel of AFFDEX, without "afx_", in terms of a unit; "lopsided" is a smirk. */
export const AFFDEX_UNITS: Readonly<Record<string, number | "lopsided">> = {
  BrowFurrow: 4,
  BrowRaise: 2,
  LipCornerDepressor: 15,
  Smile: 12,
  InnerBrowRaise: 1,
  EyeClosure: 43,
  NoseWrinkle: 9,
  UpperLipRaise: 10,
  LipSuck: 28,
  LipPress: 24,
  MouthOpen: 25,
  ChinRaise: 17,
  Smirk: "lopsided",
  LipPucker: 18,
  CheekRaise: 6,
  Dimpler: 14,
  EyeWiden: 5,
  LidTighten: 7,
  LipStretch: 20,
  JawDrop: 26,
};

/** The unit an AFFDEX column measures ("afx_Smile": 12), undefined where it measures no movement. */
export function affdexUnit(column: string): number | "lopsided" | undefined {
  const name = /^afx_(.+)$/i.exec(column.trim())?.[1].toLowerCase();
  return name === undefined ? undefined : BY_LOWER.get(name);
}

const BY_LOWER = new Map(Object.entries(AFFDEX_UNITS).map(([name, unit]) => [name.toLowerCase(), unit]));

/**
 * How far a tracker's word on a unit is to be trusted, where that is not all the way: cameras hardly see lips stretch,
 * press and tighten, and take a parted mouth for a dropped jaw. It is why they take fear for surprise (fear .03 right) and
 * anger for a frown [M]; how far is by design [D].
 */
export const TRACKER_TRUST: Readonly<Record<number, number>> = { 20: 0.2, 23: 0.3, 24: 0.3, 26: 0.5 };

/** Full scale of those channels. */
export const AFFDEX_FULL = 100;
