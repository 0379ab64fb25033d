// Whom a sentence is about.

/** The heart knows people by what they are called; on the page they are "you", or somebody else. */
export function aboutThem(text: string, generated: boolean): string {
  if (!generated) return text.replace(/\byou looks\b/g, "you look");
  return text.replace(/\byour face\b/g, "their face").replace(/(?<!the )\bgenerated person\b/g, "the generated person");
}

/** A sentence begins large and ends with a stop. */
export function sentence(text: string): string {
  return text === "" ? "" : `${text[0].toUpperCase()}${text.slice(1)}${/[.!?:]$/.test(text) ? "" : "."}`;
}
