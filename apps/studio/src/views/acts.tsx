// What is known: acts of the body and, once the heart is awake, faces; each can be done, renamed, forgotten and taken back.

import { useEffect, useState } from "react";
import type { Keeping } from "../keeping.ts";
import type { KnownAct } from "../mind/protocol.ts";
import { useStore } from "../store.ts";
import { S } from "../strings.ts";
import type { Studio } from "../studio.ts";

/** What can be done with one of a list. */
interface Deeds {
  readonly keeping: Keeping;
  do(name: string): Promise<unknown>;
  show?(name: string): Promise<void>;
  /** Each of these answers with what is to be kept. */
  rename(from: string, to: string): Promise<string>;
  forget(name: string): Promise<{ repertoire: string; before: string }>;
  remember(name: string, from: string): Promise<string>;
}

export function Acts({ studio }: { studio: Studio }) {
  const known = useStore(studio.store, (state) => state.known),
    faces = useStore(studio.store, (state) => state.faces),
    heart = useStore(studio.store, (state) => state.heart);
  // Faces live in the heart.
  useEffect(() => void studio.feeling.wake(), [studio]);
  return (
    <>
      {known.length === 0 ? <p>{S.acts.none}</p> : <List studio={studio} acts={known} deeds={actDeeds(studio)} />}
      <h3>{S.feeling.faces.title}</h3>
      {heart.kind === "broken" ? (
        <p role="alert">{S.feeling.broken(heart.reason)}</p>
      ) : heart.kind !== "awake" ? (
        <p>{S.feeling.waking}</p>
      ) : faces.length === 0 ? (
        <p>{S.feeling.faces.none}</p>
      ) : (
        <List studio={studio} acts={faces} deeds={faceDeeds(studio)} />
      )}
    </>
  );
}

function actDeeds(studio: Studio): Deeds {
  const { mind, store } = studio;
  const tell = ({ known, repertoire }: { known: readonly KnownAct[]; repertoire: string }): string => {
    store.set({ known });
    return repertoire;
  };
  return {
    keeping: studio.keeping,
    do: (name) => studio.perform(name),
    show: (name) => studio.teacher.portrait(name),
    rename: async (from, to) => tell(await mind.ask("rename", { from, to })),
    async forget(name) {
      const { known, repertoire, before } = await mind.ask("forget", { name });
      store.set({ known });
      return { repertoire, before };
    },
    remember: async (name, from) => tell(await mind.ask("remember", { name, from })),
  };
}

function faceDeeds(studio: Studio): Deeds {
  const { mind, store } = studio;
  const tell = ({ faces, repertoire }: { faces: readonly KnownAct[]; repertoire: string }): string => {
    store.set({ faces });
    return repertoire;
  };
  return {
    keeping: studio.keepingFaces,
    do: (name) => studio.feeling.perform(name),
    rename: async (from, to) => tell(await mind.ask("renameFace", { from, to })),
    async forget(name) {
      const { faces, repertoire, before } = await mind.ask("forgetFace", { name });
      store.set({ faces });
      return { repertoire, before };
    },
    remember: async (name, from) => tell(await mind.ask("rememberFace", { name, from })),
  };
}

function List({ studio, acts, deeds }: { studio: Studio; acts: readonly KnownAct[]; deeds: Deeds }) {
  return (
    <ul className="acts">
      {acts.map((act) => (
        <Act key={act.name} studio={studio} act={act} deeds={deeds} />
      ))}
    </ul>
  );
}

function Act({ studio, act, deeds }: { studio: Studio; act: KnownAct; deeds: Deeds }) {
  const [renaming, setRenaming] = useState(false);
  const [name, setName] = useState(act.name);
  const say = (error: unknown): void => studio.note({ text: (error as Error).message });
  const rename = async (): Promise<void> => {
    setRenaming(false);
    if (name.trim() === act.name) return;
    await deeds.keeping.keep(await deeds.rename(act.name, name), `renamed ${act.name} to ${name.trim()}`);
  };
  const forget = async (): Promise<void> => {
    const { repertoire, before } = await deeds.forget(act.name);
    studio.note({
      text: S.acts.forgot(act.name),
      undo: () => {
        studio.told(
          deeds.remember(act.name, before).then(async (remembered) => {
            studio.store.set({ note: undefined });
            await deeds.keeping.keep(remembered, `remembered ${act.name}`);
          }),
        );
      },
    });
    await deeds.keeping.keep(repertoire, `forgot ${act.name}`);
  };
  const { show } = deeds;
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
        <button
          type="button"
          className="quiet"
          aria-label={`${S.acts.do}: ${act.name}`}
          onClick={() => deeds.do(act.name).catch(say)}
        >
          {S.acts.do}
        </button>
        {show ? (
          <button
            type="button"
            className="quiet"
            aria-label={`${S.acts.show}: ${act.name}`}
            onClick={() => show(act.name).catch(say)}
          >
            {S.acts.show}
          </button>
        ) : null}
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
