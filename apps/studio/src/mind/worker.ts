// The mind's own thread: answers questions, and for every frame moves along first and thinks after.

import * as faces from "./faces.ts";
import { happen, setAgreed, tune, wakeHeart } from "./feeling.ts";
import type { FromMind, QuestionName, Questions, ToMind } from "./protocol.ts";
import * as session from "./session.ts";

let mind: session.Session | undefined;

function awake(): session.Session {
  if (!mind) throw new RangeError("the mind is not awake yet; ask it to wake first");
  return mind;
}

const answers: { [N in QuestionName]: (ask: Questions[N]["ask"]) => Questions[N]["answer"] } = {
  wake({ repertoire, rate }) {
    mind = session.createSession(repertoire, rate);
    return { known: session.knownActs(mind) };
  },
  attend: ({ header, specular }) => ({ notes: session.attendTo(awake(), header, specular) }),
  specular({ specular }) {
    session.turn(awake(), specular);
    return null;
  },
  record({ what }) {
    session.record(awake(), what);
    return null;
  },
  cut: () => session.cut(awake()),
  judge: ({ demo }) => session.judge(awake(), demo),
  learn: ({ name, demos, bothHands }) => session.teach(awake(), name, demos, bothHands),
  save: () => session.save(awake()),
  forget: ({ name }) => session.forget(awake(), name),
  remember: ({ name, from }) => session.takeBack(awake(), name, from),
  rename: ({ from, to }) => session.rename(awake(), from, to),
  restore: ({ repertoire }) => ({ known: session.restore(awake(), repertoire) }),
  perform: ({ name, sample, seed }) => session.perform(awake(), name, sample, seed),
  portrait: ({ name }) => session.portraitOf(awake(), name),
  feel({ faces: repertoire, knobs, reads }) {
    wakeHeart(awake(), repertoire, knobs, reads);
    session.lookUp(awake());
    return { faces: faces.knownFaces(awake()) };
  },
  tune({ knobs }) {
    tune(awake(), knobs);
    return null;
  },
  read({ reads }) {
    setAgreed(awake(), reads);
    return null;
  },
  happen({ what }) {
    happen(awake(), what);
    return null;
  },
  performFace: ({ name }) => faces.performFace(awake(), name),
  learnFace: ({ name, demos }) => faces.learnFace(awake(), name, demos),
  forgetFace: ({ name }) => faces.forgetFace(awake(), name),
  rememberFace: ({ name, from }) => faces.takeFaceBack(awake(), name, from),
  renameFace: ({ from, to }) => faces.renameFace(awake(), from, to),
  restoreFaces: ({ repertoire }) => ({ faces: faces.restoreFaces(awake(), repertoire) }),
};

const port = globalThis as unknown as {
  addEventListener(kind: "message", listener: (event: { data: ToMind }) => void): void;
  postMessage(message: FromMind, transfer?: ArrayBuffer[]): void;
};

port.addEventListener("message", ({ data }) => {
  if ("see" in data) {
    watch(data);
    return;
  }
  const { id, name, ask } = data;
  try {
    // Each name goes with its own ask; the union of pairs hides that from the compiler.
    const answer = (answers[name] as (ask: unknown) => unknown)(ask);
    port.postMessage({ id, answer });
  } catch (error) {
    port.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});

function watch({ see }: Extract<ToMind, { see: unknown }>): void {
  if (!mind) return;
  const posture = session.moveAlong(mind, see);
  if (posture) port.postMessage({ posture });
  port.postMessage({ belief: session.think(mind, see), recording: session.recordingOf(mind) });
}
