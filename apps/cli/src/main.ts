// The command line. Each verb is a module in commands/; here is only what can be typed, and where errors end.

import { pathToFileURL } from "node:url";
import { Command, CommanderError, Option } from "commander";
import { failureOf, PipeClosed, UserError } from "./fail.ts";
import { watchPipe } from "./console.ts";
import * as parse from "./options.ts";

const EXAMPLES = {
  watch: [
    "attune watch walk.bvh",
    "attune watch hands.csv --columns time=t,wrist=wx/wy/wz --json",
    "attune watch set.json --item 12 --speed max",
    "tracker | attune watch -",
  ],
  read: [
    "attune read faces.csv",
    "attune read faces.csv --json",
    "attune read session.openface.csv --rest --all",
    "attune read tracker.csv --train labelled.csv --save reading.json",
  ],
  learn: [
    "attune learn wave wave.bvh",
    "attune learn wave day.ndjson --segment 1.2:2.9",
    "attune learn --set set.json --except-subj 3 --repertoire r.json",
  ],
  act: [
    "attune act wave --out mine.bvh",
    "attune act reach --to 0.2,-0.1,0.9 --duration 1.5 --out reach.csv",
    "attune act wave --via 0.5:-0.4,0.6,0.5@right --out wave.ndjson",
  ],
  acts: ["attune acts list", "attune acts rename wave1 wave", "attune acts export friends.json wave bow"],
  "acts list": ["attune acts list", "attune acts list --repertoire friends.json --json"],
  "acts rename": ["attune acts rename wave1 wave"],
  "acts merge": ["attune acts merge wave2 wave"],
  "acts forget": ["attune acts forget wave bow"],
  "acts export": ["attune acts export friends.json wave bow"],
  "acts import": ["attune acts import friends.json", "attune acts import starter"],
  convert: [
    "attune convert walk.bvh walk.ndjson.gz",
    "attune convert set.json first.bvh --item 0",
    "attune convert walk.bvh walk.glb",
    "attune convert session.eaf session.csv",
  ],
  bench: ["attune bench list", "attune bench recognition --data ~/sets --short"],
  scene: ["attune scene"],
  serve: ["attune serve", "attune serve --port 8080 --no-open"],
  store: ["attune store list", "attune store history mine", "attune store export mine mine.json --version 3"],
  "store list": ["attune store list", "attune store list --json"],
  "store history": ["attune store history mine"],
  "store export": ["attune store export mine mine.json", "attune store export mine old.json --version 3"],
  "store import": ['attune store import mine attune-repertoire.json --note "from the lab"'],
  "store restore": ["attune store restore mine 3"],
  "store delete": ["attune store delete mine"],
  "store everything": ["attune store everything backup.json"],
  say: ["attune say day.ndjson", "attune say day.ndjson --every 2 --json"],
  tell: ['attune tell "please wave" --out mine.bvh', "attune tell winken --words german.json --out mine.bvh"],
  words: ["attune words list", 'attune words teach wave "winken"', "attune words learn day.ndjson --said day.eaf"],
  "words list": ["attune words list", "attune words list --words german.json --json"],
  "words teach": ['attune words teach wave "winken"', 'attune words teach cup "die Tasse" --kind object'],
  "words learn": [
    "attune words learn day.ndjson --said day.csv",
    "attune words learn day.ndjson --said session.eaf --tier mother",
  ],
  goals: ["attune goals learn breakfast.eaf", "attune goals show drink", "attune goals watch day.ndjson --why"],
  "goals learn": [
    "attune goals learn breakfast.eaf lunch.csv",
    "attune goals learn pour.csv --goal drink",
    "attune goals learn unnamed.csv --discover",
  ],
  "goals show": ["attune goals show", "attune goals show drink --json"],
  "goals watch": ["attune goals watch lunch.csv --why", "attune goals watch day.ndjson --scene breakfast --json"],
};

const VERBS = [
  "watch",
  "read",
  "learn",
  "act",
  "acts",
  "convert",
  "bench",
  "scene",
  "serve",
  "store",
  "say",
  "tell",
  "words",
  "goals",
] as const;

const DEFAULT_TEXT = "repertoire file (default: ./attune-repertoire.json)";
const GOALS_TEXT = "file of goals (default: ./attune-goals.json)";
const WORDS_TEXT = "file of words (default: ./attune-words.json)";
const UP = ["x", "y", "z", "-x", "-y", "-z"] as const;

export function createProgram(): Command {
  const program = new Command("attune");
  program
    .description("Watches a recording of a person moving, learns an act from one example, performs it.")
    .version("0.1.0", "-v, --version")
    // Behind a verb --version is that verb's own.
    .enablePositionalOptions()
    .helpCommand(false)
    .showHelpAfterError(false)
    .addHelpText("after", examples(VERBS.map((verb) => EXAMPLES[verb][0])))
    .addHelpText("after", "\nWhat is learned is kept in ./attune-repertoire.json unless --repertoire says otherwise.");

  mirrorOption(recordingOptions(verb(program, "watch", "say what is seen while a recording or a live stream goes by")))
    .argument(
      "<file>",
      "recording (.ndjson, .bvh, .csv and others, each also .gz), SET.json with --item, a folder of OpenPose's files, or - for standard input",
    )
    .option("--repertoire <file>", DEFAULT_TEXT)
    .option(
      "--speed <factor>",
      "1 plays in real time (default on a terminal), max as fast as possible (default elsewhere)",
      parse.speed,
    )
    .option("--feeling", "read the face too (it is not read otherwise), and say what is felt and answered", false)
    .option("--json", "one JSON object a frame on standard output, nothing else", false)
    .action(async (file: string, o) => {
      const { watch } = await import("./commands/watch.ts");
      await watch(file, {
        ...input(o),
        repertoire: o.repertoire,
        speed: o.speed,
        json: o.json,
        mirror: o.mirror,
        feeling: o.feeling,
      });
    });

  recordingOptions(verb(program, "read", "say what each face looks like: a row of probabilities for each row read"))
    .argument(
      "<file>",
      "table with action units (AU01 or AU1, 0/1 or 0-5) or a tracker's channels (afx_*, blend shapes), a recording with a face, or - for standard input",
    )
    .option("--all", "all probabilities in their order, not only those that count", false)
    .option("--rest", "take off the person's own resting face, learned as the recording goes", false)
    .option(
      "--train <file>",
      "read a tracker's channels by what this labelled table teaches, or by a reading kept with --save",
    )
    .option("--save <file>", "keep what --train taught, as JSON")
    .addOption(
      new Option("--scale <full>", "what a unit's column goes to (default: what the file itself suggests)").choices([
        "1",
        "5",
        "100",
      ]),
    )
    .option("--json", "one JSON object a row on standard output, nothing else", false)
    .action(async (file: string, o) => {
      const { read } = await import("./commands/read.ts");
      const { json, all, rest, train, save } = o;
      const scale = o.scale === undefined ? undefined : Number(o.scale);
      await read(file, { ...input(o), json, all, rest, scale, train, save });
    });

  mirrorOption(
    recordingOptions(verb(program, "learn", "learn an act from one recording or more, or every class of a set")),
  )
    .argument("[name]", "what to call the act (not with --set)")
    .argument("[files...]", "recordings of it, one performance each; one is enough")
    .option("--segment <from:to>", "only this part of the recording, s (1.2:2.9, 1.2: or :2.9)", parse.segment)
    .option("--set <file>", "learn every class of a set (SET.json with SET.bin beside it)")
    .option("--except-subj <name>", "with --set: leave this person out")
    .option("--only-split <name>", "with --set: only this split, train or test")
    .option("--repertoire <file>", DEFAULT_TEXT)
    .option("--json", "the result as one JSON object", false)
    .action(async (name: string | undefined, files: string[], o) => {
      const { learnFiles, learnWholeSet } = await import("./commands/learn.ts");
      if (o.set !== undefined) {
        if (name !== undefined)
          throw new UserError(`--set learns the acts a set names, but "${name}" came too; leave one out`);
        const unfit = (["segment", "item", "columns", "who"] as const).find((option) => o[option] !== undefined);
        if (unfit) throw new UserError(`--${unfit} does not go with --set, which learns whole sets; leave it out`);
        await learnWholeSet(o.set, { ...o, person: o.person });
        return;
      }
      if (o.exceptSubj !== undefined || o.onlySplit !== undefined)
        throw new UserError("--except-subj and --only-split choose from a set; say which with --set SET.json");
      if (name === undefined || files.length === 0)
        throw new UserError(
          `${name === undefined ? "no name and no recording" : `the name "${name}" but no recording`} came; attune learn NAME FILE was wanted`,
        );
      await learnFiles(name, files, {
        ...input(o),
        repertoire: o.repertoire,
        json: o.json,
        mirror: o.mirror,
        segment: o.segment,
      });
    });

  verb(program, "act", "perform a known act and write it as a recording")
    .argument("<name>", "the act")
    .requiredOption("--out <file>", "where to: .bvh, .csv, .ndjson or .glb")
    .option(
      "--to <x,y,z>",
      "where the wrist should end: left, up, forward of the neck in trunk lengths (other bodies: one number a coordinate)",
      (text: string) => parse.coordinates("--to", text),
    )
    .option("--hand <side>", "which hand --to means, left or right (default: right)", (text: string) =>
      parse.hand("--hand", text),
    )
    .option(
      "--via <phase:x,y,z[@hand]>",
      "a place the wrist should pass at a phase from 0 to 1; may be repeated (hand: right unless @left)",
      (text: string, before: ReturnType<typeof parse.via>[]) => [...before, parse.via(text)],
      [],
    )
    .option("--duration <s>", "how long it should take", (text: string) =>
      parse.positive("--duration", text, "seconds above 0, at most an hour,", 3600),
    )
    .option("--rate <hz>", "frames a second", (text: string) => rate(text), 30)
    .option("--skeleton <name>", "the body to write it on (default: attune-20)")
    .option("--sample", "a performance as varied as those it was learned from, instead of the mean one", false)
    .option("--seed <n>", "which one", (text: string) => parse.count("--seed", text))
    .option("--repertoire <file>", DEFAULT_TEXT)
    .option("--json", "the result as one JSON object", false)
    .action(async (name: string, o) => {
      const { actCommand } = await import("./commands/act.ts");
      await actCommand(name, o);
    });

  acts(program);

  recordingOptions(verb(program, "convert", "write a recording in another format, which the new name says"))
    .argument("<file>", "recording, SET.json with --item, a folder of OpenPose's files, or annotations")
    .argument(
      "<out>",
      "new file: .ndjson, .csv, .bvh, .glb or .openface.csv; for annotations .eaf, .csv or .tsv; each also .gz",
    )
    .option("--json", "the result as one JSON object", false)
    .action(async (from: string, to: string, o) => {
      const { convertCommand } = await import("./commands/convert.ts");
      await convertCommand(from, to, { ...input(o), json: o.json });
    });

  verb(program, "bench", "measure on recorded sets")
    .argument("<name>", "which measurement, or list: all of them, a line each")
    .option("--data <dir>", "folder of the sets; no default (or in the environment: ATTUNE_DATA)")
    .option("--only <set,set>", "only these sets; with all, benches too", (text: string) =>
      text.split(",").filter((name) => name !== ""),
    )
    .option("--train <file>", "expression: read trackers' faces by what this labelled table teaches")
    .option("--short", "a quick, rough measurement", false)
    .option("--out <path>", "keep the result as JSON; with all, the folder of results")
    .option("--json", "the result as one JSON object on standard output", false)
    .action(async (name: string, o) => {
      const { benchCommand } = await import("./commands/bench.ts");
      await benchCommand(name, o);
    });

  verb(
    program,
    "scene",
    "half a minute of a mind watching a stranger: it recognises, meets something new, learns it, does it",
  )
    .option("--seed <n>", "another stranger", (text: string) => parse.count("--seed", text), 1)
    .action(async (o) => {
      const { scene } = await import("./commands/scene.ts");
      await scene(o);
    });

  verb(program, "serve", "open the Studio in the browser, served on this machine alone")
    .option("--port <n>", "where to listen (default: PORT in the environment, else the first free one from 4747)")
    .option("--no-open", "do not open a browser")
    .action(async (o) => {
      const { serve, parsePort } = await import("./commands/serve.ts");
      await serve({ port: o.port === undefined ? undefined : parsePort("--port", o.port), open: o.open });
    });

  store(program);
  say(program);
  tell(program);
  words(program);
  goals(program);
  return program;
}

function goals(program: Command): void {
  const group = verb(
    program,
    "goals",
    "learn, show or watch for what people do things: chains of acts and their goals",
  );
  const sub = (usage: string, name: "learn" | "show" | "watch", description: string): Command =>
    group
      .command(usage)
      .description(description)
      .addHelpText("after", examples(EXAMPLES[`goals ${name}`]))
      .option("--goals <file>", GOALS_TEXT)
      .option("--json", "JSON on standard output, nothing else", false);
  sub("learn <files...>", "learn", "learn chains from annotations (tiers act, goal, object), tables or sets of chains")
    .option("--goal <name>", "goal of the chains that name none")
    .option("--discover", "sort the chains that name no goal by what they are made of", false)
    .action(async (files: string[], o) => (await loadGoals()).learnGoals(files, o));
  sub("show [goal]", "show", "the chains of a goal, or of all, with how often and how long").action(async (goal, o) =>
    (await loadGoals()).showGoals(goal, o),
  );
  recordingOptions(mirrorOption(sub("watch <file>", "watch", "say what somebody is up to, act by act")))
    .option("--scene <name>", "what scene it is")
    .option("--why", "give the reasons too", false)
    .option("--repertoire <file>", DEFAULT_TEXT)
    .action(async (file: string, o) => {
      const { goals: known, json, repertoire, mirror, scene: set, why } = o;
      await (
        await loadGoals()
      ).watchGoals(file, { ...input(o), goals: known, json, repertoire, mirror, scene: set, why });
    });
}

function loadGoals(): Promise<typeof import("./commands/goals.ts")> {
  return import("./commands/goals.ts");
}

function say(program: Command): void {
  mirrorOption(
    recordingOptions(verb(program, "say", "say in a sentence what is seen, in own words where there are any")),
  )
    .argument("<file>", "recording, SET.json with --item, a folder of OpenPose's files, or - for standard input")
    .option(
      "--every <s>",
      "a sentence each so many seconds (default: one for each thing that happens)",
      (text: string) => parse.positive("--every", text, "seconds above 0"),
    )
    .option("--feeling", "look at the face too", false)
    .option("--words <file>", WORDS_TEXT)
    .option("--repertoire <file>", DEFAULT_TEXT)
    .option("--json", "one JSON object a sentence on standard output, nothing else", false)
    .action(async (file: string, o) => {
      const { sayCommand } = await import("./commands/say.ts");
      const { repertoire, words: lexicon, every, feeling, json, mirror } = o;
      await sayCommand(file, { ...input(o), repertoire, words: lexicon, every, feeling, json, mirror });
    });
}

function tell(program: Command): void {
  verb(program, "tell", "tell it in words what to do; it does that to a file, or asks back")
    .argument("<text>", "in words it has learned, or by the names of its acts")
    .requiredOption("--out <file>", "where to: .bvh, .csv, .ndjson or .glb")
    .option("--duration <s>", "how long it should take", (text: string) =>
      parse.positive("--duration", text, "seconds above 0, at most an hour,", 3600),
    )
    .option("--rate <hz>", "frames a second", rate, 30)
    .option("--skeleton <name>", "the body to write it on (default: attune-20)")
    .option("--words <file>", WORDS_TEXT)
    .option("--repertoire <file>", DEFAULT_TEXT)
    .option("--json", "the result as one JSON object", false)
    .action(async (text: string, o) => {
      const { tellCommand } = await import("./commands/tell.ts");
      await tellCommand(text, o);
    });
}

function words(program: Command): void {
  const group = verb(program, "words", "list or teach what words mean, or learn it from what was said in a recording");
  const sub = (usage: string, name: "list" | "teach" | "learn", description: string): Command =>
    group
      .command(usage)
      .description(description)
      .addHelpText("after", examples(EXAMPLES[`words ${name}`]))
      .option("--words <file>", WORDS_TEXT)
      .option("--json", "the result as one JSON object", false);
  sub("list", "list", "the words that were heard and what they mean").action(async (o) =>
    (await loadWords()).listWords(o),
  );
  sub("teach <name> <text>", "teach", "say something while that act, or other thing, is there for certain")
    .addOption(
      new Option("--kind <kind>", "what it is")
        .choices(["act", "object", "goal", "expression", "place"])
        .default("act"),
    )
    .action(async (name: string, text: string, o) => (await loadWords()).teachWords(name, text, o));
  mirrorOption(recordingOptions(sub("learn <file>", "learn", "watch a recording and hear what was said in it")))
    .requiredOption(
      "--said <file>",
      "who said what when: a table (.csv, .tsv) or ELAN's .eaf, on the recording's clock",
    )
    .option("--tier <name>", "which tier is speech, where there are several")
    .option("--repertoire <file>", DEFAULT_TEXT)
    .action(async (file: string, o) =>
      (await loadWords()).learnWords(file, {
        ...input(o),
        said: o.said,
        tier: o.tier,
        words: o.words,
        repertoire: o.repertoire,
        json: o.json,
        mirror: o.mirror,
      }),
    );
}

function loadWords(): Promise<typeof import("./commands/words.ts")> {
  return import("./commands/words.ts");
}

/** What can be done to what the Studio keeps. */
type Keeping = "list" | "history" | "export" | "import" | "restore" | "delete" | "everything";

function store(program: Command): void {
  const group = verb(program, "store", "list, take out or put in what the Studio keeps, whether it runs or not");
  const sub = (usage: `${Keeping}${"" | ` ${string}`}`, description: string): Command =>
    group
      .command(usage)
      .description(description)
      .addHelpText("after", examples(EXAMPLES[`store ${usage.split(" ")[0] as Keeping}`]))
      .option("--json", "the result as one JSON object", false);
  const version = (text: string): number => parse.count("VERSION", text);
  sub("list", "the repertoires that are kept").action(async (o) => (await loadStore()).listCommand(o));
  sub("history <name>", "every version of one").action(async (name, o) => (await loadStore()).historyCommand(name, o));
  sub("export <name> <out>", "write one to a file that other commands take with --repertoire")
    .option("--version <n>", "an older version", (text: string) => parse.count("--version", text))
    .action(async (name, out, o) => (await loadStore()).exportCommand(name, out, o));
  sub("import <name> <file>", "keep such a file, as a new version where there is one by that name")
    .option("--note <text>", "what to say of it in the history")
    .action(async (name, file, o) => (await loadStore()).importCommand(name, file, o));
  sub("restore <name> <version>", "make an old version the newest again").action(async (name, n, o) =>
    (await loadStore()).restoreCommand(name, version(n), o),
  );
  sub("delete <name>", "delete one with its history and examples").action(async (name, o) =>
    (await loadStore()).deleteCommand(name, o),
  );
  sub("everything <out>", "write all that is kept to one JSON file").action(async (out, o) =>
    (await loadStore()).everythingCommand(out, o),
  );
}

function loadStore(): Promise<typeof import("./commands/store.ts")> {
  return import("./commands/store.ts");
}

/** What can be done to acts. */
type Deed = "list" | "rename" | "merge" | "forget" | "export" | "import";

function acts(program: Command): void {
  const group = verb(program, "acts", "list, rename, merge, forget, export or import what is known").option(
    "--repertoire <file>",
    DEFAULT_TEXT,
  );
  const sub = (usage: `${Deed}${"" | ` ${string}`}`, description: string): Command =>
    group
      .command(usage)
      .description(description)
      .addHelpText("after", examples(EXAMPLES[`acts ${usage.split(" ")[0] as Deed}`]))
      .option("--repertoire <file>", DEFAULT_TEXT)
      .option("--json", "the result as one JSON object", false);
  // --repertoire may stand before or after the verb.
  const withGroup = (o: { repertoire?: string; json: boolean }) => ({
    repertoire: o.repertoire ?? group.opts()["repertoire"],
    json: o.json,
  });
  sub("list", "what is known").action(async (o) => (await loadActs()).listActs(withGroup(o)));
  sub("rename <from> <to>", "call an act something else").action(async (from, to, o) =>
    (await loadActs()).renameCommand(from, to, withGroup(o)),
  );
  sub("merge <from> <into>", "make one act another way of doing a second").action(async (from, into, o) =>
    (await loadActs()).mergeCommand(from, into, withGroup(o)),
  );
  sub("forget <names...>", "forget acts").action(async (names, o) =>
    (await loadActs()).forgetCommand(names, withGroup(o)),
  );
  sub("export <out> [names...]", "write some acts, or all, to a file of their own").action(async (out, names, o) =>
    (await loadActs()).exportCommand(out, names, withGroup(o)),
  );
  sub("import <file>", "take in the acts of such a file, or the starter repertoire").action(async (file, o) =>
    (await loadActs()).importCommand(file, withGroup(o)),
  );
}

function loadActs(): Promise<typeof import("./commands/acts.ts")> {
  return import("./commands/acts.ts");
}

function verb(program: Command, name: (typeof VERBS)[number], description: string): Command {
  return program.command(name).description(description).addHelpText("after", examples(EXAMPLES[name]));
}

/** Options for reading a recording. */
function recordingOptions(command: Command): Command {
  return command
    .option("--item <n>", "which recording of a set, from 0", (text: string) => parse.count("--item", text))
    .option("--person <n>", "whose body in a set of several people, from 1", (text: string) =>
      parse.count("--person", text),
    )
    .option("--who <name>", "whose frames, where a file holds several people (default: the first)")
    .option(
      "--columns <map>",
      "columns of a CSV file: time=t,wrist=wx/wy/wz,... (a channel: the bare name of its column)",
      parse.columns,
    )
    .option("--rate <hz>", "frames a second, where the file does not say", rate)
    .addOption(new Option("--up <axis>", "upward axis, where the file does not say").choices(UP));
}

function mirrorOption(command: Command): Command {
  return command.option("--mirror", "see the person as in a mirror: their left as my right", false);
}

function rate(text: string): number {
  const hz = parse.positive("--rate", text, "frames a second from above 0 to 1000");
  if (hz > 1000) throw new UserError(`--rate ${text} came, frames a second from above 0 to 1000 were wanted`);
  return hz;
}

type Values = Record<"item" | "person" | "who" | "columns" | "rate" | "up", never>;

function input({ item, person, who, columns, rate: hz, up }: Values) {
  return { item, person, who, columns, rate: hz, up };
}

function examples(list: readonly string[]): string {
  return `\nExamples:\n${list.map((line) => `  ${line}`).join("\n")}`;
}

/** Runs one command line; ends the process only where nothing else can (a closed pipe). */
export async function main(args: readonly string[]): Promise<void> {
  watchPipe();
  const program = createProgram();
  quieten(program);
  try {
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (error instanceof PipeClosed) return;
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return;
      // A verb is missing: its help has been shown instead.
      if (error.code === "commander.help") {
        process.exitCode = 2;
        return;
      }
      fail({ line: `${error.message.replace(/^error: /, "").replace(/\s+/g, " ")}; see attune --help`, exitCode: 2 });
      return;
    }
    fail(failureOf(error));
    if (process.env["ATTUNE_DEBUG"]) throw error;
  }
}

function fail({ line, exitCode }: { line: string; exitCode: number }): void {
  process.stderr.write(`attune: ${line}\n`);
  process.exitCode = exitCode;
}

/** Errors come to `main` instead of ending the process, which says them in one line. */
function quieten(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => undefined });
  for (const sub of command.commands) quieten(sub);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await main(process.argv.slice(2));
