// Which ways of running the models suit a machine: what draws WebGL there tells whether there is a graphics card.

import type { Way } from "./protocol.ts";

/** Renderers that draw on the CPU: there the GPU delegate takes half a second a picture. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|microsoft basic render|swrast|virgl/i;

/** Name of what draws WebGL here; empty where there is no WebGL. */
export function rendererName(): string {
  if (typeof OffscreenCanvas === "undefined") return "";
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2");
  if (!gl) return "";
  const names = gl.getExtension("WEBGL_debug_renderer_info");
  const name = String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return name;
}

/** Ways to try, best first. A renderer that does not say its name is not taken for a graphics card. */
export function waysFor(renderer: string, gpu: boolean): Way[] {
  const real = renderer !== "" && !SOFTWARE.test(renderer) && !/^webkit webgl$|^mozilla$/i.test(renderer);
  // Uploading to a card and reading back waits for it; without WebGL it takes 1 to 2 ms anywhere.
  return gpu && real ? ["gpu", "plain"] : renderer === "" ? ["plain"] : ["plain", "webgl"];
}
