// A process of owner.test.ts: takes the data folder again and again, and checks that nobody else has it meanwhile.
// node --import tsx owner-child.ts HOME TIMES HOLD_MS; HOLD_MS "forever" keeps it and says so.

import { existsSync, readFileSync, writeFileSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { takeOwnership } from "./owner.ts";

const [home, times, hold] = process.argv.slice(2);
const inside = join(home, "inside");

for (let done = 0; done < Number(times);) {
  const taken = await takeOwnership(home);
  if (!("own" in taken)) {
    await wait(1);
    continue;
  }
  if (existsSync(inside)) {
    const other = Number(readFileSync(inside, "utf8"));
    if (runs(other)) console.log(`both ${process.pid} and ${other} have the folder`);
    unlinkSync(inside);
  }
  writeFileSync(inside, String(process.pid), { flag: "wx" });
  if (hold === "forever") {
    await taken.own.publish("http://127.0.0.1:1");
    console.log("mine");
    await wait(600_000);
  }
  await wait(Number(hold));
  unlinkSync(inside);
  await taken.own.release();
  done++;
}
console.log("done");

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
