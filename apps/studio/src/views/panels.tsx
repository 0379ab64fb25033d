// What opens beside the mirror on demand: the acts that are known, the rooms of the mind, privacy, about.

import { useEffect, useRef, useState } from "react";
import { server } from "../server.ts";
import type { Panel } from "../state.ts";
import { useStore } from "../store.ts";
import { S } from "../strings.ts";
import type { Studio } from "../studio.ts";
import { Acts } from "./acts.tsx";
import { useBelief } from "./belief.tsx";
import { useTold } from "./feeling/told.ts";
import { Looks } from "./looks.tsx";
import { Why } from "./why.tsx";

export function PanelView({ studio }: { studio: Studio }) {
  const panel = useStore(studio.store, (state) => state.panel);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [panel]);
  if (panel === undefined) return null;
  const close = (): void => {
    document.querySelector<HTMLButtonElement>(`nav button[aria-expanded="true"]`)?.focus();
    studio.store.set({ panel: undefined });
  };
  return (
    <aside className="panel" aria-labelledby="panel-title" onKeyDown={(event) => event.key === "Escape" && close()}>
      <header>
        <h2 id="panel-title" ref={heading} tabIndex={-1}>
          {S.panels[panel]}
        </h2>
        <button type="button" className="quiet" onClick={close}>
          {S.close}
        </button>
      </header>
      {contents[panel](studio)}
    </aside>
  );
}

const contents: Record<Panel, (studio: Studio) => React.ReactNode> = {
  acts: (studio) => <Acts studio={studio} />,
  rooms: (studio) => <Rooms studio={studio} />,
  looks: (studio) => <Looks studio={studio} />,
  privacy: (studio) => <Privacy studio={studio} />,
  about: (studio) => <About studio={studio} />,
};

function Rooms({ studio }: { studio: Studio }) {
  const belief = useBelief(studio);
  const known = useStore(studio.store, (state) => state.known);
  const mode = useStore(studio.store, (state) => state.mode);
  const told = useTold(studio);
  const { live } = studio;
  const { feeling } = live;
  let bones = 0;
  for (let s = 3; s < (live.posture?.seen.length ?? 0); s += 3) if (Number.isFinite(live.posture?.seen[s])) bones++;
  const firing = belief ? belief.units.filter((rate) => rate > 0.1).length : 0;
  const best = belief?.acts[0];
  const rooms: readonly { name: string; value: string; why: string }[] = [
    { name: S.rooms.body, value: S.rooms.bodyValue(live.rate, bones), why: S.rooms.bodyWhy(live.rate, bones) },
    {
      name: S.rooms.mirror,
      value: best ? `${best.name} ${Math.round(100 * best.probability)}` : "–",
      why: best ? S.rooms.mirrorWhy(best.name, best.phase) : S.belief.nothing,
    },
    {
      name: S.rooms.repertoire,
      value: S.rooms.repertoireValue(known.length),
      why: S.rooms.repertoireWhy(
        known.length,
        known.reduce((s, { variants }) => s + variants, 0),
      ),
    },
    { name: S.rooms.neurons, value: S.rooms.neuronsValue(firing), why: S.rooms.neuronsWhy(firing) },
    feeling
      ? {
          name: S.rooms.affect,
          value: S.rooms.affectValue(feeling.own[0], feeling.own[1]),
          why: S.rooms.affectWhy,
        }
      : { name: S.rooms.affect, value: S.rooms.heartAsleep, why: S.rooms.heartAsleepWhy },
    feeling
      ? {
          name: S.rooms.social,
          value: told?.responses.main?.kind ?? "–",
          why: S.rooms.socialWhy(told?.responses.main?.kind ?? S.feeling.response.nothing),
        }
      : { name: S.rooms.social, value: S.rooms.heartAsleep, why: S.rooms.heartAsleepWhy },
    { name: S.rooms.act, value: S.modes[mode].name, why: S.rooms.actWhy(S.modes[mode].name) },
  ];
  return (
    <>
      <p>{S.rooms.text}</p>
      <ol className="rooms">
        {rooms.map(({ name, value, why }) => (
          <li key={name}>
            <Why text={why}>
              <b>{name}</b> <span>{value}</span>
            </Why>
          </li>
        ))}
      </ol>
      <p className="small">{S.rooms.later}</p>
    </>
  );
}

function Privacy({ studio }: { studio: Studio }) {
  const microphone = useStore(studio.store, (state) => state.microphone);
  const [sure, setSure] = useState(false);
  const [hearing, setHearing] = useState(false);
  const deleteAll = async (): Promise<void> => {
    await server.deleteEverything();
    setSure(false);
    location.reload();
  };
  return (
    <div className="privacy">
      {S.privacy.text.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {microphone === "on" ? (
        <div className="line">
          <Heard studio={studio} />
          <button type="button" onClick={() => studio.hearNoMore()}>
            {S.microphoneOff}
          </button>
        </div>
      ) : microphone === "opening" ? (
        <p>{S.opening}</p>
      ) : hearing ? (
        <div role="group" aria-label={S.consentMicrophone.title}>
          <p>
            <strong>{S.consentMicrophone.title}</strong> {S.consentMicrophone.text}
          </p>
          <div className="line">
            <button
              type="button"
              className="primary"
              onClick={() => {
                setHearing(false);
                studio.told(studio.hear());
              }}
            >
              {S.consentMicrophone.yes}
            </button>
            <button type="button" onClick={() => setHearing(false)}>
              {S.consentMicrophone.no}
            </button>
          </div>
        </div>
      ) : (
        <button type="button" onClick={() => setHearing(true)}>
          {S.microphone}
        </button>
      )}
      <a href="/api/export" download="attune-everything.json">
        {S.privacy.export}
      </a>
      {sure ? (
        <div role="alertdialog" aria-label={S.privacy.delete}>
          <p>{S.privacy.deleteSure}</p>
          <div className="line">
            <button
              type="button"
              onClick={() => deleteAll().catch((error: Error) => studio.note({ text: error.message }))}
            >
              {S.privacy.deleteYes}
            </button>
            <button type="button" className="primary" onClick={() => setSure(false)}>
              {S.privacy.deleteNo}
            </button>
          </div>
        </div>
      ) : (
        <button type="button" className="quiet" onClick={() => setSure(true)}>
          {S.privacy.delete}
        </button>
      )}
    </div>
  );
}

/** What is heard now, in few words. */
function Heard({ studio }: { studio: Studio }) {
  const [said, setSaid] = useState("");
  useEffect(() => {
    const ticking = setInterval(() => {
      const voice = studio.voice();
      setSaid(voice?.speaking ? S.speaking(voice.pitchHz, voice.loudness) : S.silent);
    }, 250);
    return () => clearInterval(ticking);
  }, [studio]);
  return <span>{said}</span>;
}

function About({ studio }: { studio: Studio }) {
  return (
    <>
      {S.about.text.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <button type="button" onClick={() => studio.store.set({ tour: 0, panel: undefined })}>
        {S.about.tour}
      </button>
    </>
  );
}
