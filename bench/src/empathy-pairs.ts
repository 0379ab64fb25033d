// Two who talk: one tells of an upsetting film and regulates, the other, a whole mind, knows what it was about and sees nothing
// but the face. Nothing here was fitted.

import {
  type Empathy,
  FACE,
  type Mind,
  type Strategy,
  attend,
  createFace,
  createMind,
  createPercept,
  exportActs,
  expressionNamed,
  feel,
  giveHeart,
  relationTo,
  step,
  tell,
} from "@attune/core";
import { PROVOCATION, SECONDS, cohenD, person } from "./empathy-people.ts";
import type { Pattern } from "./empathy-regulation.ts";

/** Frames a second: faces that come and go this slowly need no more. */
const RATE = 2;
const SPEAKER = "the speaker";

interface Listeners {
  arousal: number[];
  /** How much the speaker is liked at the end. */
  rapport: number[];
}

/** Suppression, reappraisal and neither (Butler et al. 2003, doi:10.1037/1528-3542.3.1.48), the same pairs in each. */
export function butlerPattern(pairs: number): Pattern {
  const whole = listener();
  const none = listenersTo("none", pairs, whole),
    suppressed = listenersTo("suppress expression", pairs, whole),
    reappraised = listenersTo("reappraise stimulus", pairs, whole);
  const figures = {
    "partner's arousal, suppression d": cohenD(suppressed.arousal, none.arousal),
    "partner's arousal, reappraisal d": cohenD(reappraised.arousal, none.arousal),
    "rapport, suppression d": cohenD(suppressed.rapport, none.rapport),
    "rapport, reappraisal d": cohenD(reappraised.rapport, none.rapport),
  };
  const [stirs, stirsLess, costs, costsLess] = Object.values(figures);
  return {
    name: "suppression stirs the partner and costs rapport, reappraisal less",
    source: "Butler et al. 2003",
    fitted: false,
    figures,
    holds: stirs > 0.1 && costs < -0.1 && stirs > stirsLess && costs < costsLess,
  };
}

/** A mind that watches the speaker; of its mirror it needs little, for faces are read by their units. */
function listener(): Mind {
  const mind = createMind({ rate: RATE }),
    face = createFace({ rate: RATE, expressions: [expressionNamed("anger")], examples: 1 });
  giveHeart(mind, { face: exportActs(face.repertoire) }).percept.regulate = "none";
  attend(mind, { format: "attune-recording", version: 1, who: SPEAKER, faceSet: `facs-${FACE}`, rate: RATE });
  return mind;
}

function listenersTo(strategy: Strategy, pairs: number, whole: Mind): Listeners {
  const out: Listeners = { arousal: [], rapport: [] };
  for (let i = 0; i < pairs; i++) {
    const speaker = person(2 * i),
      told = createPercept(),
      mind = structuredClone(whole),
      empathy = mind.empathy as Empathy;
    empathy.heart = person(2 * i + 1);
    told.happenings = [PROVOCATION];
    told.regulate = strategy;
    for (let frame = 0; frame < RATE * SECONDS; frame++) {
      feel(speaker, told, 1 / RATE);
      // It is what they talk about all the time.
      tell(empathy, { ...PROVOCATION, whose: SPEAKER });
      const face = Float32Array.from(speaker.display.x.subarray(0, FACE));
      step(mind, { time: frame / RATE, face, gaze: Float32Array.of(0, 0, 1) });
    }
    out.arousal.push(empathy.heart.core.arousal);
    out.rapport.push(relationTo(empathy.book, SPEAKER).affiliation);
  }
  return out;
}
