// The spread of what was learned, along the act: a chart with a table beside it, to be saved as SVG and CSV.

import * as Plot from "@observablehq/plot";
import { useEffect, useRef } from "react";
import type { Portrait } from "../mind/protocol.ts";
import { S } from "../strings.ts";

/** Rows of the table. */
const ROWS = 11;

export default function Chart({ portrait }: { portrait: Portrait }) {
  const ref = useRef<HTMLDivElement>(null);
  const { height, heightSd, mean } = portrait;
  const data = Array.from(height, (h, t) => ({ time: t / mean.rate, height: h, sd: heightSd[t] }));
  useEffect(() => {
    const plot = Plot.plot({
      width: 420,
      height: 200,
      marginLeft: 44,
      style: { background: "transparent", color: "var(--ink)", fontSize: "12px" },
      x: { label: "s", nice: true },
      y: { label: "trunk lengths", grid: true },
      ariaLabel: S.teach.chart(portrait.hand),
      marks: [
        Plot.areaY(data, {
          x: "time",
          y1: (d: (typeof data)[number]) => d.height - 2 * d.sd,
          y2: (d: (typeof data)[number]) => d.height + 2 * d.sd,
          fill: "var(--done)",
          fillOpacity: 0.22,
        }),
        Plot.lineY(data, { x: "time", y: "height", stroke: "var(--done)", strokeWidth: 2 }),
      ],
    });
    // The picture has one label and a table beside it; labels of its parts would be read as noise.
    for (const part of plot.querySelectorAll("g[aria-label]")) part.removeAttribute("aria-label");
    plot.setAttribute("role", "img");
    ref.current?.replaceChildren(plot);
  });
  const rows = Array.from({ length: ROWS }, (_, i) => data[Math.round((i * (data.length - 1)) / (ROWS - 1))]);
  return (
    <figure className="chart">
      <div ref={ref} />
      <figcaption>
        {S.teach.chart(portrait.hand)}{" "}
        <button
          type="button"
          className="quiet"
          onClick={() => save(svgOf(ref.current), `${portrait.name}.svg`, "image/svg+xml")}
        >
          SVG
        </button>{" "}
        <button
          type="button"
          className="quiet"
          onClick={() =>
            save(
              [
                "time_s,height_trunks,sd_trunks",
                ...data.map((d) => `${d.time.toFixed(3)},${d.height.toFixed(4)},${d.sd.toFixed(4)}`),
              ].join("\n"),
              `${portrait.name}.csv`,
              "text/csv",
            )
          }
        >
          CSV
        </button>
      </figcaption>
      <details className="as-table">
        <summary>as a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">s</th>
              <th scope="col">mean</th>
              <th scope="col">sd</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((d) => (
              <tr key={d.time}>
                <td>{d.time.toFixed(2)}</td>
                <td>{d.height.toFixed(2)}</td>
                <td>{d.sd.toFixed(2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function svgOf(holder: HTMLDivElement | null): string {
  const svg = holder?.querySelector("svg")?.cloneNode(true) as SVGSVGElement | undefined;
  if (!svg) return "";
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  // Outside the page nobody knows the theme's names.
  const style = getComputedStyle(document.documentElement);
  return svg.outerHTML.replace(/var\((--[a-z]+)\)/g, (_, name: string) => style.getPropertyValue(name).trim());
}

export function save(text: string, name: string, type: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
