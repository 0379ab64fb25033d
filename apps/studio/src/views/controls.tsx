// What Attune's body does, and whom it watches.

import { STRANGE_NAMES, STARTER_NAMES } from "@attune/actor";
import { EXPRESSION_NAMES } from "@attune/core";
import { useState } from "react";
import { MODES } from "../state.ts";
import { useStore } from "../store.ts";
import { S } from "../strings.ts";
import type { Studio } from "../studio.ts";
import { Why } from "./why.tsx";

export function Controls({ studio }: { studio: Studio }) {
  const mode = useStore(studio.store, (state) => state.mode),
    specular = useStore(studio.store, (state) => state.specular),
    delay = useStore(studio.store, (state) => state.delay),
    eyes = useStore(studio.store, (state) => state.eyes);
  return (
    <section className="controls" aria-label={S.controls}>
      <div role="radiogroup" aria-label={S.mode} className="modes">
        {MODES.map((each) => (
          <label key={each} className={each === mode ? "chosen" : ""}>
            <input type="radio" name="mode" checked={each === mode} onChange={() => studio.setMode(each)} />
            {S.modes[each].name}
          </label>
        ))}
      </div>
      <span className="small">{S.modes[mode].why}</span>
      {mode === "mirror" || mode === "imitate" ? (
        <span className="line">
          <label className="check">
            <input
              type="checkbox"
              checked={specular}
              onChange={(event) => studio.setSpecular(event.currentTarget.checked)}
            />
            {S.specular}
          </label>
          <Why text={S.specularWhy}>{S.why}</Why>
        </span>
      ) : null}
      {mode === "imitate" ? (
        <label className="range">
          {S.delay}
          <input
            type="range"
            min="0.3"
            max="2.5"
            step="0.1"
            value={delay}
            onChange={(event) => studio.setDelay(Number(event.currentTarget.value))}
          />
          <output>{S.seconds(delay)}</output>
        </label>
      ) : null}
      {mode === "act" ? <Perform studio={studio} /> : null}
      {eyes.kind === "on" && eyes.source === "generated" ? <Ask studio={studio} /> : null}
    </section>
  );
}

const ACT = "act ";
/** Before the name of an expression. */
export const FACE = "face ";

function Perform({ studio }: { studio: Studio }) {
  const known = useStore(studio.store, (state) => state.known),
    faces = useStore(studio.store, (state) => state.faces);
  const all = [...known.map(({ name }) => ACT + name), ...faces.map(({ name }) => FACE + name)];
  const [name, setName] = useState("");
  const chosen = all.includes(name) ? name : (all[0] ?? "");
  return (
    <form
      className="choose"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen.startsWith(FACE)) studio.told(studio.feeling.perform(chosen.slice(FACE.length)));
        else studio.told(studio.perform(chosen.slice(ACT.length)));
      }}
    >
      <select value={chosen} aria-label={S.modes.act.why} onChange={(event) => setName(event.currentTarget.value)}>
        <optgroup label={S.feeling.faces.acts}>
          {known.map((act) => (
            <option key={act.name} value={ACT + act.name}>
              {act.name}
            </option>
          ))}
        </optgroup>
        {faces.length > 0 ? (
          <optgroup label={S.feeling.faces.title}>
            {faces.map((face) => (
              <option key={face.name} value={FACE + face.name}>
                {face.name}
              </option>
            ))}
          </optgroup>
        ) : null}
      </select>
      <button type="submit">{S.acts.do}</button>
      {faces.length === 0 ? (
        <button type="button" className="quiet" onClick={() => void studio.feeling.wake()}>
          {S.feeling.faces.wake}
        </button>
      ) : null}
    </form>
  );
}

/** The generated person does what they are asked. @param first what is offered first */
export function Ask({
  studio,
  first = STARTER_NAMES[0],
  label = S.askThem,
}: {
  studio: Studio;
  first?: string;
  label?: string;
}) {
  const [name, setName] = useState(first);
  return (
    <form
      className="choose ask"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.startsWith(FACE)) studio.person.face.ask(name.slice(FACE.length));
        else studio.person.ask(name, { next: true, style: { side: "right" }, pause: 0.6 });
      }}
    >
      <label>
        {label}
        <select value={name} onChange={(event) => setName(event.currentTarget.value)}>
          <optgroup label={S.mayKnow}>
            {STARTER_NAMES.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </optgroup>
          <optgroup label={S.feeling.faces.ask}>
            {EXPRESSION_NAMES.map((each) => (
              <option key={each} value={FACE + each}>
                {each}
              </option>
            ))}
          </optgroup>
          <optgroup label={S.nobodyBrings}>
            {STRANGE_NAMES.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </optgroup>
        </select>
      </label>
      <button type="submit">{S.askedFor}</button>
    </form>
  );
}
