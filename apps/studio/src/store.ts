// One state for the page, changed by whole new values, read by React and by whoever draws.

import { useSyncExternalStore } from "react";

export interface Store<T> {
  get(): T;
  /** Changes some of it. */
  set(part: { readonly [K in keyof T]?: T[K] | undefined }): void;
  subscribe(listener: () => void): () => void;
}

export function createStore<T extends object>(first: T): Store<T> {
  let state = first;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(part) {
      state = { ...state, ...part } as T;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Part of the state; the component draws anew when that part changes. */
export function useStore<T extends object, P>(store: Store<T>, part: (state: T) => P): P {
  return useSyncExternalStore(store.subscribe, () => part(store.get()));
}
