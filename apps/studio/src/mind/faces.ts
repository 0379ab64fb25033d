// Expressions as acts of the own face: performed, learned, forgotten. They live in the heart's own mirror of faces and are kept
// beside the acts of the body.

import {
  VISAGE,
  act,
  forgetAct,
  importActs,
  learn,
  loadRepertoire,
  rebuild,
  renameAct,
  saveRepertoire,
  type Demo,
  type Empathy,
  type Mind,
  createMind,
} from "@attune/core";
import type { FaceShow } from "./feeling-protocol.ts";
import type { KnownAct } from "./protocol.ts";
import { type Session, actsOf, lookUp } from "./session.ts";
import { SHOWN } from "./showing.ts";

export function faceOf({ mind }: Session): Mind {
  return heartOf(mind).face;
}

/** @throws RangeError where the mind has no heart yet */
function heartOf({ empathy }: Mind): Empathy {
  if (!empathy) throw new RangeError("the mind has no heart yet, so it knows no faces; ask it to feel first");
  return empathy;
}

export function knownFaces(session: Session): KnownAct[] {
  return actsOf(faceOf(session));
}

/** The expression as the own face does it. */
export function performFace(session: Session, name: string): FaceShow {
  const { own, times } = act(faceOf(session), name, { rate: SHOWN });
  return { name, rate: SHOWN, visage: own.subarray(0, times.length * VISAGE) };
}

export function learnFace(
  session: Session,
  name: string,
  demos: readonly Demo[],
): { faces: KnownAct[]; show: FaceShow; repertoire: string; warnings: string[] } {
  const face = faceOf(session);
  const { name: known, warnings } = learn(face, name.trim(), demos, { kind: "face" });
  lookUp(session);
  return {
    faces: actsOf(face),
    show: performFace(session, known),
    repertoire: saveRepertoire(face.repertoire),
    warnings,
  };
}

export function forgetFace(session: Session, name: string): { faces: KnownAct[]; repertoire: string; before: string } {
  const face = faceOf(session);
  const before = saveRepertoire(face.repertoire);
  forgetAct(face.repertoire, name);
  rebuild(face);
  lookUp(session);
  return { faces: actsOf(face), repertoire: saveRepertoire(face.repertoire), before };
}

/** One expression as it was in another repertoire. */
export function takeFaceBack(session: Session, name: string, from: string): { faces: KnownAct[]; repertoire: string } {
  const { repertoire } = faceOf(session);
  importActs(repertoire, loadRepertoire(from), { names: [name] });
  return { faces: renewFace(session, repertoire), repertoire: saveRepertoire(repertoire) };
}

export function renameFace(session: Session, from: string, to: string): { faces: KnownAct[]; repertoire: string } {
  const wanted = to.trim();
  if (wanted === "") throw new RangeError(`an empty name came for "${from}"; give it a name`);
  const { repertoire } = faceOf(session);
  renameAct(repertoire, from, wanted);
  return { faces: knownFaces(session), repertoire: saveRepertoire(repertoire) };
}

export function restoreFaces(session: Session, repertoire: string): KnownAct[] {
  return renewFace(session, loadRepertoire(repertoire));
}

/** A mirror of faces that wakes with one it has no units for does it once and watches itself. */
function renewFace(session: Session, repertoire: Mind["repertoire"]): KnownAct[] {
  const heart = heartOf(session.mind);
  const { rate, seed } = heart.face.spec;
  heart.face = createMind({ repertoire, rate, seed });
  lookUp(session);
  return actsOf(heart.face);
}
