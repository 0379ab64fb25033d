// The body image an ordinary mind is born into the library with: the result of `raise(1, { seconds: 1200 })`, kept as data
// so that no one waits for a childhood.

import { fromBase64, toBase64 } from "../repertoire/base64.ts";
import { type BodyImage, blankImage } from "./image.ts";
import { ORDINARY_WEIGHTS } from "./ordinary-weights.ts";

export function ordinaryImage(): BodyImage {
  const image = blankImage();
  const bytes = fromBase64(ORDINARY_WEIGHTS);
  const values = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  for (const weights of image.weights)
    for (let i = 0; i < weights.length; i++) weights[i] = values.getFloat32(4 * at++, true);
  return image;
}

/** An image as `ordinaryImage` reads it. */
export function packImage(image: BodyImage): string {
  const count = image.weights.reduce((s, w) => s + w.length, 0);
  const values = new DataView(new ArrayBuffer(4 * count));
  let at = 0;
  for (const weights of image.weights) for (const w of weights) values.setFloat32(4 * at++, w, true);
  return toBase64(new Uint8Array(values.buffer));
}
