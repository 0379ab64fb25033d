// The chart comes after the page, and before it is needed: once here it is here, whether or not the server still is.

import type { ComponentType } from "react";
import type { Portrait } from "../mind/protocol.ts";

type Chart = { default: ComponentType<{ portrait: Portrait }> };

/** Without it the page goes on: what it shows is in the moving figure too. */
const NO_CHART: Chart = { default: () => null };

let coming: Promise<Chart> | undefined;

export function getChart(): Promise<Chart> {
  coming ??= import("./chart.tsx").catch(() => {
    coming = undefined;
    return NO_CHART;
  });
  return coming;
}
