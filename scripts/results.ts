// Renders the pages and figures of docs/results from the JSON that `attune bench all` wrote there: `npm run results`.

import { fileURLToPath } from "node:url";
import { pages } from "../bench/src/index.ts";
import { renderPages } from "../bench/src/all.ts";

await renderPages(fileURLToPath(new URL("../docs/results/", import.meta.url)), pages);
