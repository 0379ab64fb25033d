// Choosing an avatar for Attune, whose it is and what its author allows, and going back to the drawn figure.

import { useStore } from "../store.ts";
import { S } from "../strings.ts";
import type { Studio } from "../studio.ts";
import { FileButton } from "./file-button.tsx";

export function Looks({ studio }: { studio: Studio }) {
  const looks = useStore(studio.store, (state) => state.avatar);
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
        <FileButton
          words={looks.kind === "on" ? words.another : words.choose}
          accept=".vrm"
          disabled={looks.kind === "opening"}
          take={([file]) => void studio.wardrobe.put(file)}
        />
        {looks.kind === "on" ? (
          <button type="button" onClick={() => studio.wardrobe.remove()}>
            {words.remove}
          </button>
        ) : null}
      </div>
    </div>
  );
}
