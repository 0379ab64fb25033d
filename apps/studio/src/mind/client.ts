// The page's side of the mind's thread.

import type { Frame } from "@attune/core";
import type { Belief, FromMind, Posture, QuestionName, Questions, Recording, ToMind } from "./protocol.ts";

export interface MindClient {
  /** @throws Error with the mind's own sentence where it cannot */
  ask<N extends QuestionName>(name: N, ask: Questions[N]["ask"]): Promise<Questions[N]["answer"]>;
  /** Shows it a frame. */
  see(frame: Frame): void;
  dispose(): void;
}

export interface MindListeners {
  posture(posture: Posture): void;
  belief(belief: Belief, recording: Recording | undefined): void;
  /** The thread broke; nothing will be answered any more. */
  broken(reason: string): void;
}

/** As much of a Worker as is needed. */
export interface Thread {
  addEventListener(kind: "message", listener: (event: { data: FromMind }) => void): void;
  addEventListener(kind: "error", listener: (event: { message: string }) => void): void;
  postMessage(message: ToMind, handedOver: []): void;
  terminate(): void;
}

/** Frames under way at most; when the mind is slower than the eyes, it misses the ones between. */
const UNDER_WAY = 2;

export function createMindClient(thread: Thread, listeners: MindListeners): MindClient {
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  let next = 1,
    underWay = 0,
    broken: string | undefined;
  thread.addEventListener("message", ({ data }) => {
    if ("posture" in data) listeners.posture(data.posture);
    else if ("belief" in data) {
      underWay--;
      listeners.belief(data.belief, data.recording);
    } else {
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      if ("error" in data) asked?.reject(new Error(data.error));
      else asked?.resolve(data.answer as never);
    }
  });
  thread.addEventListener("error", ({ message }) => {
    broken = message;
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
    listeners.broken(message);
  });
  return {
    ask(name, ask) {
      return new Promise((resolve, reject) => {
        if (broken !== undefined) {
          reject(new Error(broken));
          return;
        }
        const id = next++;
        waiting.set(id, { resolve, reject });
        thread.postMessage({ id, name, ask } as ToMind, []);
      });
    },
    see(frame) {
      if (broken !== undefined || underWay >= UNDER_WAY) return;
      underWay++;
      thread.postMessage({ see: frame }, []);
    },
    dispose() {
      broken = "the mind was put away";
      thread.terminate();
    },
  };
}
