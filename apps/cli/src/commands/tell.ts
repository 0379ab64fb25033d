// attune tell: it is told in words what to do, and does it to a file; or asks back.

import { meaningsOf, understand } from "@attune/core";
import { warn } from "../console.ts";
import { UserError } from "../fail.ts";
import { readLexicon } from "../lexicon-file.ts";
import { readRepertoire } from "../repertoire-file.ts";
import { actCommand } from "./act.ts";

export interface TellOptions {
  readonly repertoire: string | undefined;
  readonly words: string | undefined;
  readonly out: string;
  readonly duration: number | undefined;
  readonly rate: number;
  readonly skeleton: string | undefined;
  readonly json: boolean;
}

export async function tellCommand(text: string, options: TellOptions): Promise<void> {
  const repertoire = await readRepertoire(options.repertoire, "must be there");
  if (repertoire === undefined) return;
  const lexicon = await readLexicon(options.words, "may be missing");
  const acts = repertoire.acts.map(({ name }) => name);
  const told = understand(lexicon === undefined ? undefined : meaningsOf(lexicon), text, { acts });
  if (told.kind === "ask") throw new UserError(told.question);
  const { out, duration, rate, skeleton, json, repertoire: file } = options;
  await actCommand(told.act, {
    repertoire: file,
    out,
    duration,
    rate,
    skeleton,
    json,
    to: undefined,
    hand: undefined,
    via: [],
    sample: false,
    seed: undefined,
  });
  const { object, place, unknown } = told;
  const unmet = [object, place].filter((name) => name !== undefined);
  warn([
    ...(unmet.length > 0 ? [`I know no place of ${unmet.join(" and ")} here, and did it without`] : []),
    ...(unknown.length > 0
      ? [`I do not know ${unknown.map((word) => `'${word}'`).join(", ")} and went by the rest`]
      : []),
  ]);
}
