// The Studio without its looks: whom it watches, what its body does, what it keeps. Views read the state and call these.

import { FACE, MOTOR, mirrorFace, type Frame } from "@attune/core";
import type { LiveSource, Microphone, Sight } from "@attune/perception/browser";
import { type FeelingSide, createFeelingSide } from "./feeling.ts";
import { believe, createLive, lookAway, perform, take, type Live } from "./live.ts";
import { createMindClient, type MindClient, type Thread } from "./mind/client.ts";
import { type Keeping, createKeeping } from "./keeping.ts";
import { gazeOf } from "./mind/gaze.ts";
import { type GeneratedPerson, createGeneratedPerson } from "./sources/generated.ts";
import { FIRST, type Mode, type Note, type SourceKind, type StudioState, type Why } from "./state.ts";
import { type ModelState, server } from "./server.ts";
import { type Store, createStore } from "./store.ts";
import { S } from "./strings.ts";
import { type Teacher, createTeacher } from "./teaching.ts";
import { type Wardrobe, createWardrobe } from "./vrm/wardrobe.ts";

export interface Studio {
  readonly store: Store<StudioState>;
  readonly live: Live;
  readonly person: GeneratedPerson;
  readonly mind: MindClient;
  readonly teacher: Teacher;
  readonly keeping: Keeping;
  /** Keeps expressions. */
  readonly keepingFaces: Keeping;
  readonly feeling: FeelingSide;
  readonly wardrobe: Wardrobe;
  /** The camera or file being watched. */
  source(): LiveSource | undefined;
  /** What was seen last, for the overlay. */
  sight(): Sight | undefined;
  watchGenerated(): Promise<void>;
  /** Asks for consent, models and the device, whichever is missing. */
  watchCamera(agreed?: boolean): Promise<void>;
  watchFile(file: File): Promise<void>;
  /** Opens the microphone; the person has just said yes. */
  hear(): Promise<void>;
  hearNoMore(): void;
  /** What is heard now. */
  voice(): Microphone["reading"] | undefined;
  stop(): void;
  pause(why: Why): void;
  resume(): void;
  setMode(mode: Mode): void;
  setSpecular(specular: boolean): void;
  setDelay(seconds: number): void;
  /** Does an act; resolves when it begins. */
  perform(name: string, options?: { sample?: boolean }): Promise<number>;
  /** What somebody else kept, instead of what is known here. */
  takeTheirs(): Promise<void>;
  note(note: Note): void;
  /** Says what went wrong, where something does. */
  told(doing: Promise<unknown>): void;
  /** Called with every posture, for whoever draws at once. */
  onPosture(listener: () => void): () => void;
  dispose(): void;
}

/** Frames a second of a generated person. */
const RATE = 30;
/** s a note stays. */
const NOTE_LASTS = 8;
/** Seed of the person who is there when nobody else is. */
const STRANGER = 11;
const MINE = { name: "mine", slot: "keeping", starter: "/starter.json" } as const,
  MY_FACES = { name: "mine-faces", slot: "keepingFaces", starter: "/face.json" } as const;

const now = (): number => performance.now() / 1000;

export function createStudio(thread: Thread): Studio {
  const store = createStore<StudioState>(FIRST),
    live = createLive();
  const person = createGeneratedPerson(STRANGER);
  const postured = new Set<() => void>();
  let source: LiveSource | undefined,
    sight: Sight | undefined,
    microphone: Microphone | undefined,
    unjoin: (() => void) | undefined,
    film: File | undefined,
    ticking = 0,
    second = 0,
    // Whoever is asked for last is watched; what opened for somebody before is let go.
    turn = 0,
    noteEnds = 0;

  const mind = createMindClient(thread, {
    posture(posture) {
      // An answer that was under way when the eyes were closed.
      if (store.get().eyes.kind !== "on") return;
      take(live, posture, now());
      for (const listener of postured) listener();
    },
    belief(belief, recording) {
      if (store.get().eyes.kind !== "on") return;
      believe(live, belief, now());
      if (belief.feeling) feeling.felt(belief.feeling, store.get().mode);
      for (const { kind, act } of belief.events) {
        if (kind === "recognised" && act !== undefined) store.set({ told: S.recognised(act) });
        if (kind === "novel") store.set({ told: S.somethingNew });
      }
      if (recording) teacher.noticed(recording);
    },
    broken: (reason) => store.set({ mind: "broken", brokenBy: reason }),
  });
  const keeping = createKeeping(MINE, store);
  const studio: Studio = {
    store,
    live,
    person,
    mind,
    keeping,
    keepingFaces: createKeeping(MY_FACES, store),
    get feeling() {
      return feeling;
    },
    wardrobe: createWardrobe(store, (note) => studio.note(note)),
    get teacher() {
      return teacher;
    },
    source: () => source,
    sight: () => sight,

    async watchGenerated() {
      const mine = leave();
      await attend(person.header, mine);
      if (mine !== turn) return;
      store.set({ eyes: { kind: "on", source: "generated" } });
      tick();
    },

    async watchCamera(agreed = false) {
      if (!agreed && !keeping.agreed("camera")) {
        // Whoever is asked is not watched meanwhile, and nobody else is either.
        leave();
        store.set({ eyes: { kind: "asking" } });
        return;
      }
      if (agreed) keeping.agree("camera", true, `${S.consentCamera.text} ${S.consentCamera.company}`);
      await open("camera");
    },
    watchFile: (file) => open("file", file),

    async hear() {
      if (microphone) return;
      keeping.agree("microphone", true, S.consentMicrophone.text);
      store.set({ microphone: "opening" });
      try {
        const perception = await import("@attune/perception/browser");
        const opened = await perception.openMicrophone();
        microphone = opened;
        opened.onState((state) => {
          if (state === "failed" && microphone === opened) {
            studio.hearNoMore();
            if (opened.error) studio.note({ text: `${opened.error.message} ${opened.error.wayOut}` });
          }
        });
        if (source) unjoin = perception.joinVoice(source, opened);
        if (store.get().eyes.kind === "paused") opened.pause();
        store.set({ microphone: "on" });
      } catch (error) {
        store.set({ microphone: "off" });
        studio.note({ text: `${sentenceOf(error)} ${wayOf(error, "")}` });
      }
    },
    hearNoMore() {
      unjoin?.();
      unjoin = undefined;
      microphone?.dispose();
      microphone = undefined;
      if (keeping.agreed("microphone")) keeping.agree("microphone", false, S.microphoneOff);
      store.set({ microphone: "off" });
    },
    voice: () => microphone?.reading,

    stop() {
      leave();
      store.set({ eyes: { kind: "off" } });
    },
    pause(why) {
      const { eyes } = store.get();
      if (eyes.kind !== "on") return;
      source?.pause();
      microphone?.pause();
      clearInterval(ticking);
      teacher.interrupt();
      lookAway(live, now());
      store.set({ eyes: { kind: "paused", source: eyes.source, why } });
    },
    resume() {
      const { eyes } = store.get();
      if (eyes.kind !== "paused") return;
      second = 0;
      if (eyes.why === "ended") {
        if (film) studio.told(open("file", film));
        return;
      }
      source?.resume();
      microphone?.resume();
      store.set({ eyes: { kind: "on", source: eyes.source } });
      if (eyes.source === "generated") tick();
    },

    setMode(mode) {
      live.turned = now();
      live.show = live.nod = live.faceShow = undefined;
      store.set({ mode });
      if (mode === "answer") feeling.open(true);
    },
    setSpecular(specular) {
      live.turned = now();
      store.set({ specular });
      if (store.get().mind === "awake") studio.told(mind.ask("specular", { specular }));
    },
    setDelay: (delay) => store.set({ delay }),

    async perform(name, { sample = false } = {}) {
      const show = await mind.ask("perform", { name, sample, seed: Math.floor(now() * 1000) });
      const act = store.get().known.findIndex((known) => known.name === name);
      perform(live, show, act, now());
      const lasts = show.own.length / MOTOR / show.rate;
      store.set({ doing: name });
      setTimeout(
        () => {
          if (store.get().doing === name && !live.show) store.set({ doing: undefined });
        },
        1000 * lasts + 100,
      );
      return lasts;
    },

    async takeTheirs() {
      const { known } = await mind.ask("restore", { repertoire: await keeping.yield() });
      store.set({ known });
    },
    note(note) {
      clearTimeout(noteEnds);
      store.set({ note });
      noteEnds = window.setTimeout(() => store.set({ note: undefined }), 1000 * NOTE_LASTS);
    },
    told(doing) {
      doing.catch((error: unknown) => studio.note({ text: sentenceOf(error) }));
    },
    onPosture(listener) {
      postured.add(listener);
      return () => void postured.delete(listener);
    },
    dispose() {
      leave();
      studio.wardrobe.remove();
      microphone?.dispose();
      mind.dispose();
    },
  };
  const teacher = createTeacher(studio),
    feeling = createFeelingSide(studio);

  /** Lets go of whoever was watched. @returns the turn that now begins */
  function leave(): number {
    clearInterval(ticking);
    unjoin?.();
    unjoin = undefined;
    source?.dispose();
    source = undefined;
    sight = undefined;
    second = 0;
    lookAway(live, now());
    teacher.interrupt();
    return ++turn;
  }

  async function attend(header: LiveSource["header"], mine: number): Promise<void> {
    await awake;
    if (mine !== turn) return;
    await mind.ask("attend", { header, specular: store.get().specular });
  }

  function tick(): void {
    clearInterval(ticking);
    ticking = window.setInterval(() => {
      if (document.hidden) return;
      mind.see(person.at(now()));
    }, 1000 / RATE);
  }

  async function open(kind: "camera" | "file", file?: File): Promise<void> {
    const mine = leave();
    store.set({ eyes: { kind: "starting", source: kind } });
    try {
      const missing = await missingModels();
      if (mine !== turn) return;
      if (missing.length > 0) {
        store.set({ eyes: { kind: "models", models: missing, wanted: kind, ...(file ? { file } : {}) } });
        return;
      }
      const perception = await import("@attune/perception/browser");
      const options = { models: MODELS, landmarks: true, gpu: "when real" as const };
      const opened = file ? await perception.openVideoFile(file, options) : await perception.openCamera(options);
      if (mine !== turn) {
        opened.dispose();
        return;
      }
      source = opened;
      film = file;
      await attend(opened.header, mine);
      if (mine !== turn) return;
      if (microphone) {
        unjoin = perception.joinVoice(opened, microphone);
        microphone.resume();
      }
      opened.onSight(see);
      opened.onState((state) => {
        if (mine !== turn) return;
        if (state === "failed") wrong(kind, opened.error);
        if (state === "ended") void ended(mine);
      });
      store.set({ eyes: { kind: "on", source: kind } });
      if (opened.error) wrong(kind, opened.error);
    } catch (error) {
      if (mine === turn) wrong(kind, error);
    }
  }

  /** The film is over: what was being shown in it is looked at all the same. */
  async function ended(mine: number): Promise<void> {
    if (store.get().teaching.step === "watching") await teacher.stop();
    if (mine !== turn) return;
    lookAway(live, now());
    store.set({ eyes: { kind: "paused", source: "file", why: "ended" } });
  }

  function wrong(kind: SourceKind, error: unknown): void {
    leave();
    store.set({ eyes: { kind: "wrong", source: kind, problem: sentenceOf(error), way: wayOf(error, S.nobodyWay) } });
  }

  function see(seen: Sight): void {
    sight = seen;
    // A second face is told when it stays: one picture can be wrong.
    second = seen.people > 1 ? second + 1 : 0;
    if (second >= SECOND) {
      studio.pause("second face");
      return;
    }
    for (const what of seen.signs) if (what !== "blink") live.sign = { what, at: now() };
    const { age, face, pose } = seen.timings;
    live.pictures.push({
      time: seen.frame.time,
      taken: performance.now() - age,
      models: face + pose,
      posed: seen.posed,
    });
    if (seen.posed) mind.see(seen.frame);
    else moveFace(seen.frame);
  }

  /** Between bodies the face moves on by itself. */
  function moveFace(frame: Frame): void {
    const { posture } = live;
    if (!posture || !frame.face) return;
    const face = new Float32Array(FACE);
    if (store.get().specular) mirrorFace(frame.face, face);
    else face.set(frame.face);
    const gaze = gazeOf(frame, store.get().specular) ?? posture.gaze;
    take(live, { ...posture, time: frame.time, face, ...(gaze ? { gaze } : {}) }, now());
    for (const listener of postured) listener();
  }

  const awake = (async () => {
    const repertoire = await keeping.wake();
    const { known } = await mind.ask("wake", { repertoire, rate: RATE });
    store.set({ mind: "awake", known });
  })().catch((error: unknown) => store.set({ mind: "broken", brokenBy: sentenceOf(error) }));

  return studio;
}

/** Pictures with a second face in a row before Attune pauses. */
const SECOND = 3;
const MODELS = { face: "/models/face_landmarker.task", pose: "/models/pose_landmarker_lite.task" };

async function missingModels(): Promise<readonly ModelState[]> {
  return (await server.models()).filter(({ state }) => state !== "ready");
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function wayOf(error: unknown, otherwise: string): string {
  return error instanceof Error && "wayOut" in error ? String(error.wayOut) : otherwise;
}
