// Where the page begins.

import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import type { Thread } from "./mind/client.ts";
import { createStudio } from "./studio.ts";

const worker = new Worker(new URL("./mind/worker.ts", import.meta.url), { type: "module" });
const studio = createStudio(worker as unknown as Thread);

// A handle for whoever measures or looks inside: beliefs, postures and latencies as they are, nothing to change.
Object.assign(globalThis, {
  attune: { live: studio.live, state: studio.store.get, sight: studio.sight, avatar: studio.wardrobe.worn },
});

createRoot(document.getElementById("attune")!).render(<App studio={studio} />);
