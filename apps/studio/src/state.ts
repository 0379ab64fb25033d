// What the page shows. Beliefs and postures change thirty times a second and are not in here: see live.ts.

import { ORDINARY, type PresetName } from "@attune/core";
import type { FaceShow, Knobs } from "./mind/feeling-protocol.ts";
import type { KnownAct, Cut, Portrait, Recorded } from "./mind/protocol.ts";
import type { ModelState } from "./server.ts";
import type { AvatarFacts } from "./vrm/licence.ts";

/** What Attune's body does: as a mirror, a moment later, nothing, acts of its own, or what answers. */
export type Mode = "mirror" | "imitate" | "watch" | "act" | "answer";
export const MODES: readonly Mode[] = ["mirror", "imitate", "watch", "act", "answer"];

export type SourceKind = "generated" | "camera" | "file";

/** Why nobody is watched for a while: asked for, a second face, a film that is over. */
export type Why = "asked" | "second face" | "ended";

/** How it stands with whoever is watched. */
export type Eyes =
  | { readonly kind: "off" }
  /** Asks for consent before the browser asks. */
  | { readonly kind: "asking" }
  /** The models that find faces and bodies are missing. */
  | {
      readonly kind: "models";
      readonly models: readonly ModelState[];
      readonly wanted: SourceKind;
      readonly file?: File;
    }
  | { readonly kind: "starting"; readonly source: SourceKind }
  | { readonly kind: "on"; readonly source: SourceKind }
  | { readonly kind: "paused"; readonly source: SourceKind; readonly why: Why }
  /** Nobody to be seen; `way` is what to do about it. */
  | { readonly kind: "wrong"; readonly source: SourceKind; readonly problem: string; readonly way: string };

export type Teaching =
  | { readonly step: "idle" }
  | { readonly step: "countdown"; readonly left: number; readonly examples: readonly Cut[] }
  | { readonly step: "watching"; readonly moving: boolean; readonly examples: readonly Cut[] }
  | {
      readonly step: "review";
      readonly examples: readonly Cut[];
      /** A known act the latest example was taken for. */
      readonly like?: string;
      readonly nothing: boolean;
    }
  | { readonly step: "learning"; readonly name: string }
  | { readonly step: "learned"; readonly portrait: Portrait; readonly examples: number }
  | { readonly step: "learned a face"; readonly show: FaceShow; readonly examples: number };

/** How it stands with the heart: it sleeps until somebody wants to see it. */
export type HeartState =
  | { readonly kind: "asleep" | "waking" | "awake" }
  | { readonly kind: "broken"; readonly reason: string };

/** Whether the face of a person is read: nobody was asked yet, they said no, or yes. */
export type Reading = "unasked" | "off" | "on";

/** What Attune's body looks like: the drawn figure, or an avatar the person brought; `problem` is why one is not worn. */
export type Looks =
  | { readonly kind: "none"; readonly problem?: string }
  | { readonly kind: "opening"; readonly name: string }
  | {
      readonly kind: "on";
      /** Of the file. */
      readonly name: string;
      readonly facts: AvatarFacts;
      readonly face: { readonly shown: number; readonly of: number; readonly perfectSync: boolean };
      /** Drawn in software. */
      readonly slow: boolean;
      readonly problem?: string;
    };

/** A line that goes away by itself, with a way back where there is one. */
export interface Note {
  readonly text: string;
  readonly undo?: () => void;
}

/** Why something is not kept. */
export interface Unkept {
  readonly text: string;
  /** Somebody else kept something meanwhile. */
  readonly conflict: boolean;
}

export type Panel = "acts" | "rooms" | "looks" | "privacy" | "about";

export interface StudioState {
  readonly mind: "waking" | "awake" | "broken";
  readonly brokenBy?: string | undefined;
  readonly eyes: Eyes;
  readonly microphone: "off" | "opening" | "on";
  readonly mode: Mode;
  /** Mirror image (their left with my right), or side for side. */
  readonly specular: boolean;
  /** s */
  readonly delay: number;
  readonly known: readonly KnownAct[];
  /** Act that Attune is doing. */
  readonly doing?: string | undefined;
  readonly teaching: Teaching;
  /** What is taught: a movement of the body or an expression. */
  readonly taught: Recorded;
  readonly heart: HeartState;
  /** Whether the part of the page that shows the feeling is open. */
  readonly feelingOpen: boolean;
  /** Expressions the own face knows; empty while the heart is asleep. */
  readonly faces: readonly KnownAct[];
  readonly knobs: Knobs;
  /** Where the temperament is one with a name. */
  readonly preset?: PresetName | undefined;
  readonly reading: Reading;
  /** Step of the tour, where it runs. */
  readonly tour?: number | undefined;
  /** What was known before the tour taught something for itself, as text. */
  readonly beforeTour?: string | undefined;
  readonly panel?: Panel | undefined;
  readonly note?: Note | undefined;
  /** What last happened in what is watched, in words. */
  readonly told?: string | undefined;
  /** Whether what is learned can be kept: undefined until known, a sentence where not. */
  readonly keeping?: Unkept | undefined;
  /** The same of expressions. */
  readonly keepingFaces?: Unkept | undefined;
  readonly avatar: Looks;
}

export const FIRST: StudioState = {
  mind: "waking",
  eyes: { kind: "off" },
  microphone: "off",
  mode: "mirror",
  specular: true,
  delay: 0.7,
  known: [],
  teaching: { step: "idle" },
  taught: "movement",
  heart: { kind: "asleep" },
  feelingOpen: false,
  faces: [],
  knobs: {
    temperament: ORDINARY,
    relation: "friend",
    regulation: undefined,
    setting: "private",
    angerAt: "unknown",
  },
  preset: "even",
  reading: "unasked",
  avatar: { kind: "none" },
};
