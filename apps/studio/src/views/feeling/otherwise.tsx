// What Attune would do otherwise about what it last answered: one thing different a row, against things as they are.

import { useState } from "react";
import type { Otherwise, WouldDo } from "../../mind/feeling-protocol.ts";
import { S } from "../../strings.ts";
import type { Studio } from "../../studio.ts";
import { Why } from "../why.tsx";
import { aboutThem } from "./about.ts";
import { TOLD, splitRows } from "./told-words.ts";
import { useGenerated, useTold } from "./told.ts";

const words = S.feeling.otherwise;

export function OtherwiseView({ studio }: { studio: Studio }) {
  const [held, setHeld] = useState(false);
  const otherwise = useTold(studio, held)?.otherwise;
  const generated = useGenerated(studio);
  return (
    <section className="otherwise" aria-labelledby="otherwise-title">
      <h3 id="otherwise-title">
        <Why text={words.why}>{words.title}</Why> {otherwise ? <span>{words.to(otherwise.cue)}</span> : null}
      </h3>
      {otherwise ? (
        <Rows otherwise={otherwise} generated={generated} hold={setHeld} />
      ) : (
        <p className="small">{words.none}</p>
      )}
    </section>
  );
}

function Rows({
  otherwise: { rows },
  generated,
  hold,
}: {
  otherwise: Otherwise;
  generated: boolean;
  hold: (open: boolean) => void;
}) {
  const [now, ...others] = rows;
  const { different, same } = splitRows(now, others);
  return (
    <>
      <table>
        <tbody>
          {[now, ...different].map((row) => (
            <tr key={words.if(row.if)} className={row.if.knob === "now" ? "now" : ""}>
              <th scope="row">{words.if(row.if)}</th>
              <td>
                {row.would.length === 0
                  ? words.nothing
                  : row.would.slice(0, TOLD).map((each) => (
                      <Why
                        key={each.channel}
                        onOpen={hold}
                        className={each.differs ? "differs" : ""}
                        text={aboutThem(words.reasons(each.strength, each.latency, each.reasons), generated)}
                      >
                        {words.would(each.kind, each.chance, moreThan(now.would, each))}
                      </Why>
                    ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {same.length > 0 ? (
        <p className="small">
          {words.same} {same.map((row) => words.if(row.if)).join(", ")}.
        </p>
      ) : null}
    </>
  );
}

/** How much stronger the same is done than as things are. */
function moreThan(present: readonly WouldDo[], { kind, strength }: WouldDo): number {
  const now = present.find((each) => each.kind === kind);
  return now ? strength - now.strength : 0;
}
