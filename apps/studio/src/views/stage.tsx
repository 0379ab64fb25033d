// The two figures that face each other: whoever is watched, with what is seen of them and where they are expected, and
// Attune's own body, moved by its motor coordinates.

import { FACE, HEAD_AT, TURNS } from "@attune/core";
import { useEffect, useMemo, useRef, useState } from "react";
import {
  DARK,
  LIGHT,
  DEFAULT_LOOK,
  type Figure,
  type Palette,
  type View,
  createFigure,
  createIdle,
  drawFigure,
  drawLines,
  idle,
} from "../figure/index.ts";
import { drewPosture, moveBody } from "../live.ts";
import { useStore } from "../store.ts";
import { S } from "../strings.ts";
import type { Studio } from "../studio.ts";
import { AvatarView } from "./avatar.tsx";
import { Canvas, type Draw } from "./canvas.tsx";
import { createOverlay, drawLandmarks, sureness } from "./overlay.ts";

/** Somebody else than Attune: other hair, other clothes. */
const OTHER = (palette: Palette): Palette => ({
  ...palette,
  skin: palette === DARK ? "#a8795b" : "#b98667",
  skinShade: palette === DARK ? "#936548" : "#a37152",
  skinDeep: palette === DARK ? "#75503a" : "#835a41",
  hair: "#2c2624",
  hairShade: "#211c1a",
  hairLight: "#453b36",
  cloth: palette === DARK ? "#7c6a83" : "#87708f",
  clothShade: palette === DARK ? "#68586f" : "#725e79",
});

const BLINKS = 7;
/** Where the turns of the eyes begin in a visage. */
const EYES = HEAD_AT + TURNS.indexOf("gaze.pitch");

function figures(palette: (dark: boolean) => Palette): (dark: boolean) => Figure {
  const made = [false, true].map((dark) => createFigure({ ...DEFAULT_LOOK, palette: palette(dark) }));
  return (dark) => made[dark ? 1 : 0];
}

/** The whole canvas; the same side on both figures is the same side of the screen, as in a mirror. */
const view = (width: number, height: number, mirror: boolean): View => ({
  x: 0,
  y: 0,
  width,
  height,
  scale: "upper body",
  mirror,
});

export function OwnBody({ studio }: { studio: Studio }) {
  const rest = useMemo(() => createIdle(), []);
  const doing = useStore(studio.store, (state) => state.doing);
  const mode = useStore(studio.store, (state) => state.mode);
  const looks = useStore(studio.store, (state) => state.avatar);
  const avatar = looks.kind === "on" ? studio.wardrobe.worn() : undefined;
  const move = (): void => {
    const now = performance.now() / 1000;
    idle(now, BLINKS, rest);
    const { mode: moving, delay } = studio.store.get();
    moveBody(studio.live, moving, delay, now, rest);
  };
  return (
    <figure
      className="who own"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const [file] = event.dataTransfer.files;
        if (file) void studio.wardrobe.put(file);
      }}
    >
      {mode === "answer" ? <Saying studio={studio} /> : null}
      {avatar ? <AvatarView studio={studio} avatar={avatar} move={move} /> : <OwnFigure studio={studio} move={move} />}
      <figcaption>
        {S.attune} {looks.kind === "on" ? <small>{S.avatar.as(looks.facts.title, looks.facts.authors)} </small> : null}
        <small className="done">{doing ?? S.modes[mode].name}</small>
      </figcaption>
    </figure>
  );
}

/** s that what was said stays written. */
const SAID_STAYS = 5;

/** What Attune says, as a line by its figure. */
function Saying({ studio }: { studio: Studio }) {
  const [words, setWords] = useState("");
  useEffect(() => {
    const ticking = setInterval(() => {
      const { said } = studio.live;
      setWords(said && performance.now() / 1000 - said.at < SAID_STAYS ? said.words : "");
    }, 200);
    return () => clearInterval(ticking);
  }, [studio]);
  return (
    <p className="saying" aria-live="polite">
      {words}
    </p>
  );
}

function OwnFigure({ studio, move }: { studio: Studio; move: () => void }) {
  const figure = useMemo(() => figures((dark) => (dark ? DARK : LIGHT)), []);
  const drawn = useRef<unknown>(undefined);
  const draw: Draw = (ctx, width, height, ink) => {
    const { live } = studio;
    move();
    ctx.clearRect(0, 0, width, height);
    drawFigure(
      ctx,
      figure(ink.dark),
      { own: live.own, face: live.face, gaze: { yaw: live.gaze[0], pitch: live.gaze[1] } },
      view(width, height, false),
    );
    if (live.posture && drawn.current !== live.posture) {
      drawn.current = live.posture;
      drewPosture(live, performance.now());
    }
  };
  return <Canvas draw={draw} at={studio.onPosture} label={S.attuneLabel} />;
}

export function Watched({ studio }: { studio: Studio }) {
  const eyes = useStore(studio.store, (state) => state.eyes);
  const kind = eyes.kind === "on" || eyes.kind === "paused" ? eyes.source : undefined;
  const figure = useMemo(() => figures((dark) => OTHER(dark ? DARK : LIGHT)), []);
  const overlay = useMemo(() => createOverlay(), []);
  const draw: Draw = (ctx, width, height, ink) => {
    const { live, person } = studio;
    ctx.clearRect(0, 0, width, height);
    const { belief } = live;
    const current = studio.store.get().eyes;
    if (current.kind !== "on") return;
    if (current.source === "generated") {
      const { own, face } = person.look(performance.now() / 1000);
      const gaze = { pitch: face[EYES], yaw: face[EYES + 1] };
      drawFigure(ctx, figure(ink.dark), { own, face: face.subarray(0, FACE), gaze }, view(width, height, true));
      if (belief && Number.isFinite(belief.aheadSd))
        drawLines(ctx, figure(ink.dark), belief.ahead, view(width, height, true), {
          colour: ink.seen,
          alpha: sureness(belief.aheadSd),
        });
      return;
    }
    const source = studio.source(),
      sight = studio.sight();
    if (source && sight?.landmarks)
      drawLandmarks(ctx, overlay, width, height, source.video, sight.landmarks, live, ink);
  };
  return (
    <figure className="who watched">
      {kind !== undefined && kind !== "generated" ? <Picture studio={studio} mirrored={kind === "camera"} /> : null}
      <Canvas draw={draw} label={S.youLabel} className={kind === "camera" ? "mirrored" : ""} />
      <figcaption>
        {kind === "generated" ? S.generatedName : S.you}{" "}
        <small className="seen">{kind === "generated" ? <Doing studio={studio} /> : ""}</small>
      </figcaption>
    </figure>
  );
}

function Doing({ studio }: { studio: Studio }) {
  const ref = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const ticking = setInterval(() => {
      if (ref.current) ref.current.textContent = studio.person.doing(performance.now() / 1000) ?? "";
    }, 200);
    return () => clearInterval(ticking);
  }, [studio]);
  return <span ref={ref} />;
}

/** The source's own video element, put into the page. */
function Picture({ studio, mirrored }: { studio: Studio; mirrored: boolean }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const video = studio.source()?.video;
    if (!video || !ref.current) return;
    video.setAttribute("aria-hidden", "true");
    ref.current.replaceChildren(video);
    return () => video.remove();
  }, [studio]);
  return <div ref={ref} className={mirrored ? "picture mirrored" : "picture"} />;
}
