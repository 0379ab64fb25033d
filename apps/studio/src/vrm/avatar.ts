// A user's own VRM avatar in a canvas of its own: read, moved, drawn, let go. Everything of three.js is behind this module,
// which is fetched when an avatar is chosen and not before.

import { VRMLoaderPlugin, VRMMetaLoaderPlugin, VRMUtils, type VRM } from "@pixiv/three-vrm";
import {
  AmbientLight,
  Box3,
  DirectionalLight,
  PerspectiveCamera,
  Scene,
  TextureLoader,
  Vector3,
  WebGLRenderer,
  type Object3D,
} from "three";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
import { S } from "../strings.ts";
import { createFaceMap, lookWeights, weigh } from "./expressions.ts";
import { type VrmFile, inspectVrm } from "./file.ts";
import { type AvatarFacts, factsOf } from "./licence.ts";
import { END_BONES, MOVED_BONES, type MovedBone, type Rig, type RestSkeleton, createRig, moveRig } from "./rig.ts";

export interface AvatarState {
  /** [MOTOR] */
  readonly own: Float64Array;
  /** [FACE] */
  readonly face: ArrayLike<number>;
  /** Yaw to the own left and pitch up of the eyes in the head, rad. */
  readonly gaze: readonly [yaw: number, pitch: number];
}

export interface Avatar {
  readonly canvas: HTMLCanvasElement;
  readonly facts: AvatarFacts;
  /** How many action units its face shows, and of how many. */
  readonly face: { readonly shown: number; readonly of: number; readonly perfectSync: boolean };
  /** Name of the software that draws in place of a graphics card; undefined where there is one. */
  readonly software: string | undefined;
  /** Whether a picture is due, `now` in s: software is asked for fewer. */
  due(now: number): boolean;
  /** @param width CSS pixels */
  draw(state: AvatarState, width: number, height: number, now: number): void;
  /** Where a bone is in the room, x to the avatar's left, y up, z forward, m; undefined where it has none. */
  bone(name: MovedBone): [number, number, number] | undefined;
  /** Strength of an expression; undefined where it has none of that name. */
  expression(name: string): number | undefined;
  /** Buffers and pictures held on the graphics card. */
  held(): { geometries: number; textures: number };
  dispose(): void;
}

/** s between pictures drawn in software. */
const SLOW = 1 / 15;
/** s that hair and clothes are moved on at most, however late a picture is. */
const LONGEST = 0.1;
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;
const DEGREES = 180 / Math.PI;

/**
 * @param onLost is called when the graphics card gives up on the avatar
 * @throws Error that says what came and what was wanted, or that the browser has no WebGL
 */
export async function openAvatar(name: string, bytes: ArrayBuffer, onLost: () => void): Promise<Avatar> {
  const file = inspectVrm(name, bytes);
  const card = cardNow();
  const vrm = await read(name, bytes, file);
  const rig = createRig(restOf(vrm), file.version === "1.0" ? 1 : -1);
  VRMUtils.rotateVRM0(vrm);
  const scene = stage(vrm);
  const renderer = rendererFor(card.software === undefined, vrm);
  const canvas = renderer.domElement;
  const lost = (event: Event): void => {
    event.preventDefault();
    onLost();
  };
  canvas.addEventListener("webglcontextlost", lost);

  const manager = vrm.expressionManager;
  const names = (manager?.expressions ?? []).filter(({ binds }) => binds.length > 0);
  const map = createFaceMap(names.map(({ expressionName }) => expressionName));
  const weights = new Float32Array(map.drives.length);
  const driven = map.drives.map((drive) => manager!.getExpression(drive.name)!);
  const lookAt = turnsEyes(vrm, new Set(names.map(({ expressionName }) => expressionName))) ? vrm.lookAt : undefined;
  const camera = new PerspectiveCamera(FIELD, 1, 0.05, 50);
  const framing = frameOf(vrm, rig);
  const size = { width: 0, height: 0 };
  let drawn = -Infinity;

  return {
    canvas,
    facts: factsOf(vrm.meta, name),
    face: { shown: map.shown.length, of: map.shown.length + map.hidden.length, perfectSync: map.perfectSync },
    software: card.software,
    // Half a picture of the screen early is early enough.
    due: (now) => card.software === undefined || now - drawn > SLOW - 0.008,
    draw({ own, face, gaze: [yaw, pitch] }, width, height, now) {
      const dt = Math.min(LONGEST, Math.max(0, now - drawn));
      drawn = now;
      moveRig(rig, own);
      for (const [bone, turn] of rig.turns) vrm.humanoid.getNormalizedBoneNode(bone)!.quaternion.copy(turn);
      vrm.humanoid.getNormalizedBoneNode("hips")!.position.copy(rig.hips);
      weigh(map, face, weights);
      driven.forEach((expression, d) => (expression.weight = weights[d]));
      if (lookAt) {
        lookAt.yaw = DEGREES * yaw;
        lookAt.pitch = -DEGREES * pitch;
      } else {
        const looks = lookWeights(yaw, pitch);
        for (const [look, spelled] of Object.entries(map.look)) manager!.setValue(spelled!, looks[look]);
      }
      vrm.update(dt);
      if (width !== size.width || height !== size.height) {
        Object.assign(size, { width, height });
        renderer.setPixelRatio(card.software === undefined ? Math.min(2, devicePixelRatio) : 1);
        renderer.setSize(width, height, false);
        aim(camera, framing, width / height);
      }
      renderer.render(scene, camera);
    },
    bone(bone) {
      return vrm.humanoid.getRawBoneNode(bone)?.getWorldPosition(new Vector3()).toArray();
    },
    expression: (expression) => manager?.getValue(expression) ?? undefined,
    held: () => ({ geometries: renderer.info.memory.geometries, textures: renderer.info.memory.textures }),
    dispose() {
      canvas.removeEventListener("webglcontextlost", lost);
      VRMUtils.deepDispose(scene);
      renderer.dispose();
      renderer.forceContextLoss();
      canvas.remove();
    },
  };
}

/** @throws Error if the browser has no WebGL */
function cardNow(): { software: string | undefined } {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) throw new Error(S.avatar.wrong.noWebgl);
  const named = gl.getExtension("WEBGL_debug_renderer_info");
  const name = String(gl.getParameter(named ? named.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return { software: SOFTWARE.test(name) ? name : undefined };
}

async function read(name: string, bytes: ArrayBuffer, file: VrmFile): Promise<VRM> {
  const loader = new GLTFLoader();
  loader.register((parser) => {
    // The page's policy lets pictures in as images, but lets nothing be fetched, which the usual way would.
    parser.textureLoader = new TextureLoader(parser.options.manager);
    // A file may name any licence: it is shown, not judged.
    const metaPlugin = new VRMMetaLoaderPlugin(parser, { acceptLicenseUrls: [file.licence as string] });
    return new VRMLoaderPlugin(parser, { metaPlugin });
  });
  let scene: Object3D | undefined;
  try {
    const gltf = await loader.parseAsync(bytes, "");
    scene = gltf.scene;
    const vrm = gltf.userData["vrm"] as VRM | undefined;
    if (!vrm) throw new Error(S.avatar.wrong.notVrm(name));
    VRMUtils.removeUnnecessaryVertices(gltf.scene);
    VRMUtils.combineSkeletons(gltf.scene);
    return vrm;
  } catch (error) {
    if (scene) VRMUtils.deepDispose(scene);
    throw new Error(S.avatar.wrong.damaged(name, error instanceof Error ? error.message : String(error)), {
      cause: error,
    });
  }
}

/** Before anything is moved or turned. */
function restOf({ humanoid }: VRM): RestSkeleton {
  return Object.fromEntries(
    [...MOVED_BONES, ...END_BONES].flatMap((bone) => {
      const node = humanoid.getNormalizedBoneNode(bone);
      return node ? [[bone, node.getWorldPosition(new Vector3()).toArray()]] : [];
    }),
  );
}

function stage(vrm: VRM): Scene {
  const scene = new Scene();
  const sun = new DirectionalLight(0xffffff, 0.8 * Math.PI);
  sun.position.set(0.6, 1.2, 2);
  scene.add(vrm.scene, sun, new AmbientLight(0xffffff, 0.35 * Math.PI));
  vrm.scene.traverse((object) => {
    // What sways leaves the bounds it had at rest.
    object.frustumCulled = false;
  });
  for (const { meshes, type } of vrm.firstPerson?.meshAnnotations ?? [])
    if (type === "firstPersonOnly") for (const mesh of meshes) mesh.visible = false;
  return scene;
}

function rendererFor(antialias: boolean, vrm: VRM): WebGLRenderer {
  try {
    return new WebGLRenderer({ alpha: true, antialias, powerPreference: "low-power" });
  } catch (error) {
    VRMUtils.deepDispose(vrm.scene);
    throw new Error(S.avatar.wrong.noWebgl, { cause: error });
  }
}

/** Whether VRM's own way of turning eyes moves anything on this avatar. */
function turnsEyes({ humanoid, lookAt }: VRM, moving: ReadonlySet<string>): boolean {
  if (!lookAt) return false;
  const { type } = lookAt.applier.constructor as { type?: string };
  if (type === "expression") return ["lookLeft", "lookRight", "lookUp", "lookDown"].some((name) => moving.has(name));
  return humanoid.getRawBoneNode("leftEye") !== null || humanoid.getRawBoneNode("rightEye") !== null;
}

/** Degrees, upright. A long lens: a face is not to be bent. */
const FIELD = 18;

interface Framing {
  readonly low: number;
  readonly high: number;
  readonly width: number;
}

/** As much as is drawn of Attune's own figure, and room for a large head. */
function frameOf({ scene }: VRM, { rest, trunk }: Rig): Framing {
  const hips = rest.get("hips")!.y,
    head = rest.get("head")!.y;
  const top = Math.min(new Box3().setFromObject(scene).max.y, head + trunk);
  return { low: hips - 0.22 * trunk, high: Math.max(hips + 2.16 * trunk, top + 0.15 * trunk), width: 2.5 * trunk };
}

function aim(camera: PerspectiveCamera, { low, high, width }: Framing, aspect: number): void {
  const seen = Math.max(high - low, width / aspect);
  camera.aspect = aspect;
  camera.position.set(0, (low + high) / 2, seen / 2 / Math.tan(FIELD / 2 / DEGREES));
  camera.lookAt(0, (low + high) / 2, 0);
  camera.updateProjectionMatrix();
}
