// Every word on the screen, in one place. First person for Attune, second for the person; nothing more exact than it is.

import type { Mode, Panel } from "./state.ts";
import { FEELING } from "./strings-feeling.ts";

const MODE_WORDS: Record<Mode, { readonly name: string; readonly why: string }> = {
  mirror: { name: "mirror", why: "I move as you move, at once." },
  imitate: { name: "imitate", why: "I do what you did, a moment later." },
  watch: { name: "watch", why: "I only watch. My units answer you all the same." },
  act: { name: "act", why: "I do acts of my own. Choose one from what I know." },
  answer: { name: "feel with", why: "I do not copy you. My face shows what I feel, and I answer as seems fitting." },
};

const PANEL_WORDS: Record<Panel, string> = {
  acts: "what I know",
  rooms: "how I work",
  looks: "my looks",
  privacy: "privacy",
  about: "about",
};

export const S = {
  name: "Attune",
  feeling: FEELING,
  skip: "Skip to the controls",
  modes: MODE_WORDS,
  panels: PANEL_WORDS,
  close: "close",
  why: "why?",
  controls: "what I do",
  mode: "mode",
  moreNav: "more",
  cancel: "cancel",
  mayKnow: "what I may know",
  nobodyBrings: "what nobody brings along",

  waking: "I am waking up.",
  broken: (reason: string) => `My thinking stopped: ${reason}. Load this page again; what you taught me is kept.`,
  reload: "Load again",

  you: "you",
  generatedName: "a generated person",
  attune: "Attune",
  attuneLabel: "Attune's body, moved by its own joint angles and action units",
  youLabel: "The person watched: landmarks, and a pale ghost where I expect them in half a second",
  nobody: "I see nobody yet.",
  nobodyWay: "Allow the camera, or watch a generated person.",

  useCamera: "Use the camera",
  useGenerated: "Watch a generated person",
  useFile: "Open a video file",
  stop: "stop watching",
  pause: "pause",
  resume: "go on",
  cameraOn: "camera on",
  fileOn: "video file",
  generatedOn: "no camera",
  microphoneOn: "microphone on",
  starting: "I am opening my eyes.",
  paused: "Paused. I see and hear nothing now.",
  ended: "The film is over.",
  watchAgain: "Watch it again",
  pausedSecond:
    "Paused by myself: there is a second face. I watch one person, and everybody in the picture should have agreed.",
  again: "Try again",
  noFace: "I see no face. Come into the picture, or turn on a light.",

  consentCamera: {
    title: "May I see you?",
    text: "Each picture becomes numbers here, on this machine: where your joints are, how your face moves. No picture is kept, none leaves this machine, and I do not try to know who you are.",
    company: "Whoever else may come into the picture should agree too. I pause when I see a second face.",
    yes: "Yes, use the camera",
    no: "No, show me the generated person",
  },
  consentMicrophone: {
    title: "May I hear you?",
    text: "I take pitch, loudness and whether somebody speaks, here, on this machine. No sound is kept, and no words are understood.",
    yes: "Yes, use the microphone",
    no: "No",
  },
  microphone: "Use the microphone",
  microphoneOff: "Microphone off",
  opening: "I am opening my ears.",
  silent: "I hear nobody speak.",
  speaking: (hz: number, loudness: number) =>
    `I hear a voice${hz > 0 ? ` at ${Math.round(hz)}\u00a0Hz` : ""}, ${loudness > 0.7 ? "loud" : loudness > 0.4 ? "as one talks" : "low"}.`,

  models: {
    title: "I need two files to see people",
    text: (size: string) =>
      `They find faces and bodies in pictures (${size} together, Apache-2.0). Attune's server on this machine fetches them once from their official address, checks them, and keeps them.`,
    fetch: "Fetch them",
    drop: "or drop the files here",
    choose: "choose the files",
    fetching: (name: string, share: number) => `fetching ${name}: ${Math.round(100 * share)} %`,
    without: "Go on without: watch the generated person",
    not: (name: string) =>
      `"${name}" is none of the two files I need; wanted: face_landmarker.task or pose_landmarker_lite.task.`,
  },

  belief: {
    title: "what I believe",
    none: "something I do not know",
    new: "something new",
    nothing: "Nobody moves yet.",
    why: (name: string, nats: number, percent: number, far: number, sd: number, remaining: number) =>
      `${nats > 0 ? `My own ${name} explains what I see better than "none of these" does, by ${nats.toFixed(1)} nats of evidence` : `My own ${name} explains what I see no better than "none of these" does`}; against all I know that is ${percent} of 100. I think it is ${Math.round(100 * far)} of 100 done, give or take ${Math.round(100 * sd)}, with ${remaining.toFixed(1)} s to go.`,
    face: (words: readonly string[]) =>
      words.length === 0 ? "Your face is at rest." : `Your face: ${words.join(", ")}.`,
    faceWhy:
      "Action units, as far as a camera sees them: what muscles do, not what you feel. Until I know your face at rest, I trust them half.",
    sign: { nod: "You nodded.", shake: "You shook your head.", "eyes closed": "Your eyes are closed." },
    whyNone: "How likely it is that nothing I know explains this movement. Above 90 for a while, I call it new.",
  },
  recognised: (act: string) => `I see ${act}.`,
  somethingNew: "I see something new.",
  unitsTitle: "units",
  unitsWhy:
    "Each act has five units, a line each, from its beginning (lowest) to its end; the denser the ink, the more one fires. One ink is for seeing the act, the other for doing it: they are the same units. Moving along with you needs no act and drives none.",
  seen: "seen",
  done: "done",
  unitsTable: "What the units of each act fire together now, for what is seen and for what is done",
  asTable: "as a table",
  renew: "renew",
  actColumn: "act",

  specular: "as a mirror does",
  specularWhy: "On: your left moves the side of mine that is opposite, as in a mirror. Off: your left moves my left.",
  delay: "how long after",
  seconds: (s: number) => `${s.toFixed(1)} s`,
  askThem: "ask the generated person for",
  askedFor: "ask",

  teach: {
    open: "Teach me something",
    countdown: (n: number) => `${n}`,
    ready: "Stand still. I watch from zero on.",
    finishing: "One moment: they finish what they are doing.",
    waiting: "Now: do it once.",
    moving: "I am watching. Hold still when it is over.",
    stopNow: "That was it",
    nothing: "Nothing moved. Shall we try again?",
    got: (s: number, n: number) =>
      n === 1 ? `I saw it: ${s.toFixed(1)} s.` : `${n} examples; the last took ${s.toFixed(1)} s.`,
    like: (name: string) =>
      `This looks like "${name}" to me. As another act it would be hard to tell from that one; as another way of doing "${name}" it helps.`,
    asWay: (name: string) => `It is a way to ${name}`,
    name: "What is it called?",
    keep: "Learn it",
    another: "Show it once more",
    discard: "Forget this",
    learning: (name: string) => `I am learning ${name}.`,
    learned: (name: string, n: number) => `Now I know ${name}, from ${n === 1 ? "one example" : `${n} examples`}.`,
    backAgain: "Do it again",
    done: "Good",
    portrait: "what I learned: the mean, and others as likely",
    chart: (hand: string) =>
      `Height of the ${hand} wrist above the neck, in trunk lengths, along the act: mean and two standard deviations. A wide band: I am not sure there, or it varies.`,
    who: "Who shows it?",
    known: (name: string) => `I know ${name} already: this becomes another way of doing it.`,
    keepExample: "keep this example too (joints and face units, no pictures), so that I can learn anew from it",
    bothHands: "either hand",
    bothHandsWhy: "Learn it for the other hand as well, by turning your example round.",
  },

  acts: {
    rename: "rename",
    forget: "forget",
    forgot: (name: string) => `I have forgotten ${name}.`,
    undo: "undo",
    do: "do it",
    examples: (n: number) => (n === 1 ? "1 example" : `${n} examples`),
    lasts: (s: number) => `${s.toFixed(1)} s`,
    show: "show what I learned",
    none: "I know no act yet. Teach me one.",
  },

  rooms: {
    text: "What passes through the rooms of my mind right now.",
    body: "body",
    bodyValue: (rate: number, bones: number) => `${rate.toFixed(0)} /s, ${bones} bones`,
    repertoireValue: (acts: number) => `${acts} acts`,
    neuronsValue: (units: number) => `${units} firing`,
    bodyWhy: (rate: number, joints: number) =>
      `${rate.toFixed(0)} frames a second come in; ${joints} of 17 bones are seen. Position, facing and size are taken away: what is left is where bones point, in my own body's terms.`,
    repertoire: "repertoire",
    repertoireWhy: (acts: number, ways: number) =>
      `${acts} acts in ${ways} ways. Each is one model that both does the act and recognises it.`,
    mirror: "mirror",
    mirrorWhy: (name: string, phase: number) =>
      `Every act I know is tried against what I see, at many speeds and places. Best now: ${name}, ${Math.round(100 * phase)} of 100 along.`,
    neurons: "units",
    neuronsWhy: (n: number) =>
      `${n} units fire now. They were bound to the sight of each act by watching myself do it.`,
    act: "own body",
    actWhy: (mode: string) => `I am in the mode "${mode}". Every joint you see is one of my own motor coordinates.`,
    later: "goals are being built; nothing passes there yet.",
    affect: "affect",
    affectValue: (v: number, a: number) => `${v.toFixed(2)} / ${a.toFixed(2)}`,
    affectWhy:
      'How pleasant and how stirred I am, -1 to 1. Under the picture, in "feeling", you see where it comes from.',
    social: "social",
    socialWhy: (kind: string) => `What I do about you now: ${kind}.`,
    heartAsleep: "asleep",
    heartAsleepWhy: 'I begin to feel when you open "feeling" or choose "feel with".',
  },

  avatar: {
    text: "Give me your own avatar: a VRM file, 0.x or 1.0, chosen here or dropped on my figure. It is read in this page and never sent. It is not kept: at your next visit I ask for it again.",
    choose: "Choose a VRM file",
    another: "Choose another",
    remove: "Be the drawn figure again",
    opening: (name: string) => `I am putting on ${name}.`,
    worn: (title: string) => `I look like ${title}.`,
    by: (authors: readonly string[]) => `by ${authors.join(", ")}`,
    as: (title: string, authors: readonly string[]) =>
      authors.length > 0 ? `as ${title} by ${authors.join(", ")}` : `as ${title}`,
    noAuthor: "The file names no author.",
    face: (shown: number, of: number, perfectSync: boolean) =>
      shown === 0
        ? "Its face does not move."
        : `Its face can show ${shown} of the ${of} movements I know, ${perfectSync ? "one by one (Perfect Sync)" : "some by presets that are named after feelings; I use them for what a face does"}.`,
    terms: "What its author allows",
    label: (title: string) => `Attune's body as ${title}, moved by its own joint angles and action units`,
    slow: "This browser draws 3-D without a graphics card, so the avatar is slow: I draw at most 15 pictures a second. The drawn figure is quicker.",
    wrong: {
      notGlb: (name: string, bytes: number) =>
        `"${name}" (${bytes} bytes) is not a 3-D file: it does not begin with "glTF". Wanted: a VRM avatar, 0.x or 1.0.`,
      gltfVersion: (name: string, version: number) =>
        `"${name}" is glTF version ${version}; wanted: version 2, which VRM is made of. Export it again as VRM.`,
      cut: (name: string, bytes: number, length: number) =>
        `"${name}" is cut off: ${bytes} bytes came, its head says ${length}. Copy it again.`,
      unreadable: (name: string) => `"${name}" is damaged: its description cannot be read. Copy or export it again.`,
      notVrm: (name: string) =>
        `"${name}" is a 3-D file (glTF), but no VRM avatar is in it. Wanted: VRM 0.x or 1.0, exported as such.`,
      spec: (name: string, version: string) => `"${name}" is VRM ${version}, which I cannot read; wanted: 0.x or 1.0.`,
      bones: (name: string, missing: readonly string[]) =>
        `"${name}" lacks bones every VRM avatar has: ${missing.join(", ")}. Give it these in the program it was made in.`,
      outside: (name: string, address: string) =>
        `"${name}" wants other files ("${address}"), and this page fetches nothing. Wanted: a VRM with everything in one file.`,
      damaged: (name: string, reason: string) =>
        `"${name}" is a VRM, but could not be read: ${reason}. Copy or export it again.`,
      large: (name: string, bytes: number, most: number) =>
        `"${name}" has ${Math.round(bytes / 1e6)} MB; I take up to ${Math.round(most / 1e6)} MB. Export it with smaller textures.`,
      noWebgl: "This browser cannot draw 3-D (no WebGL 2), so I stay the drawn figure.",
      lost: "The graphics card gave up on the avatar, so I am the drawn figure again. You can choose the file once more.",
    },
    licence: {
      none: "The file says nothing about its licence; ask its author before you show it.",
      allowed: "allowed",
      notAllowed: "not allowed",
      who: (users: string) => `Who may be it: ${users}`,
      users: {
        Everyone: "everyone",
        ExplicitlyLicensedPerson: "people its author named",
        OnlyAuthor: "its author alone",
        everyone: "everyone",
        onlySeparatelyLicensedPerson: "people its author named",
        onlyAuthor: "its author alone",
      },
      credit: "Its author wants to be named",
      creditFree: "Its author need not be named",
      commercial: (what: string) => `Commercial use: ${what}`,
      commerce: { personalNonProfit: "not allowed", personalProfit: "by single persons", corporation: "allowed" },
      violent: (what: string) => `Violence: ${what}`,
      sexual: (what: string) => `Sexual content: ${what}`,
      political: (what: string) => `Politics and religion: ${what}`,
      hateful: (what: string) => `Hate and antisocial content: ${what}`,
      passOn: (what: string) => `Passing the file on: ${what}`,
      changing: (what: string) => `Changing it: ${what}`,
      modification: {
        prohibited: "not allowed",
        allowModification: "allowed",
        allowModificationRedistribution: "allowed, also to pass on",
      },
      licence: (name: string) => `Licence: ${name}`,
      contact: (text: string) => `Contact: ${text}`,
    },
  },

  privacy: {
    text: [
      "Camera and microphone are off until you say yes, each for itself, and a light shows while they are on.",
      "Pictures and sound become numbers in this page. They are never stored and never sent; this page cannot talk to any other machine.",
      'What a face looks like (joyful, sad) I say of a person only after a yes of its own, asked for under "feeling"; there it is taken back, too. At work and at school it stays off.',
      "What you teach me is kept on this machine: joint positions and face units of the example, never pictures.",
      "Not for judging people at work or in education, where reading emotions of people is prohibited in the EU outside medical and safety use; not for hiring, policing, finding lies, or covertly watching anybody.",
      "Not a diagnosis and no measure of a person. I can be wrong, and I say how sure I am.",
    ],
    export: "Take everything with you (one file)",
    delete: "Delete everything",
    deleteSure: "Really delete all I learned, all settings and consents? This cannot be undone.",
    deleteYes: "Delete everything",
    deleteNo: "Keep it",
  },
  about: {
    text: [
      "A model of a mirror system, not a brain. It watches somebody move, re-enacts it with its own body, and so recognises the act, expects what comes next, learns from one example and does it back.",
      "It says what bodies do and what faces look like, never what somebody feels.",
    ],
    tour: "Show me the tour again",
  },
  keepingFailed: (reason: string) => `Not written down yet: ${reason}`,
  keepAgain: "Try again",
  unread: "What I learned before could not be read, so nothing new is written down over it.",
  elsewhere: "What I know was changed elsewhere meanwhile, by another page or the command line.",
  keepMine: "Keep what I know here (the other stays in the history)",
  takeTheirs: "Take the other",
  nothingKept: "nothing is kept any more; keep what I know here instead",
  consentUnkept: (reason: string) => `Your answer holds, but could not be written down: ${reason}`,

  tour: {
    title: "A minute with me",
    next: "next",
    skip: "skip the tour",
    of: (n: number, all: number) => `${n} of ${all}`,
    steps: {
      hello: "Hello. On the left is somebody to watch, a generated person. On the right is me.",
      mirror: "I move as they move. I re-enact what I see with my own joints: that is how I understand it.",
      belief: "In the middle is what I believe: which act it is, how far along, and how sure I am.",
      units: "Below are my units. The same ones fire when I see an act and when I do it.",
      strange: "Now they do something I do not know. Watch me notice.",
      learn: "I have seen it once. I learn it from that.",
      back: "And I do it back.",
      missed: "I missed it. It happens; when you show me something, I wait until you are done.",
      yours: "Your turn. I can watch you, if you let me. Or go on with the generated person.",
    },
  },
} as const;
