// What a command does to the store, again and again, as a process of its own: opens it, saves, closes it.
// node --import tsx write-child.ts HOME NAME TIMES; prints a line for each save that was acknowledged.

import { StoreFailure } from "../failure.ts";
import { repertoireOf } from "../testing.ts";
import { openStore } from "./open.ts";

const [home, name, times] = process.argv.slice(2);

for (let k = 0; k < Number(times); k++) {
  const store = await openStore(home);
  await store.writeSetting(`${name}.${k}`, k);
  console.log(`setting ${name}.${k}`);
  for (;;) {
    const [newest] = await store.history("shared").catch(() => []);
    try {
      const { version } = await store.saveRepertoire("shared", {
        repertoire: repertoireOf(`${name} ${k}`),
        base: newest?.version ?? null,
        note: `${name}.${k}`,
      });
      console.log(`version ${version} ${name}.${k}`);
      break;
    } catch (error) {
      // Somebody else saved in between: look again.
      if (!(error instanceof StoreFailure && error.kind === "conflict")) throw error;
    }
  }
  await store.close();
}
