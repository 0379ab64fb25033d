import { GENERATED, teachStarter } from "@attune/actor";
import { FACE_UNITS, ORDINARY, VISAGE, createFace, createMind, saveRepertoire } from "@attune/core";
import { expect, test } from "vitest";
import { createGeneratedPerson, type GeneratedPerson } from "../sources/generated.ts";
import { FIRST } from "../state.ts";
import { PARTS, type FeelingNow, type FeelingTold, type Knobs } from "./feeling-protocol.ts";
import { happen, setAgreed, tune, wakeHeart } from "./feeling.ts";
import { forgetFace, knownFaces, learnFace, performFace, takeFaceBack } from "./faces.ts";
import * as session from "./session.ts";

const grown = createMind({ rate: 30 });
teachStarter(grown, { examples: 1, background: GENERATED, names: ["wave", "nod", "offer", "take"] });
const STARTER = saveRepertoire(grown.repertoire);
const FACES = saveRepertoire(createFace({ rate: 30, seed: 1 }).repertoire);
const SMILE = FACE_UNITS.indexOf("AU12L");

interface Room {
  readonly open: session.Session;
  readonly person: GeneratedPerson;
  /** Watches on for some seconds. */
  watch(seconds: number, each?: (feeling: FeelingNow, told: FeelingTold | undefined) => void): void;
}

/** A mind with a heart before a person who does only what they are asked; `real` makes a real one of them. */
function room(knobs: Partial<Knobs> = {}, real = false, agreed = false): Room {
  const open = session.createSession(STARTER, 30),
    person = createGeneratedPerson(11, false);
  person.face.alone = false;
  wakeHeart(open, FACES, { ...FIRST.knobs, ...knobs }, agreed);
  const { source, ...header } = person.header;
  session.attendTo(open, real ? { ...header, who: "you" } : { ...header, ...(source ? { source } : {}) }, true);
  let n = 0,
    told: FeelingTold | undefined;
  return {
    open,
    person,
    watch(seconds, each = () => undefined) {
      for (const end = n + 30 * seconds; n < end; n++) {
        const frame = person.at(n / 30);
        session.moveAlong(open, frame);
        const { feeling } = session.think(open, frame);
        if (!feeling) throw new Error("no feeling came");
        told = feeling.told ?? told;
        each(feeling, told);
      }
    },
  };
}

test("with every frame come numbers, words five times a second, and the parts of the feeling sum to it", () => {
  const { watch } = room();
  let worded = 0;
  watch(4, ({ own, parts, told, visage }) => {
    if (told) worded++;
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(own[0], 5);
    expect(visage).toHaveLength(VISAGE);
  });
  expect(worded).toBeGreaterThanOrEqual(15);
  expect(worded).toBeLessThanOrEqual(25);
});

test("a joyful face is read, estimated as pleasant, and what would be done follows the relation at once, also afterwards", () => {
  const { open, person, watch } = room();
  watch(2);
  person.face.ask("joy");
  let read = "",
    valence = 0;
  watch(5, ({ other }, told) => {
    const first = told?.looks?.expressions[0];
    if (first && first.name !== "neutral" && first.probability > 0.8) read = first.name;
    if (other) valence = Math.max(valence, other[0]);
  });
  expect(read).toBe("joy");
  expect(valence).toBeGreaterThan(0.3);
  let last: FeelingTold | undefined;
  const kindNow = (): string | undefined =>
    last?.otherwise?.rows[0].would.find(({ channel }) => channel === "face")?.kind;
  watch(1, (_, told) => (last = told));
  expect(last?.otherwise?.cue).toMatch(/joy|smile/);
  expect(kindNow()).toMatch(/return the smile/);
  const rival = last?.otherwise?.rows.find(({ if: on }) => on.knob === "relation" && on.relation === "rival");
  expect(rival?.would[0].kind).toMatch(/politely/);
  expect(rival?.would[0].differs).toBe(true);
  tune(open, { ...FIRST.knobs, relation: "rival" });
  watch(0.3, (_, told) => (last = told));
  expect(kindNow()).toMatch(/politely/);
  expect(last?.otherwise?.rows.some(({ if: on }) => on.knob === "relation" && on.relation === "rival")).toBe(false);
});

test("without facial mimicry no smile is returned; the reading is the same", () => {
  const smileOf = (facialMimicry: number): { smile: number; read: boolean } => {
    const { person, watch } = room({ temperament: { ...ORDINARY, facialMimicry } });
    watch(1);
    let smile = 0,
      read = false;
    for (let tries = 0; tries < 3; tries++) {
      person.face.ask("joy");
      watch(7, ({ visage }, told) => {
        smile = Math.max(smile, visage[SMILE]);
        read ||= told?.looks?.expressions[0].name === "joy";
      });
    }
    return { smile, read };
  };
  const usual = smileOf(1),
    none = smileOf(0);
  expect(usual.smile).toBeGreaterThan(0.25);
  expect(none.smile).toBeLessThan(0.5 * usual.smile);
  expect(none.read && usual.read).toBe(true);
});

test("yawns are caught, sooner or later, by somebody close", () => {
  const { person, watch } = room({ relation: "intimate", temperament: { ...ORDINARY, facialMimicry: 2 } });
  watch(1);
  let wide = 0;
  for (let n = 0; n < 5; n++) {
    person.face.ask("yawn");
    watch(14, ({ visage }) => (wide = Math.max(wide, visage[FACE_UNITS.indexOf("AU27")])));
  }
  expect(wide).toBeGreaterThan(0.4);
});

test("a person's face is not read before they agree, is read then, and is forgotten when they take it back", () => {
  const { open, person, watch } = room({}, true);
  watch(2);
  person.face.ask("joy");
  watch(4, ({ other }, told) => {
    expect(other).toBeUndefined();
    expect(told).not.toHaveProperty("looks");
  });
  setAgreed(open, true);
  person.face.ask("joy");
  let read = false;
  watch(5, ({ other }, told) => (read ||= told?.looks !== undefined && other !== undefined));
  expect(read).toBe(true);
  setAgreed(open, false);
  watch(1, ({ other, parts }) => {
    expect(other).toBeUndefined();
    expect(parts[PARTS.indexOf("contagion")]).toBe(0);
  });
  watch(1, (_, told) => expect(told).not.toHaveProperty("looks"));
});

test("turning to a generated person reads their face, and turning back to a person does not", () => {
  const { open, person, watch } = room();
  watch(0.5);
  expect(open.mind.empathy?.reads).toBe(true);
  const { source: _, ...header } = person.header;
  session.attendTo(open, { ...header, who: "you" }, true);
  expect(open.mind.empathy?.reads).toBe(false);
  session.attendTo(open, person.header, true);
  expect(open.mind.empathy?.reads).toBe(true);
});

test("a blunder embarrasses it for them though their face shows nothing", () => {
  const { open, watch } = room();
  watch(2);
  happen(open, "blunder");
  let lowest = 0;
  watch(4, ({ parts }) => (lowest = Math.min(lowest, parts[PARTS.indexOf("appraisal")])));
  expect(lowest).toBeLessThan(-0.02);
});

test("the heart outlives what is learned, forgotten and taken back of the body", () => {
  const { open, watch } = room();
  watch(2);
  const { empathy } = open.mind;
  const { before } = session.forget(open, "offer");
  expect(empathy?.social.canDo).not.toContain("offer");
  session.takeBack(open, "offer", before);
  expect(open.mind.empathy).toBe(empathy);
  expect(empathy?.social.canDo).toContain("offer");
  watch(1);
});

test("a face shown once is cut to its movement, learned, done back and told from others, forgotten and taken back", () => {
  const { open, person, watch } = room();
  watch(2);
  session.record(open, "face");
  expect(session.recordingOf(open)).toBe("waiting");
  person.face.ask("puff the cheeks");
  watch(6);
  expect(session.recordingOf(open)).toBe("done");
  const cut = session.cut(open);
  expect(cut?.seconds).toBeGreaterThan(2);
  expect(cut?.seconds).toBeLessThan(4.5);
  if (!cut) return;
  const { faces, show } = learnFace(open, "hamster", [cut.demo]);
  expect(faces.map(({ name }) => name)).toContain("hamster");
  const puffed = Math.max(...show.visage.filter((_, k) => k % VISAGE === FACE_UNITS.indexOf("AU34")));
  expect(puffed).toBeGreaterThan(0.5);
  person.face.ask("puff the cheeks");
  let most = 0;
  watch(5, () => (most = Math.max(most, open.mind.empathy!.face.report[faces.findIndex((f) => f.name === "hamster")])));
  expect(most).toBeGreaterThan(0.5);
  const { before } = forgetFace(open, "hamster");
  expect(() => performFace(open, "hamster")).toThrow(/not known/);
  takeFaceBack(open, "hamster", before);
  expect(knownFaces(open).some(({ name }) => name === "hamster")).toBe(true);
  watch(1);
});

test("without a heart nothing is felt, and faces cannot be recorded: it says what to do", () => {
  const open = session.createSession(STARTER, 30),
    person = createGeneratedPerson(11, false);
  session.attendTo(open, person.header, true);
  expect(session.think(open, person.at(0)).feeling).toBeUndefined();
  expect(() => session.record(open, "face")).toThrow(/ask it to feel first/);
  expect(() => knownFaces(open)).toThrow(/no heart yet/);
});
