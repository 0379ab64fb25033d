// Pictures into bytes, for the way without WebGL: each picture once, whatever is then looked for in it.

export interface Pixels {
  /** Reads a picture. What was read before is overwritten. */
  read(image: ImageBitmap | VideoFrame): Promise<ImageData>;
}

export function createPixels(): Pixels {
  let data: ImageData | undefined, canvas: OffscreenCanvas | undefined;
  // Conversion to RGBA on copying is newer than VideoFrame itself: where it is refused once it is not asked for again.
  let copies = true;
  function sized(width: number, height: number): ImageData {
    if (data?.width !== width || data.height !== height) data = new ImageData(width, height);
    return data;
  }
  return {
    async read(image) {
      if (copies && "copyTo" in image)
        try {
          const out = sized(image.displayWidth, image.displayHeight);
          const { width = 0, height = 0 } = image.visibleRect ?? {};
          if (width === out.width && height === out.height) {
            await image.copyTo(out.data, { format: "RGBA", colorSpace: "srgb" });
            return out;
          }
        } catch {
          copies = false;
        }
      const width = "displayWidth" in image ? image.displayWidth : image.width,
        height = "displayHeight" in image ? image.displayHeight : image.height;
      canvas ??= new OffscreenCanvas(width, height);
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      const context = canvas.getContext("2d", { willReadFrequently: true, alpha: false });
      if (!context) throw new Error("no 2-D canvas could be made to read pictures with");
      context.drawImage(image, 0, 0, width, height);
      return context.getImageData(0, 0, width, height);
    },
  };
}
