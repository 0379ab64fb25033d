// Tells whether a process that wrote its number down still runs. The number alone does not: numbers are given again,
// so the moment the process started is written down with it.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

export interface ProcessMark {
  readonly pid: number;
  /** When it started, in the system's own terms; "" where the system does not say. */
  readonly started: string;
}

export function markOf(pid: number): ProcessMark {
  return { pid, started: startOf(pid) ?? "" };
}

/** Whether the very process that is marked runs. */
export function isAlive({ pid, started }: ProcessMark): boolean {
  let someoneElses = false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    someoneElses = (error as NodeJS.ErrnoException).code === "EPERM";
    if (!someoneElses) return false;
  }
  const now = startOf(pid);
  // Systems may hide what other people run.
  if (now === undefined) return someoneElses;
  return now === "" || started === "" || now === started;
}

/** undefined: it has ended. */
function startOf(pid: number): string | undefined {
  if (process.platform === "linux") return linuxStart(pid);
  if (process.platform === "win32") return "";
  try {
    const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8", env }).trim() || undefined;
  } catch (error) {
    // ps says by its exit code that there is no such process; that ps itself is missing says nothing.
    return (error as { status?: number | null }).status === 1 ? undefined : "";
  }
}

/** Clock ticks since boot, and which boot: both from /proc. */
function linuxStart(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // The name in parentheses may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // Killed, and not yet waited for by its parent.
  if (fields[0] === "Z" || fields[0] === "X") return undefined;
  return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}/${fields[19]}`;
}
