// Choosing an avatar for Attune, whose it is and what its author allows, and going back to the drawn figure.

import { useRef } from "react";
import { useStore } from "../store.ts";
import { S } from "../strings.ts";
import type { Studio } from "../studio.ts";

export function Looks({ studio }: { studio: Studio }) {
  const looks = useStore(studio.store, (state) => state.avatar);
  const file = useRef<HTMLInputElement>(null);
  const words = S.avatar;
  return (
    <div className="looks">
      <p>{words.text}</p>
      {looks.kind !== "opening" && looks.problem !== undefined ? <p role="alert">{looks.problem}</p> : null}
      {looks.kind === "opening" ? <p aria-live="polite">{words.opening(looks.name)}</p> : null}
      {looks.kind === "on" ? (
        <>
          <p>
            <strong>{words.worn(looks.facts.title)}</strong>{" "}
            {looks.facts.authors.length > 0 ? words.by(looks.facts.authors) : words.noAuthor}
          </p>
          <p>{words.face(looks.face.shown, looks.face.of, looks.face.perfectSync)}</p>
          {looks.slow ? <p>{words.slow}</p> : null}
          <h3>{words.terms}</h3>
          <ul>
            {looks.facts.terms.map((term) => (
              <li key={term}>{term}</li>
            ))}
            {looks.facts.links.map((link) => (
              <li key={link}>
                <a href={link} target="_blank" rel="noreferrer noopener">
                  {link}
                </a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <div className="line">
        <button type="button" disabled={looks.kind === "opening"} onClick={() => file.current?.click()}>
          {looks.kind === "on" ? words.another : words.choose}
        </button>
        {looks.kind === "on" ? (
          <button type="button" onClick={() => studio.wardrobe.remove()}>
            {words.remove}
          </button>
        ) : null}
      </div>
      <input
        ref={file}
        type="file"
        accept=".vrm"
        hidden
        aria-label={words.choose}
        onChange={(event) => {
          const [chosen] = event.currentTarget.files ?? [];
          // So that the same file can be chosen again.
          event.currentTarget.value = "";
          if (chosen) void studio.wardrobe.put(chosen);
        }}
      />
    </div>
  );
}
