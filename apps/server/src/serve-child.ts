// A server as a process of its own, for tests that kill it. node --import tsx serve-child.ts HOME

import { runServer } from "./run.ts";

await runServer({ home: process.argv[2], port: 0, print: (line) => console.log(line), log: console.error });
