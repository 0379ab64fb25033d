// The tour: a minute with the generated person, before any permission is asked. Each step does something and says what.

import type { Studio } from "./studio.ts";
import { S } from "./strings.ts";

export interface Step {
  readonly says: string;
  /** s until the next comes by itself; it waits for the person where there is none. */
  readonly lasts?: number;
  begin?(studio: Studio): void | Promise<void>;
}

/** What the tour teaches, and what it is called there. */
const STRANGE = "wings";
const says = S.tour.steps;

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
  {
    says: says.mirror,
    lasts: 7,
    begin: (studio) => studio.person.ask("wave", { now: true, style: { side: "right" } }),
  },
  {
    says: says.belief,
    lasts: 7,
    begin: (studio) => studio.person.ask("drink", { now: true, style: { side: "right" } }),
  },
  { says: says.units, lasts: 7, begin: (studio) => studio.person.ask("clap", { now: true }) },
  {
    says: says.strange,
    lasts: 7.5,
    async begin(studio) {
      if (studio.store.get().known.some(({ name }) => name === STRANGE)) {
        const { known } = await studio.mind.ask("forget", { name: STRANGE });
        studio.store.set({ known });
      }
      await studio.mind.ask("record", null);
      studio.person.ask(STRANGE, { now: true });
    },
  },
  {
    says: says.learn,
    lasts: 5,
    async begin(studio) {
      const cut = await studio.mind.ask("cut", null);
      if (!cut) return;
      const { known } = await studio.mind.ask("learn", { name: STRANGE, demos: [cut.demo], bothHands: false });
      studio.store.set({ known });
    },
  },
  {
    says: says.back,
    lasts: 6,
    async begin(studio) {
      if (studio.store.get().known.some(({ name }) => name === STRANGE)) await studio.perform(STRANGE);
    },
  },
  {
    says: says.yours,
    begin(studio) {
      studio.person.alone = true;
      studio.keeping.setToured();
    },
  },
];
