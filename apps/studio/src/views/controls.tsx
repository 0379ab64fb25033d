// What Attune's body does, and whom it watches.

import { STRANGE_NAMES, STARTER_NAMES } from "@attune/actor";
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

function Perform({ studio }: { studio: Studio }) {
  const known = useStore(studio.store, (state) => state.known);
  const [name, setName] = useState(known[0]?.name ?? "");
  const chosen = known.some((act) => act.name === name) ? name : (known[0]?.name ?? "");
  return (
    <form
      className="choose"
      onSubmit={(event) => {
        event.preventDefault();
        studio.told(studio.perform(chosen));
      }}
    >
      <select value={chosen} aria-label={S.modes.act.why} onChange={(event) => setName(event.currentTarget.value)}>
        {known.map((act) => (
          <option key={act.name}>{act.name}</option>
        ))}
      </select>
      <button type="submit">{S.acts.do}</button>
    </form>
  );
}

/** The generated person does what they are asked. */
function Ask({ studio }: { studio: Studio }) {
  const [name, setName] = useState<string>(STARTER_NAMES[0]);
  return (
    <form
      className="choose ask"
      onSubmit={(event) => {
        event.preventDefault();
        studio.person.ask(name, { next: true, style: { side: "right" } });
      }}
    >
      <label>
        {S.askThem}
        <select value={name} onChange={(event) => setName(event.currentTarget.value)}>
          <optgroup label={S.mayKnow}>
            {STARTER_NAMES.map((each) => (
              <option key={each}>{each}</option>
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
