import { CAMERA, GENERATED, createPerson, playScript, strangeActs, teachStarter, type Line } from "@attune/actor";
import { MOTOR, MOTOR_NAMES, UNITS_PER_ACT, createMind, saveRepertoire, type Frame } from "@attune/core";
import { expect, test } from "vitest";
import { createMindClient, type Thread } from "./client.ts";
import type { FromMind, ToMind } from "./protocol.ts";
import * as session from "./session.ts";

const grown = createMind({ rate: 30 });
teachStarter(grown, { examples: 1, background: GENERATED, names: ["wave", "clap", "nod", "point"] });
const STARTER = saveRepertoire(grown.repertoire);
const CIRCLE: Line = { act: "draw a circle", as: strangeActs["draw a circle"], style: { side: "right" } };

function stage(seed: number): { open: session.Session; watch: (script: readonly Line[], take: string) => Frame[] } {
  const open = session.createSession(STARTER, 30);
  const person = createPerson({ seed, skeleton: "mediapipe-33", camera: { jitter: 0.003 } });
  session.attendTo(open, person.header, true);
  let clock = 0;
  return {
    open,
    watch(script, take) {
      const frames = Array.from(playScript(person, script, take).frames(), (f) => ({ ...f, time: clock + f.time }));
      for (const frame of frames) {
        session.moveAlong(open, frame);
        session.think(open, frame);
      }
      clock = frames[frames.length - 1].time + 1 / 30;
      return frames;
    },
  };
}

/** Shows an act between rests and cuts it out. */
function shown(
  { open, watch }: ReturnType<typeof stage>,
  line: Line,
  take: string,
): NonNullable<ReturnType<typeof session.cut>> {
  watch([{ pause: 2 }], `${take} before`);
  session.record(open);
  watch([{ ...line, pause: 0.7 }, { pause: 1.3 }], take);
  expect(session.recordingOf(open)).toBe("done");
  const cut = session.cut(open);
  expect(cut).toBeDefined();
  return cut!;
}

test("an act shown once is cut to its movement, learned, named in a second performance of other tempo and size, and done back", () => {
  const room = stage(4);
  const { open, watch } = room;
  const { demo, seconds } = shown(room, CIRCLE, "first");
  expect(seconds).toBeGreaterThan(2);
  expect(seconds).toBeLessThan(4.2);
  const { known, portrait, repertoire } = session.teach(open, "circle", [demo]);
  expect(known.map(({ name }) => name)).toContain("circle");
  expect(JSON.parse(repertoire)).toHaveProperty("format", "attune-repertoire");
  expect(portrait.mean.own.length % MOTOR).toBe(0);
  expect(Math.max(...portrait.height) - Math.min(...portrait.height)).toBeGreaterThan(0.8);
  expect(Math.max(...portrait.heightSd)).toBeGreaterThan(0);

  let best = 0;
  const frames = watch([{ ...CIRCLE, pause: 0.8, style: { side: "right", tempo: 1.2, amplitude: 0.85 } }], "second");
  expect(frames.length).toBeGreaterThan(30);
  session.attendTo(open, open.header!, true);
  for (const frame of frames) {
    session.moveAlong(open, frame);
    const belief = session.think(open, frame);
    const circle = belief.acts.find(({ name }) => name === "circle");
    best = Math.max(best, circle?.probability ?? 0);
  }
  expect(best).toBeGreaterThan(0.85);

  const show = session.perform(open, "circle", false, 0);
  expect((show.own.length / MOTOR) * UNITS_PER_ACT).toBe(show.rates.length);
  expect(Math.max(...show.rates)).toBeGreaterThan(0.3);
});

test("an example of a known act is said to be like it, a new one is not", () => {
  const room = stage(6);
  expect(session.judge(room.open, shown(room, { act: "wave" }, "a").demo).like?.name).toBe("wave");
  expect(session.judge(room.open, shown(room, CIRCLE, "b").demo).like).toBeUndefined();
});

test("people seen by a camera are judged less strictly than the generated person, unless the mind fitted its own measure", () => {
  const { open } = stage(4);
  const background = (): number | undefined => open.mind.repertoire.perception?.background;
  expect(background()).toBe(GENERATED);
  session.attendTo(
    open,
    { format: "attune-recording", version: 1, skeleton: "mediapipe-33", up: "-y", units: "m", source: "camera" },
    true,
  );
  expect(background()).toBe(CAMERA);
  open.mind.repertoire.perception!.background = 3.21;
  session.attendTo(open, open.header!, true);
  expect(background()).toBe(3.21);
});

test("learned for either hand, the act is known in the hand that never showed it", () => {
  const left: Line = { ...CIRCLE, pause: 0.8, style: { side: "left" } };
  const best = [false, true].map((bothHands) => {
    const room = stage(12);
    const { demo } = shown(room, CIRCLE, "first");
    session.teach(room.open, "circle", [demo], bothHands);
    let most = 0;
    const { open } = room;
    const person = createPerson({ seed: 12, skeleton: "mediapipe-33" });
    session.attendTo(open, person.header, true);
    for (const frame of playScript(person, [left], "other hand").frames()) {
      session.think(open, frame);
      const at = open.mind.repertoire.acts.findIndex(({ name }) => name === "circle");
      most = Math.max(most, open.mind.report[at]);
    }
    return most;
  });
  expect(best[0]).toBeLessThan(0.6);
  expect(best[1]).toBeGreaterThan(0.85);
});

test("nobody moving teaches nothing", () => {
  const { open, watch } = stage(8);
  watch([{ pause: 2 }], "still");
  session.record(open);
  watch([{ pause: 2 }], "still too");
  expect(session.recordingOf(open)).toBe("waiting");
  expect(session.cut(open)).toBeUndefined();
});

test("forgetting can be undone, renaming keeps what is known, and wrong names are said", () => {
  const { open } = stage(9);
  const { known, before } = session.forget(open, "wave");
  expect(known.map(({ name }) => name)).not.toContain("wave");
  session.rename(open, "nod", "yes");
  expect(session.takeBack(open, "wave", before).known.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["wave", "yes"]),
  );
  expect(session.restore(open, before).map(({ name }) => name)).toContain("nod");
  session.rename(open, "wave", "hello");
  expect(session.knownActs(open).map(({ name }) => name)).toContain("hello");
  expect(() => session.rename(open, "clap", "  ")).toThrow(/give it a name/);
  expect(() => session.perform(open, "fly", false, 0)).toThrow(/"fly" is not known/);
});

test("as a mirror does or not, it is the same movement on the other side", () => {
  const { open, watch } = stage(10);
  const [frame] = watch([{ act: "point", pause: 0.2 }], "point").slice(25);
  session.attendTo(open, open.header!, true);
  const specular = session.moveAlong(open, frame)!;
  session.attendTo(open, open.header!, false);
  const straight = session.moveAlong(open, frame)!;
  const [l, r] = [MOTOR_NAMES.indexOf("lElbow"), MOTOR_NAMES.indexOf("rElbow")];
  expect(specular.own[l]).toBeCloseTo(straight.own[r], 9);
});

test("the client pairs answers with questions, passes errors on, and never queues frames", async () => {
  const sent: ToMind[] = [];
  const hears: Record<string, (event: never) => void> = {};
  const thread: Thread = {
    addEventListener: (kind: string, listener: (event: never) => void) => void (hears[kind] = listener),
    postMessage: (m) => void sent.push(m),
    terminate: () => undefined,
  };
  const say = (data: FromMind): void => hears["message"]({ data } as never);
  let beliefs = 0,
    broken = "";
  const client = createMindClient(thread, {
    posture: () => undefined,
    belief: () => void beliefs++,
    broken: (reason) => void (broken = reason),
  });
  const first = client.ask("rename", { from: "a", to: "b" }),
    second = client.ask("cut", null);
  say({ id: 2, answer: undefined });
  say({ id: 1, error: "no act a" });
  await expect(first).rejects.toThrow("no act a");
  await expect(second).resolves.toBeUndefined();
  for (let n = 0; n < 5; n++) client.see({ time: n });
  expect(sent.filter((m) => "see" in m)).toHaveLength(2);
  say({ belief: {} as never, recording: undefined });
  client.see({ time: 9 });
  expect(sent.filter((m) => "see" in m)).toHaveLength(3);
  expect(beliefs).toBe(1);
  const hanging = client.ask("cut", null);
  hears["error"]({ message: "out of memory" } as never);
  await expect(hanging).rejects.toThrow("out of memory");
  expect(broken).toBe("out of memory");
});
