// Where data is kept on each platform.

import { join } from "node:path";
import { expect, test } from "vitest";
import { dataFolder } from "./home.ts";

test("the data folder is the platform's usual place, unless ATTUNE_HOME names another", () => {
  const user = join("/", "people", "ann");
  expect(dataFolder({ ATTUNE_HOME: "/elsewhere" }, "linux", user)).toBe("/elsewhere");
  expect(dataFolder({}, "linux", user)).toBe("/people/ann/.local/share/attune");
  expect(dataFolder({ XDG_DATA_HOME: "/data" }, "linux", user)).toBe("/data/attune");
  expect(dataFolder({ XDG_DATA_HOME: "/data" }, "darwin", user)).toBe("/people/ann/Library/Application Support/Attune");
  expect(dataFolder({ APPDATA: "/roaming" }, "win32", user)).toBe("/roaming/Attune");
});
