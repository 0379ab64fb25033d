// The page: two figures that face each other, what passes between them, and everything else at the margin.

import { useEffect } from "react";
import type { Keeping } from "./keeping.ts";
import type { Panel, Unkept } from "./state.ts";
import { useStore } from "./store.ts";
import { S } from "./strings.ts";
import type { Studio } from "./studio.ts";
import { BeliefView } from "./views/belief.tsx";
import { Controls } from "./views/controls.tsx";
import { FeelingView } from "./views/feeling/feeling.tsx";
import { EyesView, OpenFile } from "./views/eyes.tsx";
import { getChart } from "./views/get-chart.ts";
import { PanelView } from "./views/panels.tsx";
import { Raster } from "./views/raster.tsx";
import { OwnBody, Watched } from "./views/stage.tsx";
import { Teach } from "./views/teach.tsx";
import { TourView } from "./views/tour.tsx";

const PANELS: readonly Panel[] = ["acts", "rooms", "looks", "privacy", "about"];

export function App({ studio }: { studio: Studio }) {
  const { store } = studio;
  const mind = useStore(store, (state) => state.mind),
    brokenBy = useStore(store, (state) => state.brokenBy),
    panel = useStore(store, (state) => state.panel);
  // Whoever comes for the first time is shown around, before anything is asked.
  useEffect(() => {
    if (mind === "awake" && store.get().eyes.kind === "off" && store.get().tour === undefined) {
      if (studio.keeping.toured()) studio.told(studio.watchGenerated());
      else store.set({ tour: 0 });
    }
  }, [mind, store, studio]);
  useEffect(() => {
    if (mind === "awake") void getChart();
  }, [mind]);
  return (
    <>
      <a className="skip" href="#controls">
        {S.skip}
      </a>
      <Header studio={studio} />
      <main>
        {mind === "broken" ? (
          <div role="alert" className="broken">
            <p>{S.broken(brokenBy ?? "")}</p>
            <button type="button" onClick={() => location.reload()}>
              {S.reload}
            </button>
          </div>
        ) : null}
        <TourView studio={studio} />
        <div className="stage">
          <div className="place">
            <Watched studio={studio} />
            <EyesView studio={studio} />
          </div>
          <BeliefView studio={studio} />
          <div className="place">
            <OwnBody studio={studio} />
          </div>
        </div>
        <FeelingView studio={studio} />
        <Raster studio={studio} />
        <div className="below" id="controls" tabIndex={-1}>
          <Controls studio={studio} />
          <Teach studio={studio} />
        </div>
        <nav aria-label={S.moreNav}>
          {PANELS.map((each) => (
            <button
              key={each}
              type="button"
              className="quiet"
              aria-expanded={panel === each}
              onClick={() => store.set({ panel: panel === each ? undefined : each })}
            >
              {S.panels[each]}
            </button>
          ))}
        </nav>
        <PanelView studio={studio} />
      </main>
      <NoteView studio={studio} />
    </>
  );
}

function Header({ studio }: { studio: Studio }) {
  const eyes = useStore(studio.store, (state) => state.eyes),
    microphone = useStore(studio.store, (state) => state.microphone);
  const watching = eyes.kind === "on" ? eyes.source : undefined;
  return (
    <header className="top">
      <h1>{S.name}</h1>
      <p className="lights">
        {watching === "camera" ? (
          <span className="light">
            <i /> {S.cameraOn}
          </span>
        ) : watching === "file" ? (
          <span className="light">
            <i /> {S.fileOn}
          </span>
        ) : watching === "generated" ? (
          <span>{S.generatedOn}</span>
        ) : null}
        {microphone === "on" ? (
          <span className="light">
            <i /> {S.microphoneOn}
          </span>
        ) : null}
      </p>
      {eyes.kind === "on" || eyes.kind === "paused" ? (
        <>
          {eyes.source === "generated" ? (
            <>
              <button type="button" className="quiet" onClick={() => studio.told(studio.watchCamera())}>
                {S.useCamera}
              </button>
              <OpenFile studio={studio} />
            </>
          ) : (
            <button type="button" className="quiet" onClick={() => studio.stop()}>
              {S.stop}
            </button>
          )}
          <button
            type="button"
            className="pause"
            onClick={() => (eyes.kind === "on" ? studio.pause("asked") : studio.resume())}
          >
            <span aria-hidden="true">{eyes.kind === "on" ? "❚❚" : "▶"}</span> {eyes.kind === "on" ? S.pause : S.resume}
          </button>
        </>
      ) : null}
    </header>
  );
}

function NoteView({ studio }: { studio: Studio }) {
  const note = useStore(studio.store, (state) => state.note),
    keeping = useStore(studio.store, (state) => state.keeping),
    keepingFaces = useStore(studio.store, (state) => state.keepingFaces);
  return (
    <div className="notes" aria-live="polite">
      {keeping ? (
        <UnkeptNote studio={studio} unkept={keeping} by={studio.keeping} theirs={() => studio.takeTheirs()} />
      ) : null}
      {keepingFaces ? (
        <UnkeptNote
          studio={studio}
          unkept={keepingFaces}
          by={studio.keepingFaces}
          theirs={() => studio.feeling.takeTheirs()}
        />
      ) : null}
      {note ? (
        <p className="note">
          {note.text}{" "}
          {note.undo ? (
            <button type="button" className="quiet" onClick={note.undo}>
              {S.acts.undo}
            </button>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

function UnkeptNote({
  studio,
  unkept,
  by,
  theirs,
}: {
  studio: Studio;
  unkept: Unkept;
  by: Keeping;
  theirs: () => Promise<void>;
}) {
  return (
    <p className="note">
      {unkept.text}{" "}
      {unkept.conflict ? (
        <>
          <button type="button" className="quiet" onClick={() => studio.told(by.insist())}>
            {S.keepMine}
          </button>
          <button type="button" className="quiet" onClick={() => studio.told(theirs())}>
            {S.takeTheirs}
          </button>
        </>
      ) : (
        <button type="button" className="quiet" onClick={() => studio.told(by.again())}>
          {S.keepAgain}
        </button>
      )}
    </p>
  );
}
