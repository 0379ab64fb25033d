// What a mind forgets when it turns to another stream, or to another person in it.

import { createBelief } from "./mirror/belief.ts";
import { createEvents } from "./mirror/events.ts";
import { resetMirror } from "./mirror/mirror.ts";
import type { Mind } from "./mind.ts";

/** What was going on is forgotten, what is known is kept. */
export function forgetStream(mind: Mind): void {
  mind.time = NaN;
  mind.late = 0;
  resetMirror(mind.mirror);
  mind.belief = createBelief(mind.repertoire.acts.length);
  mind.events = createEvents(mind.repertoire.acts.length);
  mind.report.fill(0);
  mind.reportNone = 1;
}
