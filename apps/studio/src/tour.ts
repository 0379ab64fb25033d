// The tour: a minute with the generated person, before any permission is asked. Each step does something and says what. What
// is taught in it is for the tour alone: at its end the mind knows what it knew before.

import { S } from "./strings.ts";
import type { Studio } from "./studio.ts";

export interface Step {
  readonly says: string;
  /** s until the next comes by itself; it waits for the person where there is none. */
  readonly lasts?: number;
  /** What happens at once. */
  begin?(studio: Studio): void | Promise<void>;
  /** What takes its time: the step is over when that is. It may say something else then; `over` is true once the step was left. */
  until?(studio: Studio, over: () => boolean): Promise<string | undefined>;
}

/** What the tour teaches, and what it is called there. */
const STRANGE = "wings";
/** s to wait for a movement before giving up. */
const PATIENCE = 20;
const says = S.tour.steps;
const asked = { next: true, style: { side: "right" as const } };

export const STEPS: readonly Step[] = [
  {
    says: says.hello,
    lasts: 6,
    async begin(studio) {
      studio.person.alone = false;
      studio.setMode("mirror");
      await studio.watchGenerated();
    },
  },
  { says: says.mirror, lasts: 7, begin: (studio) => studio.person.ask("wave", asked) },
  { says: says.belief, lasts: 7, begin: (studio) => studio.person.ask("drink", asked) },
  { says: says.units, lasts: 7, begin: (studio) => studio.person.ask("clap", asked) },
  {
    says: says.strange,
    async until(studio, over) {
      await still(studio, over);
      if (over()) return undefined;
      const { beforeTour = await studio.mind.ask("save", null) } = studio.store.get();
      studio.store.set({ beforeTour });
      if (studio.store.get().known.some(({ name }) => name === STRANGE))
        studio.store.set({ known: (await studio.mind.ask("forget", { name: STRANGE })).known });
      await studio.mind.ask("record", { what: "movement" });
      studio.person.ask(STRANGE, { ...asked, pause: 0.6 });
      // They begin, and are still again.
      await wait(over, () => studio.person.doing(performance.now() / 1000) === STRANGE);
      await still(studio, over);
      await new Promise((resolve) => setTimeout(resolve, 1300));
      return undefined;
    },
  },
  {
    says: says.learn,
    lasts: 3,
    async until(studio) {
      const cut = await studio.mind.ask("cut", null);
      if (!cut) return says.missed;
      const { known } = await studio.mind.ask("learn", { name: STRANGE, demos: [cut.demo], bothHands: false });
      studio.store.set({ known });
      return undefined;
    },
  },
  {
    says: says.back,
    lasts: 6,
    async until(studio) {
      if (!studio.store.get().known.some(({ name }) => name === STRANGE)) return says.missed;
      await studio.perform(STRANGE);
      return undefined;
    },
  },
  { says: says.yours, begin: (studio) => void (studio.person.alone = true) },
];

/** Ends the tour wherever it is: what was known before is known again, and nothing more. */
export async function endTour(studio: Studio): Promise<void> {
  studio.person.alone = true;
  studio.keeping.setToured();
  const { beforeTour: repertoire } = studio.store.get();
  studio.store.set({ tour: undefined, beforeTour: undefined });
  if (repertoire === undefined) return;
  studio.store.set({ known: (await studio.mind.ask("restore", { repertoire })).known });
}

/** Waits until the generated person stands. */
function still(studio: Studio, over: () => boolean): Promise<void> {
  return wait(over, () => studio.person.doing(performance.now() / 1000) === undefined);
}

async function wait(over: () => boolean, until: () => boolean): Promise<void> {
  for (let n = 0; n < PATIENCE * 10 && !over() && !until(); n++)
    await new Promise((resolve) => setTimeout(resolve, 100));
}
