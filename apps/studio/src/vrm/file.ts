// What a file is before anything is made of it: whether it is a VRM avatar at all, whole, and with the bones that are moved.

import { S } from "../strings.ts";
import { REQUIRED } from "./rig.ts";

export interface VrmFile {
  readonly version: "0.x" | "1.0";
  /** Address of the licence a VRM 1.0 names. */
  readonly licence: string | undefined;
}

const SPECS = ["1.0", "1.0-beta"];

/**
 * Looks into a file that should be a VRM.
 *
 * @param name for the sentence
 * @throws Error that says what came and what was wanted
 */
export function inspectVrm(name: string, bytes: ArrayBuffer): VrmFile {
  const words = S.avatar.wrong;
  const view = new DataView(bytes);
  const start = new TextDecoder("latin1").decode(bytes.slice(0, 4));
  if (start !== "glTF" || bytes.byteLength < 20) throw new Error(words.notGlb(name, bytes.byteLength));
  const version = view.getUint32(4, true),
    length = view.getUint32(8, true);
  if (version !== 2) throw new Error(words.gltfVersion(name, version));
  if (length > bytes.byteLength) throw new Error(words.cut(name, bytes.byteLength, length));
  const json = jsonOf(name, bytes, view);
  const one = json.extensions?.VRMC_vrm,
    zero = json.extensions?.VRM;
  if (!one && !zero) throw new Error(words.notVrm(name));
  if (one && !SPECS.includes(one.specVersion ?? "")) throw new Error(words.spec(name, String(one.specVersion)));
  const bones = new Set(
    one
      ? Object.keys(one.humanoid?.humanBones ?? {})
      : listOf(zero?.humanoid?.humanBones).flatMap(({ bone, node = -1 }) => (bone && node >= 0 ? [bone] : [])),
  );
  const missing = REQUIRED.filter((bone) => !bones.has(bone));
  if (missing.length > 0) throw new Error(words.bones(name, missing));
  const outside = [
    ...listOf(json.buffers).filter(({ uri }) => uri !== undefined),
    ...listOf(json.images).filter(({ uri }) => uri !== undefined && !uri.startsWith("data:")),
  ];
  if (outside.length > 0) throw new Error(words.outside(name, String(outside[0].uri).slice(0, 60)));
  return one ? { version: "1.0", licence: one.meta?.licenseUrl } : { version: "0.x", licence: undefined };
}

/** The parts of a VRM's description that are looked at; it was written by anybody, so all may be missing. */
interface Description {
  readonly buffers?: readonly { uri?: string }[];
  readonly images?: readonly { uri?: string }[];
  readonly extensions?: {
    readonly VRMC_vrm?: {
      readonly specVersion?: string;
      readonly humanoid?: { readonly humanBones?: Readonly<Record<string, unknown>> };
      readonly meta?: { readonly licenseUrl?: string };
    };
    readonly VRM?: { readonly humanoid?: { readonly humanBones?: readonly { bone?: string; node?: number }[] } };
  };
}

const JSON_CHUNK = 0x4e4f534a;

function jsonOf(name: string, bytes: ArrayBuffer, view: DataView): Description {
  const length = view.getUint32(12, true);
  if (view.getUint32(16, true) !== JSON_CHUNK || 20 + length > bytes.byteLength)
    throw new Error(S.avatar.wrong.unreadable(name));
  try {
    return JSON.parse(new TextDecoder().decode(bytes.slice(20, 20 + length))) as Description;
  } catch {
    throw new Error(S.avatar.wrong.unreadable(name));
  }
}

function listOf<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value : [];
}
