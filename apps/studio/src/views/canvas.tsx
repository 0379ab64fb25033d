// A canvas that is drawn sixty times a second, sharp on any screen, in the colours of the theme.

import { useEffect, useRef } from "react";
import { PARTS } from "../mind/feeling-protocol.ts";

/** Colours by the theme's names, as the style sheet has them now. */
export interface Ink {
  readonly seen: string;
  readonly done: string;
  readonly ink: string;
  readonly faint: string;
  readonly soft: string;
  readonly ground: string;
  /** Parts of a feeling, in the order of PARTS. */
  readonly parts: readonly string[];
  readonly dark: boolean;
}

export type Draw = (ctx: CanvasRenderingContext2D, width: number, height: number, ink: Ink) => void;

/** ms a picture takes from which only every second one is drawn: the models need the rest. */
const DEAR = 3;
export const reduced = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");

export function inkNow(): Ink {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  return {
    seen: colour("--seen"),
    done: colour("--done"),
    ink: colour("--ink"),
    faint: colour("--faint"),
    soft: colour("--soft"),
    ground: colour("--ground"),
    parts: PARTS.map((part) => colour(`--part-${part}`)),
    dark: dark.matches,
  };
}

/**
 * @param at draws at once when it calls back, not only with the next picture of the screen
 * @param label what a screen reader says
 */
export function Canvas({
  draw,
  at,
  label,
  className,
  describedBy,
}: {
  draw: Draw;
  at?: ((listener: () => void) => () => void) | undefined;
  label: string;
  className?: string;
  describedBy?: string | undefined;
}) {
  const ref = useRef<HTMLCanvasElement>(null);
  const latest = useRef(draw);
  latest.current = draw;
  useEffect(() => {
    const canvas = ref.current!;
    const ctx = canvas.getContext("2d")!;
    let ink = inkNow(),
      width = 0,
      height = 0,
      frame = 0,
      turn = 0,
      cost = 0;
    const resized = new ResizeObserver(([{ contentRect }]) => {
      const ratio = Math.min(2, devicePixelRatio);
      width = contentRect.width;
      height = contentRect.height;
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      paint();
    });
    resized.observe(canvas);
    const themed = (): void => {
      ink = inkNow();
    };
    dark.addEventListener("change", themed);
    function paint(): void {
      if (!(width > 0 && height > 0)) return;
      const began = performance.now();
      latest.current(ctx, width, height, ink);
      cost += 0.05 * (performance.now() - began - cost);
    }
    function loop(): void {
      frame = requestAnimationFrame(loop);
      // Less motion, or a machine on which drawing is dear: half the pictures.
      if ((reduced.matches || cost > DEAR) && turn++ % 2 === 1) return;
      paint();
    }
    loop();
    const end = at?.(paint);
    return () => {
      cancelAnimationFrame(frame);
      dark.removeEventListener("change", themed);
      resized.disconnect();
      end?.();
    };
  }, [at]);
  return <canvas ref={ref} role="img" aria-label={label} aria-describedby={describedBy} className={className} />;
}
