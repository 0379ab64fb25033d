// Whom Attune watches, when that is nobody yet: choosing, consent, missing models, what went wrong. Each with the next step.

import { useEffect, useRef, useState } from "react";
import type { Eyes as EyesState, Why } from "../state.ts";
import { type ModelState, server } from "../server.ts";
import { useStore } from "../store.ts";
import { S } from "../strings.ts";
import type { Studio } from "../studio.ts";
import { FileButton } from "./file-button.tsx";

export function EyesView({ studio }: { studio: Studio }) {
  const eyes = useStore(studio.store, (state) => state.eyes);
  const mind = useStore(studio.store, (state) => state.mind);
  switch (eyes.kind) {
    case "on":
      return null;
    case "off":
      return (
        <div className="overlay">
          <p>{mind === "waking" ? S.waking : S.nobody}</p>
          <Choices studio={studio} />
        </div>
      );
    case "asking":
      return <AskCamera studio={studio} />;
    case "starting":
      return (
        <div className="overlay" aria-live="polite">
          <p>{S.starting}</p>
          <button type="button" onClick={() => studio.stop()}>
            {S.cancel}
          </button>
        </div>
      );
    case "paused":
      return (
        <div className="overlay" aria-live="assertive">
          <p>{WHY[eyes.why]}</p>
          <button type="button" className="primary" onClick={() => studio.resume()}>
            {eyes.why === "ended" ? S.watchAgain : S.resume}
          </button>
        </div>
      );
    case "models":
      return <MissingModels studio={studio} eyes={eyes} />;
    case "wrong":
      return (
        <div className="overlay" role="alert">
          <p>
            <strong>{eyes.problem}</strong> {eyes.way}
          </p>
          <div className="line">
            {eyes.source === "camera" ? (
              <button type="button" onClick={() => studio.told(studio.watchCamera())}>
                {S.again}
              </button>
            ) : null}
            <button type="button" className="primary" onClick={() => studio.told(studio.watchGenerated())}>
              {S.useGenerated}
            </button>
            <OpenFile studio={studio} />
          </div>
        </div>
      );
  }
}

const WHY: Record<Why, string> = { asked: S.paused, "second face": S.pausedSecond, ended: S.ended };

function Choices({ studio }: { studio: Studio }) {
  return (
    <div className="line stack">
      <button type="button" className="primary" onClick={() => studio.told(studio.watchCamera())}>
        {S.useCamera}
      </button>
      <button type="button" onClick={() => studio.told(studio.watchGenerated())}>
        {S.useGenerated}
      </button>
      <OpenFile studio={studio} />
    </div>
  );
}

export function OpenFile({ studio }: { studio: Studio }) {
  return <FileButton words={S.useFile} accept="video/*" quiet take={([file]) => studio.told(studio.watchFile(file))} />;
}

function AskCamera({ studio }: { studio: Studio }) {
  // The question is read first; neither answer is a stray Enter away.
  const question = useRef<HTMLHeadingElement>(null);
  useEffect(() => question.current?.focus(), []);
  return (
    <div
      className="overlay consent"
      role="dialog"
      aria-labelledby="consent-title"
      aria-describedby="consent-text"
      onKeyDown={(event) => event.key === "Escape" && studio.told(studio.watchGenerated())}
    >
      <h2 id="consent-title" ref={question} tabIndex={-1}>
        {S.consentCamera.title}
      </h2>
      <div id="consent-text">
        <p>{S.consentCamera.text}</p>
        <p>{S.consentCamera.company}</p>
      </div>
      <div className="line stack">
        <button type="button" className="primary" onClick={() => studio.told(studio.watchCamera(true))}>
          {S.consentCamera.yes}
        </button>
        <button type="button" onClick={() => studio.told(studio.watchGenerated())}>
          {S.consentCamera.no}
        </button>
      </div>
    </div>
  );
}

function MissingModels({ studio, eyes }: { studio: Studio; eyes: Extract<EyesState, { kind: "models" }> }) {
  const [models, setModels] = useState(eyes.models);
  const [problem, setProblem] = useState("");
  const [fetching, setFetching] = useState(false);
  const goOn = (): void => {
    if (eyes.wanted === "file" && eyes.file) studio.told(studio.watchFile(eyes.file));
    else studio.told(studio.watchCamera());
  };
  useEffect(() => {
    if (!fetching) return;
    const ticking = setInterval(() => {
      server
        .models()
        .then((now) => {
          setModels(now);
          const failed = now.find(({ state }) => state === "failed");
          if (failed) {
            setFetching(false);
            setProblem(failed.problem ?? "");
          }
          if (now.every(({ state }) => state === "ready")) {
            setFetching(false);
            goOn();
          }
        })
        .catch((error: Error) => setProblem(error.message));
    }, 400);
    return () => clearInterval(ticking);
  });
  const fetchAll = async (): Promise<void> => {
    setProblem("");
    try {
      for (const { name, state } of models) if (state !== "ready") await server.fetchModel(name);
      setFetching(true);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const takeFiles = async (files: Iterable<File>): Promise<void> => {
    setProblem("");
    try {
      for (const dropped of files) {
        const model = models.find((known) => dropped.name.startsWith(known.name));
        if (!model) {
          setProblem(S.models.not(dropped.name));
          continue;
        }
        await server.dropModel(model.name, dropped);
      }
      const now = await server.models();
      setModels(now);
      if (now.every(({ state }) => state === "ready")) goOn();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const bytes = models.reduce((s, m) => s + (m.state === "ready" ? 0 : m.bytes), 0);
  return (
    <div
      className="overlay consent"
      role="dialog"
      aria-labelledby="models-title"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void takeFiles(event.dataTransfer.files);
      }}
    >
      <h2 id="models-title">{S.models.title}</h2>
      <p>{S.models.text(`${(bytes / 1e6).toFixed(1)} MB`)}</p>
      <p className="small">{[...new Set(models.map(({ url }) => hostOf(url)))].join(", ")}</p>
      {fetching
        ? models.filter(({ state }) => state === "fetching").map((model) => <Fetching key={model.name} model={model} />)
        : null}
      {problem ? <p role="alert">{problem}</p> : null}
      <div className="line stack">
        <button type="button" className="primary" disabled={fetching} onClick={() => void fetchAll()}>
          {S.models.fetch}
        </button>
        <FileButton words={S.models.choose} accept=".task" multiple take={(files) => void takeFiles(files)} />
        <button type="button" onClick={() => studio.told(studio.watchGenerated())}>
          {S.models.without}
        </button>
      </div>
      <p className="small">{S.models.drop}</p>
    </div>
  );
}

function Fetching({ model }: { model: ModelState }) {
  const share = (model.received ?? 0) / model.bytes;
  return (
    <p>
      <progress value={share} aria-label={model.name} /> {S.models.fetching(model.name, share)}
    </p>
  );
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
