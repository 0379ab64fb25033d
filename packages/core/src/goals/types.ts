// What the layer of goals takes and gives: acts done to objects, one after another, and the scene they are done in. Plain data.

/** Something in the scene. */
export interface SceneObject {
  /** "cup" */
  readonly kind: string;
  /** "full", "openable": what it affords or is just now. */
  readonly role?: string;
  /** Where it is, in the coordinates of the hand; absent where unknown. */
  readonly position?: readonly number[];
}

/** One act of a chain. */
export interface ChainAct {
  readonly name: string;
  /** Kind of object it is done to, or ends at. */
  readonly object?: string;
  /** That object's role while it is done. */
  readonly role?: string;
  /** s */
  readonly from: number;
  readonly to: number;
}

/** What surrounds a chain, as far as it is known. */
export interface SceneContext {
  /** "breakfast" */
  readonly scene?: string;
  /** Who acts. */
  readonly who?: string;
  /** Goal of what they did before. */
  readonly before?: string;
  readonly objects?: readonly SceneObject[];
}

/** A chain of acts somebody did, with its goal where somebody named it. */
export interface ChainExample extends SceneContext {
  readonly goal?: string;
  readonly acts: readonly ChainAct[];
  /** Sounds heard while an act of the chain was done. */
  readonly sounds?: readonly { readonly sound: string; readonly time: number }[];
}
