// What opens beside the mirror on demand: the acts that are known, the rooms of the mind, privacy, about.

import { useEffect, useRef, useState } from "react";
import type { KnownAct } from "../mind/protocol.ts";
import { server } from "../server.ts";
import type { Panel } from "../state.ts";
import { useStore } from "../store.ts";
import { S } from "../strings.ts";
import type { Studio } from "../studio.ts";
import { useBelief } from "./belief.tsx";
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

function Acts({ studio }: { studio: Studio }) {
  const known = useStore(studio.store, (state) => state.known);
  if (known.length === 0) return <p>{S.acts.none}</p>;
  return (
    <ul className="acts">
      {known.map((act) => (
        <Act key={act.name} studio={studio} act={act} />
      ))}
    </ul>
  );
}

function Act({ studio, act }: { studio: Studio; act: KnownAct }) {
  const [renaming, setRenaming] = useState(false);
  const [name, setName] = useState(act.name);
  const say = (error: unknown): void => studio.note({ text: (error as Error).message });
  const rename = async (): Promise<void> => {
    setRenaming(false);
    if (name.trim() === act.name) return;
    const { known, repertoire } = await studio.mind.ask("rename", { from: act.name, to: name });
    studio.store.set({ known });
    await studio.keeping.keep(repertoire, `renamed ${act.name} to ${name.trim()}`);
  };
  const forget = async (): Promise<void> => {
    const { known, repertoire, before } = await studio.mind.ask("forget", { name: act.name });
    studio.store.set({ known });
    studio.note({
      text: S.acts.forgot(act.name),
      undo: () => {
        studio.told(
          studio.mind.ask("remember", { name: act.name, from: before }).then(async (answer) => {
            studio.store.set({ known: answer.known, note: undefined });
            await studio.keeping.keep(answer.repertoire, `remembered ${act.name}`);
          }),
        );
      },
    });
    await studio.keeping.keep(repertoire, `forgot ${act.name}`);
  };
  return (
    <li>
      {renaming ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            rename().catch(say);
          }}
        >
          <input
            value={name}
            aria-label={S.teach.name}
            autoFocus
            maxLength={60}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => event.key === "Escape" && setRenaming(false)}
          />
          <button type="submit">{S.acts.rename}</button>
        </form>
      ) : (
        <strong>{act.name}</strong>
      )}
      <span className="facts">
        {S.acts.examples(act.examples)}, {S.acts.lasts(act.lasts)}
      </span>
      <span className="deeds">
        <button type="button" className="quiet" onClick={() => studio.perform(act.name).catch(say)}>
          {S.acts.do}
        </button>
        <button
          type="button"
          className="quiet"
          aria-label={`${S.acts.show}: ${act.name}`}
          onClick={() => studio.teacher.portrait(act.name).catch(say)}
        >
          {S.acts.show}
        </button>
        <button
          type="button"
          className="quiet"
          aria-label={`${S.acts.rename} ${act.name}`}
          onClick={() => {
            setName(act.name);
            setRenaming(true);
          }}
        >
          {S.acts.rename}
        </button>
        <button
          type="button"
          className="quiet"
          aria-label={`${S.acts.forget} ${act.name}`}
          onClick={() => forget().catch(say)}
        >
          {S.acts.forget}
        </button>
      </span>
    </li>
  );
}

function Rooms({ studio }: { studio: Studio }) {
  const belief = useBelief(studio);
  const known = useStore(studio.store, (state) => state.known);
  const mode = useStore(studio.store, (state) => state.mode);
  const { live } = studio;
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
