// Teaching through a camera's eye, without a person: the generated person is drawn, the real model looks at the picture, and
// what it sees is taught and watched as in the Studio. Runs in a page, in the person's own time, so that a slow machine
// sees the same; teaching.ts drives it.

import { STRANGE_NAMES, createPerson, playScript, strangeActs, type Line, type Person } from "@attune/actor";
import { FACE, MOTOR, type Frame } from "@attune/core";
import { POSE, createPoseReader, readPose } from "@attune/perception";
import { FilesetResolver, PoseLandmarker } from "@mediapipe/tasks-vision";
import { DEFAULT_LOOK, LIGHT, createFigure, drawFigure } from "../src/figure/index.ts";
import * as session from "../src/mind/session.ts";

export interface TrialOptions {
  /** Numbers of the trials to do. */
  readonly trials: readonly number[];
  /** What the mind brings along, as text. */
  readonly repertoire: string;
  /** Frames a second of the person's time in which the body is looked for. */
  readonly rate?: number | undefined;
}

export interface Trial {
  readonly trial: number;
  readonly act: string;
  /** s that were cut out of what was shown; NaN where nothing was. */
  readonly seconds: number;
  /** Tempo and size of the second performance, relative to the first. */
  readonly tempo: number;
  readonly size: number;
  /** Acts that were told as recognised while the second performance went on, in order. */
  readonly told: readonly string[];
  /** Largest probability that the taught act had then. */
  readonly best: number;
  /** What was most probable besides when it had that, "none" among it. */
  readonly rival: string;
  readonly right: boolean;
}

const WIDTH = 640,
  HEIGHT = 480;
const NAME = "what I was shown";
/** Other tempos and sizes for the second performance. */
const TEMPOS = [0.8, 1.2, 0.88, 1.12, 1.25],
  SIZES = [0.88, 1.1, 0.94];

export async function runTrials({ trials, repertoire, rate = 15 }: TrialOptions): Promise<Trial[]> {
  const files = await FilesetResolver.forVisionTasks("/wasm");
  const out: Trial[] = [];
  for (const trial of trials) {
    // A model of its own: it remembers the body it followed.
    const bodies = await PoseLandmarker.createFromOptions(files, {
      baseOptions: { modelAssetPath: "/models/pose_landmarker_lite.task", delegate: "CPU" },
      runningMode: "VIDEO",
    });
    out.push(await runTrial(bodies, trial, repertoire, rate));
    bodies.close();
  }
  return out;
}

async function runTrial(bodies: PoseLandmarker, trial: number, repertoire: string, rate: number): Promise<Trial> {
  const act = STRANGE_NAMES[trial % STRANGE_NAMES.length],
    tempo = TEMPOS[trial % TEMPOS.length],
    size = SIZES[trial % SIZES.length];
  const person = createPerson({ seed: 100 + trial, rate, hand: "right" });
  const line: Line = { act, as: strangeActs[act], style: { side: "right" } };
  const mind = session.createSession(repertoire, rate);
  session.attendTo(
    mind,
    { format: "attune-recording", version: 1, skeleton: "mediapipe-33", units: "m", up: "-y", rate },
    true,
  );
  const watch = watcher(bodies, person, mind, rate);
  await watch([{ pause: 2.5 }], "before");
  session.record(mind);
  await watch([{ ...line, pause: 0.8 }, { pause: 1.6 }], "shown");
  const cut = session.cut(mind);
  const none = { trial, act, tempo, size, told: [], best: 0, rival: "", right: false };
  if (!cut) return { ...none, seconds: NaN };
  session.teach(mind, NAME, [cut.demo]);
  const told: string[] = [];
  let best = 0,
    rival = "";
  await watch(
    [{ ...line, pause: 1.2, style: { side: "right", tempo, amplitude: size } }, { pause: 1.2 }],
    "again",
    (belief) => {
      for (const { kind, act: name } of belief.events) if (kind === "recognised" && name !== undefined) told.push(name);
      const { probability = 0, phase = 0 } = belief.acts.find(({ name }) => name === NAME) ?? {};
      if (probability <= best) return;
      best = probability;
      const other = belief.acts.find(({ name }) => name !== NAME);
      rival = `${other && other.probability > belief.none ? `${other.name} ${other.probability.toFixed(2)}` : `none ${belief.none.toFixed(2)}`} at phase ${phase.toFixed(2)}`;
    },
  );
  // The act is recognised, and nothing else is taken for it.
  return {
    ...none,
    seconds: cut.seconds,
    told,
    best,
    rival,
    right: told.length > 0 && told.every((name) => name === NAME),
  };
}

/** Goes on watching the person do scripts, one after another. */
function watcher(bodies: PoseLandmarker, person: Person, mind: session.Session, rate: number) {
  const ctx = new OffscreenCanvas(WIDTH, HEIGHT).getContext("2d", { willReadFrequently: true });
  if (ctx === null) throw new Error("this page gives no 2-D canvas");
  const figure = createFigure({ ...DEFAULT_LOOK, palette: LIGHT });
  const reader = createPoseReader(),
    face = new Float32Array(FACE),
    world = new Float32Array(3 * POSE),
    visibility = new Float32Array(POSE);
  let clock = 0;
  return async (
    script: readonly Line[],
    take: string,
    look?: (belief: ReturnType<typeof session.think>) => void,
  ): Promise<void> => {
    const { motion } = playScript(person, script, take);
    const own = Float64Array.from(motion.values);
    for (let t = 0; t < motion.times.length; t++) {
      const time = clock + t / rate;
      ctx.fillStyle = "#efeae2";
      ctx.fillRect(0, 0, WIDTH, HEIGHT);
      drawFigure(
        ctx,
        figure,
        { own: own.subarray(t * MOTOR, (t + 1) * MOTOR), face },
        { x: 0, y: 0, width: WIDTH, height: HEIGHT, scale: "upper body" },
      );
      const found = bodies.detectForVideo(ctx.getImageData(0, 0, WIDTH, HEIGHT), 1000 * (1 + time));
      const [joints] = found.worldLandmarks;
      joints?.forEach(({ x, y, z, visibility: v }, j) => {
        world.set([x, y, z], 3 * j);
        visibility[j] = v;
      });
      readPose(reader, joints ? { world, visibility } : undefined, time);
      const frame: Frame = { time, body: reader.body.slice(), bodyConfidence: reader.confidence.slice() };
      session.moveAlong(mind, frame);
      const belief = session.think(mind, frame);
      look?.(belief);
      // Let the page breathe: a browser stops scripts that never end.
      if (t % 10 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    clock += motion.times.length / rate;
  };
}
