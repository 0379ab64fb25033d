// Raises the ordinary mind once and writes what it learned of its own body into the library: `npm run raise`.
// A test holds the file against a fresh upbringing.

import { writeFileSync } from "node:fs";
import { packImage } from "../packages/core/src/neurons/ordinary.ts";
import { raise } from "../packages/core/src/neurons/raise.ts";

const packed = packImage(raise(1, { seconds: 1200 }));
const lines = packed.match(/.{1,100}/g) ?? [];
writeFileSync(
  new URL("../packages/core/src/neurons/ordinary-weights.ts", import.meta.url),
  `// Made by \`npm run raise\`: the ordinary upbringing's body image, float32 little-endian, base64.\n\nexport const ORDINARY_WEIGHTS =\n${lines.map((l) => `  "${l}"`).join(" +\n")};\n`,
);
