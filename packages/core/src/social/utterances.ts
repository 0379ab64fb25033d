// Kinds of things to say, and plain words an interface may show for them. Attune decides the kind; the words are only one way.

export const UTTERANCES = {
  "mm-hm": ["Mm-hm.", "Yes.", "I see."],
  greet: ["Hello.", "Good to see you."],
  "acknowledge feeling": ["That looks hard.", "This seems to weigh on you."],
  legitimise: ["Anyone would feel that way.", "It makes sense that this is hard."],
  "invite story": ["Would you like to tell me about it?", "What happened?"],
  reframe: ["May I say how it looks from here?", "Is there another way to see it?"],
  advise: ["One thing that could help:", "You could try this:"],
  "offer help": ["Is there something I can do?", "Shall I help you with that?"],
  reassure: ["I am here. Take your time.", "It is all right. Let us look at it calmly."],
  inform: ["This is what I know about it:", "Let me tell you what is happening."],
  "ask what happened": ["Did something happen?", "What was that?"],
  "acknowledge anger": [
    "I hear that you are angry with me. I am listening.",
    "You are angry; I want to understand why.",
  ],
  validate: ["I can see why that makes you angry.", "That was not right towards you."],
  "brief acknowledgement": ["I see.", "Understood."],
  congratulate: ["Congratulations!", "Well done, that is good news!"],
  "share joy": ["That is wonderful!", "I am glad with you!"],
  regret: ["I am sorry to hear that.", "That is a pity."],
  "give space": ["I leave you in peace. I am here when you want.", "Take all the time you need."],
  explain: ["Shall I say it in another way?", "What is unclear?"],
  "ask to go on": ["Tell me more.", "Go on, I am curious."],
  "change subject": ["Shall we talk about something else?", "I can be brief."],
  "come in": ["Come in!", "Please come in."],
  thank: ["Thank you.", "That is kind."],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type UtteranceKind = keyof typeof UTTERANCES;
export const UTTERANCE_KINDS = Object.keys(UTTERANCES) as readonly UtteranceKind[];
