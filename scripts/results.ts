// Renders the tables of docs/results from the JSON that the benches wrote there: `npm run results`.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { table } from "../bench/src/index.ts";

const folder = new URL("../docs/results/", import.meta.url);
for (const file of readdirSync(folder)) {
  if (!file.endsWith(".json")) continue;
  const name = file.replace(".json", "");
  const result = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as unknown;
  writeFileSync(
    new URL(`${name}.md`, folder),
    `# Results: ${name}\n\nMade by \`attune bench ${name} --json\` and \`npm run results\`; keys and protocol in [bench.md](../bench.md).\n\n\`\`\`\n${table(name, result)}\n\`\`\`\n`,
  );
}
