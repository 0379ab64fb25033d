// MediaPipe's pose landmarks as JSON: results in an array, one a line, or joined. World landmarks are metres
// from the middle of the hips, x to the right of the image, y down, z away from the camera, hence up is
// "-y"; image landmarks are fractions of the image, with the same axes (z in fractions of its width).
// Programs name the fields differently: worldLandmarks, pose_world_landmarks, landmarks, poseLandmarks, ...

import type { Frame, RecordingHeader } from "@attune/core";
import type { Chunks } from "./bytes.ts";
import { rateOr } from "./clock.ts";
import { FormatError, quote } from "./errors.ts";
import { createGate } from "./gate.ts";
import { maybeGunzip } from "./gzip.ts";
import { isRecord, type HeaderHints } from "./header.ts";
import { jsonValues, type JsonValue } from "./json-values.ts";
import { emptyFile, reading, type Recording } from "./recording.ts";
import { createReporter, type Reporter } from "./report.ts";

const LANDMARKS = 33;
const WANTED = "a MediaPipe result with landmarks or worldLandmarks";
const WORLD = /^(pose)?worldlandmarks$/;
const IMAGE = /^(pose|normalized)?landmarks$/;
/** Seconds for one unit of a field that tells the time. */
const TIMES: Readonly<Record<string, number>> = {
  time: 1,
  seconds: 1,
  timestamp: 1e-3,
  timestampms: 1e-3,
  timems: 1e-3,
};

type Kind = "world" | "image";

interface Clock {
  /** The field, its name made plain; undefined where results are counted. */
  readonly field: string | undefined;
  readonly scale: number;
  readonly rate: number | undefined;
}

/**
 * Reads MediaPipe's pose results, gzipped or not, world landmarks where the first result has them.
 * `visibility` is the confidence. Of several poses in a result each is `who` "0", "1", ... in MediaPipe's
 * order. Time is `time` (s), `timestamp` or `timestampMs` (ms); else results are counted.
 *
 * @throws FormatError when the first object has no landmarks, or their number is not 33
 */
export async function readMediaPipe(chunks: Chunks, hints: HeaderHints = {}): Promise<Recording> {
  const reporter = createReporter();
  const source = results(jsonValues(await maybeGunzip(chunks, reporter), WANTED, reporter));
  return reading(source, async () => {
    const first = await source.next();
    if (first.done) throw emptyFile(WANTED, reporter);
    const kind = kindOf(first.value);
    posesOf(first.value, kind, createReporter());
    const field = [...fields(first.value.value).keys()].find((name) => TIMES[name] !== undefined);
    const rate = field === undefined ? rateOr(hints.rate, 30, reporter) : hints.rate;
    const header: RecordingHeader = {
      format: "attune-recording",
      version: 1,
      skeleton: "mediapipe-33",
      units: kind === "world" ? "m" : "fraction",
      up: "-y",
      ...hints,
      ...(rate !== undefined && { rate }),
    };
    const clock: Clock = { field, scale: field === undefined ? 1 / (rate ?? 30) : TIMES[field], rate };
    async function* values() {
      yield first.value as JsonValue;
      yield* source;
    }
    return { header, frames: framesOf(values(), kind, clock, reporter), report: reporter.report };
  });
}

/** The values, those inside of `{ frames: [...] }` or `{ results: [...] }` one by one. */
async function* results(
  source: AsyncGenerator<JsonValue, void, undefined>,
): AsyncGenerator<JsonValue, void, undefined> {
  for await (const item of source) {
    const { value, line } = item;
    const list = isRecord(value) ? (value["frames"] ?? value["results"]) : undefined;
    if (!Array.isArray(list)) yield item;
    else for (const inner of list) yield { value: Object(inner) as object, line };
  }
}

async function* framesOf(
  values: AsyncIterable<JsonValue>,
  kind: Kind,
  { field, scale, rate }: Clock,
  reporter: Reporter,
): AsyncGenerator<Frame, void, undefined> {
  const gate = createGate(reporter, rate);
  let index = 0;
  for await (const item of values) {
    const tick = field === undefined ? index : fields(item.value).get(field);
    index++;
    let poses: Pose[];
    try {
      if (typeof tick !== "number" || !Number.isFinite(tick))
        throw new FormatError(`${field} ${quote(tick)} came, a number was wanted`);
      poses = posesOf(item, kind, reporter);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      reporter.drop("bad rows", `line ${item.line} and others like it are left out: ${error.message}`);
      continue;
    }
    for (const pose of poses) {
      const frame: Frame = { time: (tick as number) * scale, ...pose };
      if (gate.pass(frame)) yield frame;
    }
  }
  gate.end();
}

/** Fields of a result by their plain names: "pose_world_landmarks" and "poseWorldLandmarks" are one. */
function fields(value: object): Map<string, unknown> {
  return new Map(Object.entries(value).map(([name, v]) => [name.replaceAll("_", "").toLowerCase(), v]));
}

function kindOf({ value, line }: JsonValue): Kind {
  const names = [...fields(value).keys()];
  if (Array.isArray(value))
    throw new FormatError(`a bare list came, ${WANTED} was wanted: name what it holds, {"landmarks": [...]}`, { line });
  if (names.some((name) => WORLD.test(name))) return "world";
  if (names.some((name) => IMAGE.test(name))) return "image";
  throw new FormatError(`${quote(value)} came, ${WANTED} was wanted`, { line });
}

type Pose = Pick<Frame, "who" | "body" | "bodyConfidence">;

function posesOf({ value, line }: JsonValue, kind: Kind, reporter: Reporter): Pose[] {
  const found = [...fields(value)].find(([name]) => (kind === "world" ? WORLD : IMAGE).test(name));
  if (!found) throw new FormatError(`a result without ${kind} landmarks came`, { line });
  // A result of the older solution holds one pose, of the newer tasks a list of poses.
  const list = isRecord(found[1]) ? found[1]["landmark"] : found[1];
  if (list === null || list === undefined || (Array.isArray(list) && list.length === 0)) return [];
  if (!Array.isArray(list)) throw new FormatError(`landmarks ${quote(list)} came, a list was wanted`, { line });
  if (!Array.isArray(list[0])) return [poseOf(list, line, reporter)];
  return list.map((pose: unknown, k) => {
    if (!Array.isArray(pose)) throw new FormatError(`pose ${quote(pose)} came, a list was wanted`, { line });
    return { who: String(k), ...poseOf(pose, line, reporter) };
  });
}

function poseOf(landmarks: readonly unknown[], line: number, reporter: Reporter): Pose {
  if (landmarks.length !== LANDMARKS) {
    const came = `${landmarks.length} landmarks came, the ${LANDMARKS} of a pose were wanted`;
    throw new FormatError(`${came}: hands and faces are not read`, { line });
  }
  const number = (value: unknown): number => {
    if (typeof value === "number" && Number.isFinite(Math.fround(value))) return value;
    if (value !== null)
      reporter.drop("bad values", `${quote(value)} in line ${line} is no number: such cells are read as missing`);
    return NaN;
  };
  const body = new Float32Array(3 * LANDMARKS).fill(NaN);
  const trust = new Float32Array(LANDMARKS).fill(NaN);
  for (const [j, landmark] of landmarks.entries()) {
    const point: Record<string, unknown> = isRecord(landmark) ? landmark : {};
    body.set([number(point["x"]), number(point["y"]), number(point["z"])], 3 * j);
    if (point["visibility"] !== undefined) trust[j] = number(point["visibility"]);
  }
  return trust.every(Number.isNaN) ? { body } : { body, bodyConfidence: trust };
}
