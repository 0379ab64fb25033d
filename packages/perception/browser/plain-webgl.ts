// Just enough of WebGL, without any graphics, for MediaPipe's runtime to take pictures in: it uploads each picture to a texture
// and reads the texture back, and on the CPU delegate does nothing else with it. Pictures have to come as ImageData.

/** The numbers by which the runtime and its loader name things (WebGL 2 specification). */
const NAMES = {
  RGBA: 0x1908,
  UNSIGNED_BYTE: 0x1401,
  TEXTURE_2D: 0x0de1,
  TEXTURE0: 0x84c0,
  TEXTURE_MAG_FILTER: 0x2800,
  TEXTURE_MIN_FILTER: 0x2801,
  TEXTURE_WRAP_S: 0x2802,
  TEXTURE_WRAP_T: 0x2803,
  CLAMP_TO_EDGE: 0x812f,
  NEAREST: 0x2600,
  LINEAR: 0x2601,
  FRAMEBUFFER: 0x8d40,
  COLOR_ATTACHMENT0: 0x8ce0,
  FRAMEBUFFER_COMPLETE: 0x8cd5,
  UNPACK_FLIP_Y_WEBGL: 0x9240,
  COLOR_BUFFER_BIT: 0x4000,
} as const;
const VERSION = 0x1f02,
  SHADING_LANGUAGE_VERSION = 0x8b8c,
  RENDERER = 0x1f01,
  VENDOR = 0x1f00,
  MAX_VERTEX_ATTRIBS = 0x8869,
  MAX_TEXTURE_SIZE = 0x0d33,
  ALREADY_SIGNALED = 0x911a;
const PARAMETERS: Readonly<Record<number, number | string>> = {
  [VERSION]: "WebGL 2.0 (plain)",
  [SHADING_LANGUAGE_VERSION]: "WebGL GLSL ES 3.00 (plain)",
  [RENDERER]: "plain",
  [VENDOR]: "Attune",
  [MAX_VERTEX_ATTRIBS]: 16,
  [MAX_TEXTURE_SIZE]: 8192,
};

interface Texture {
  width: number;
  height: number;
  /** RGBA, 4 bytes a pixel. */
  pixels: Uint8Array | Uint8ClampedArray | undefined;
}

interface Framebuffer {
  texture: Texture | undefined;
}

/** A canvas whose "webgl2" context holds pictures and draws nothing; to be handed to the runtime as its canvas. */
export function createPlainCanvas(): OffscreenCanvas {
  const canvas = {
    width: 1,
    height: 1,
    addEventListener() {},
    removeEventListener() {},
    getContext: (kind: string): unknown => (kind === "webgl2" ? context : null),
  };
  const context = createContext(canvas);
  return canvas as unknown as OffscreenCanvas;
}

function createContext(canvas: object): object {
  let texture: Texture | undefined, framebuffer: Framebuffer | undefined;
  const known: Record<string, unknown> = {
    ...NAMES,
    canvas,
    // The loader keeps these itself and asks for them before it writes them.
    currentPixelPackBufferBinding: undefined,
    currentPixelUnpackBufferBinding: undefined,
    getContextAttributes: () => ({ alpha: true }),
    getSupportedExtensions: () => [],
    getExtension: () => null,
    getParameter: (name: number) => PARAMETERS[name] ?? 0,
    getError: () => 0,
    isContextLost: () => false,
    checkFramebufferStatus: () => NAMES.FRAMEBUFFER_COMPLETE,
    fenceSync: () => ({}),
    clientWaitSync: () => ALREADY_SIGNALED,
    getShaderParameter: () => true,
    getProgramParameter: () => true,
    getShaderInfoLog: () => "",
    getProgramInfoLog: () => "",
    createTexture: (): Texture => ({ width: 0, height: 0, pixels: undefined }),
    bindTexture: (_target: number, next: Texture | null) => void (texture = next ?? undefined),
    createFramebuffer: (): Framebuffer => ({ texture: undefined }),
    bindFramebuffer: (_target: number, next: Framebuffer | null) => void (framebuffer = next ?? undefined),
    framebufferTexture2D(_target: number, _attachment: number, _kind: number, next: Texture | null) {
      if (framebuffer) framebuffer.texture = next ?? undefined;
    },
    texStorage2D(_target: number, _levels: number, _format: number, width: number, height: number) {
      if (texture) Object.assign(texture, { width, height, pixels: undefined });
    },
    texImage2D(...all: readonly unknown[]) {
      if (!texture) return;
      if (all.length === 6) {
        const picture = all[5] as ImageData;
        if (!(picture?.data instanceof Uint8ClampedArray))
          throw new TypeError("plain WebGL: a picture came that is no ImageData; read its pixels first");
        Object.assign(texture, { width: picture.width, height: picture.height, pixels: picture.data });
      } else upload(texture, all[3] as number, all[4] as number, all[8] as Uint8Array | null, all[9] as number);
    },
    texSubImage2D(...all: readonly unknown[]) {
      if (texture && all.length >= 9)
        upload(texture, all[4] as number, all[5] as number, all[8] as Uint8Array | null, all[9] as number);
    },
    readPixels(...all: readonly unknown[]) {
      const [x, y, width, height] = all as number[];
      readBack(
        framebuffer?.texture,
        { x, y, width, height },
        all[6] as Uint8Array,
        (all[7] as number | undefined) ?? 0,
      );
    },
  };
  // Everything else (states, shaders, buffers) is accepted and makes no difference: whatever is created is an empty thing.
  return new Proxy(known, {
    get(target, name) {
      if (name in target || typeof name !== "string") return target[name as string];
      if (/^[A-Z0-9_]+$/.test(name)) return undefined;
      const nothing = name.startsWith("create") ? () => ({}) : () => null;
      target[name] = name.startsWith("current") ? undefined : nothing;
      return target[name];
    },
  });
}

function upload(texture: Texture, width: number, height: number, from: Uint8Array | null, offset = 0): void {
  const pixels = from ? from.slice(offset, offset + 4 * width * height) : undefined;
  Object.assign(texture, { width, height, pixels });
}

interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function readBack(texture: Texture | undefined, region: Region, out: Uint8Array, offset: number): void {
  const { x, y, width, height } = region;
  if (!texture?.pixels) {
    out.fill(0, offset, offset + 4 * width * height);
    return;
  }
  const { pixels } = texture;
  if (x === 0 && y === 0 && width === texture.width && height === texture.height) {
    out.set(pixels, offset);
    return;
  }
  for (let row = 0; row < height; row++) {
    const from = 4 * ((y + row) * texture.width + x);
    out.set(pixels.subarray(from, from + 4 * width), offset + 4 * row * width);
  }
}
