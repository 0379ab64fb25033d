// Renders the tables of docs/results from the JSON that `attune bench all` wrote there: `npm run results`.

import { fileURLToPath } from "node:url";
import { table } from "../bench/src/index.ts";
import { renderTables } from "../bench/src/all.ts";

renderTables(fileURLToPath(new URL("../docs/results/", import.meta.url)), table);
