// The knobs of who Attune is and what the other is to it. Each says where its effect in people is known from.

import {
  PRESETS,
  STRATEGIES,
  TEMPERAMENT_LIMITS,
  type PresetName,
  type RelationName,
  type Strategy,
} from "@attune/core";
import { type ReactNode, useId } from "react";
import { DIALS, type AngerAt, type Dial, type Setting } from "../../mind/feeling-protocol.ts";
import { useStore } from "../../store.ts";
import { S } from "../../strings.ts";
import type { Studio } from "../../studio.ts";
import { Why } from "../why.tsx";
import { useGenerated } from "./told.ts";

const words = S.feeling.knobs;
/** Farther than that a gain is a caricature. */
const MOST = 2.5;
const BY_MYSELF = "by myself";

export function Knobs({ studio }: { studio: Studio }) {
  const knobs = useStore(studio.store, (state) => state.knobs);
  const preset = useStore(studio.store, (state) => state.preset);
  const generated = useGenerated(studio);
  const { feeling } = studio;
  return (
    <section className="knobs" aria-labelledby="knobs-title">
      <h3 id="knobs-title">{generated ? words.theirTitle : words.title}</h3>
      <Choice
        name={generated ? words.theirRelation : words.relation}
        why={words.relationWhy}
        value={knobs.relation}
        options={words.relations}
        choose={(relation: RelationName) => feeling.turn({ relation })}
      />
      <Choice
        name={words.preset}
        why={words.presetWhy}
        value={preset ?? ""}
        options={{
          ...Object.fromEntries(Object.keys(PRESETS).map((name) => [name, name])),
          ...(preset ? {} : { "": words.own }),
        }}
        choose={(name: string) => name !== "" && feeling.choose(name as PresetName)}
      />
      <Choice
        name={words.regulation}
        why={words.regulationWhy(knobs.regulation)}
        value={knobs.regulation ?? BY_MYSELF}
        options={REGULATIONS}
        choose={(value: string) => feeling.turn({ regulation: value === BY_MYSELF ? undefined : (value as Strategy) })}
      />
      <Choice
        name={words.setting}
        why={words.settingWhy}
        value={knobs.setting}
        options={words.settings}
        choose={(setting: Setting) => feeling.turn({ setting })}
      />
      <Choice
        name={words.anger}
        why={words.angerWhy}
        value={knobs.angerAt}
        options={words.angers}
        choose={(angerAt: AngerAt) => feeling.turn({ angerAt })}
      />
      <details className="gains" open={!narrow.matches}>
        <summary>{words.gains}</summary>
        {DIALS.map((dial) => (
          <Slider key={dial} studio={studio} dial={dial} value={knobs.temperament[dial]} />
        ))}
      </details>
    </section>
  );
}

const narrow = matchMedia("(max-width: 860px)");

/** What leaves a feeling that is there as it is has no place here. */
const REGULATIONS: Readonly<Record<string, string>> = {
  [BY_MYSELF]: words.byMyself,
  ...Object.fromEntries(
    STRATEGIES.filter((each) => each !== "situation selection").map((each) => [each, words.regulations(each)]),
  ),
};

function Choice<V extends string>({
  name,
  why,
  value,
  options,
  choose,
}: {
  name: string;
  why: string;
  value: V;
  options: Readonly<Record<string, string>>;
  choose: (value: V) => void;
}) {
  const id = useId();
  return (
    <Row why={why} name={<label htmlFor={id}>{name}</label>}>
      <select id={id} value={value} onChange={(event) => choose(event.currentTarget.value as V)}>
        {Object.entries(options).map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </Row>
  );
}

function Slider({ studio, dial, value }: { studio: Studio; dial: Dial; value: number }) {
  const id = useId();
  const { name, why } = words.dials[dial];
  const [least, most] = TEMPERAMENT_LIMITS[dial];
  return (
    <Row why={why} name={<label htmlFor={id}>{name}</label>}>
      <span className="dialled">
        <input
          id={id}
          type="range"
          min={least}
          max={Math.min(MOST, most)}
          step="0.1"
          value={value}
          aria-valuetext={words.value(value)}
          onChange={(event) => studio.feeling.dial(dial, Number(event.currentTarget.value))}
        />
        <output>{words.value(value)}</output>
      </span>
    </Row>
  );
}

function Row({ name, why, children }: { name: ReactNode; why: string; children: ReactNode }) {
  return (
    <div className="knob">
      <span className="knob-name">{name}</span>
      {children}
      <Why text={why}>
        <span aria-hidden="true">?</span>
        <span className="quietly">{S.why}</span>
      </Why>
    </div>
  );
}
