// What Attune does about the other: now, and in a moment; each with its reasons and what it won against.

import type { Response } from "@attune/core";
import { useState } from "react";
import type { FeelingTold } from "../../mind/feeling-protocol.ts";
import { useStore } from "../../store.ts";
import { S } from "../../strings.ts";
import type { Studio } from "../../studio.ts";
import { Why } from "../why.tsx";
import { aboutThem, sentence } from "./about.ts";
import { useGenerated, useTold } from "./told.ts";

const words = S.feeling.response;
/** Losers told of beside what stands out. */
const LOSERS = 3;
/** s */
const FRESH = 4;

export function ResponseView({ studio }: { studio: Studio }) {
  const [held, setHeld] = useState(false);
  const told = useTold(studio, held);
  const mode = useStore(studio.store, (state) => state.mode);
  return (
    <section className="response" aria-labelledby="response-title">
      <h3 id="response-title">{words.title}</h3>
      {told ? <Done studio={studio} told={told} hold={setHeld} /> : <p>{words.nothing}</p>}
      {mode === "answer" ? null : (
        <p className="small">
          {words.onlyAnswer}{" "}
          <button type="button" className="quiet" onClick={() => studio.setMode("answer")}>
            {words.tryIt}
          </button>
        </p>
      )}
    </section>
  );
}

function Done({ studio, told, hold }: { studio: Studio; told: FeelingTold; hold: (open: boolean) => void }) {
  const generated = useGenerated(studio);
  const { responses, strategy, strategyWhy } = told;
  const { main, now, next, time } = responses;
  // What came to nothing is told while it is fresh.
  const considered =
    responses.considered && time - responses.considered.time < FRESH ? responses.considered : undefined;
  const losers = (main ?? considered)?.against.slice(0, LOSERS) ?? [];
  return (
    <>
      <ul className="responses">
        {main ? null : <li className="none">{considered ? words.considered(considered.cue) : words.nothing}</li>}
        {[...now, ...next].map((each) => (
          <li key={each.row} className={each.since === null ? "coming" : ""}>
            <Why onOpen={hold} text={aboutThem(reasonsOf(each), generated)}>
              <span className="name">{each.kind}</span>
              <span className="small">
                {words.channel[each.channel]},{" "}
                {each.since === null ? words.soon(each.expectedOnset - time) : words.since(time - each.since)}
              </span>
            </Why>
          </li>
        ))}
      </ul>
      <div className="rather small">
        {main ? <p>{sentence(aboutThem(main.reasons[1] ?? "", generated))}</p> : null}
        {losers.length > 0 ? (
          <p>
            {main ? `${words.rather} ` : ""}
            {losers.map(({ row, kind, why }) => (
              <Why key={row} onOpen={hold} text={aboutThem(words.whyNot(kind, why), generated)} className="loser">
                {kind}
              </Why>
            ))}
          </p>
        ) : null}
      </div>
      {strategy === "none" ? null : <p className="small">{words.regulates(strategy, strategyWhy)}</p>}
    </>
  );
}

function reasonsOf({ reasons, against }: Response): string {
  return [...reasons.map(sentence), ...against.slice(0, LOSERS).map(({ kind, why }) => words.whyNot(kind, why))].join(
    " ",
  );
}
