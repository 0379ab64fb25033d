// The person's own avatar in place of Attune's drawn figure: its canvas in the page, drawn as often as the machine can.

import { useEffect, useRef } from "react";
import { drewPosture } from "../live.ts";
import { S } from "../strings.ts";
import type { Studio } from "../studio.ts";
import type { Avatar } from "../vrm/avatar.ts";
import { reduced } from "./canvas.tsx";

/** @param move moves Attune's body on to now; called before each picture */
export function AvatarView({ studio, avatar, move }: { studio: Studio; avatar: Avatar; move: () => void }) {
  const ref = useRef<HTMLDivElement>(null);
  const latest = useRef(move);
  latest.current = move;
  useEffect(() => {
    const { canvas } = avatar;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", S.avatar.label(avatar.facts.title));
    ref.current!.replaceChildren(canvas);
    let frame = 0,
      turn = 0,
      drawn: unknown;
    const size = { width: 0, height: 0 };
    const resized = new ResizeObserver(([{ contentRect }]) => {
      size.width = contentRect.width;
      size.height = contentRect.height;
    });
    resized.observe(canvas);
    function loop(): void {
      frame = requestAnimationFrame(loop);
      const now = performance.now() / 1000;
      // Less motion: half the pictures.
      if ((reduced.matches && turn++ % 2 === 1) || !(size.width > 0 && size.height > 0) || !avatar.due(now)) return;
      latest.current();
      const { live } = studio;
      avatar.draw(live, size.width, size.height, now);
      if (live.posture && drawn !== live.posture) {
        drawn = live.posture;
        drewPosture(live, performance.now());
      }
    }
    loop();
    return () => {
      cancelAnimationFrame(frame);
      resized.disconnect();
      canvas.remove();
    };
  }, [avatar, studio]);
  return <div ref={ref} className="avatar" />;
}
