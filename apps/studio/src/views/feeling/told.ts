// The words of feeling as often as they can be read, and small things the views of feeling share.

import { useEffect, useState } from "react";
import type { FeelingTold } from "../../mind/feeling-protocol.ts";
import { useStore } from "../../store.ts";
import type { Studio } from "../../studio.ts";

const READABLE = 5;

/** The latest words; as they were, while they are held. */
export function useTold(studio: Studio, held = false): FeelingTold | undefined {
  const [told, setTold] = useState<FeelingTold | undefined>(undefined);
  useEffect(() => {
    if (held) return;
    const ticking = setInterval(() => setTold(studio.live.told), 1000 / READABLE);
    return () => clearInterval(ticking);
  }, [studio, held]);
  return told;
}

/** Nobody is behind a generated face. */
export function useGenerated(studio: Studio): boolean {
  return useStore(studio.store, ({ eyes }) => "source" in eyes && eyes.source === "generated");
}
