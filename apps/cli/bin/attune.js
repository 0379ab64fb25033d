#!/usr/bin/env node
// The installed command: registers tsx, so that the TypeScript sources run as they are, and starts main.
import { register } from "tsx/esm/api";

register();
const { main } = await import("../src/main.ts");
await main(process.argv.slice(2));
