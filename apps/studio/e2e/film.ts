// Films for Chromium's fake camera, made by the Studio's own figure.

import { writeFilm } from "@attune/perception/testing";
import type { FilmOptions } from "./film-page.ts";
import { openFigurePage } from "./figure-page.ts";

/** Writes a film to a file. @returns its path */
export async function filmTo(path: string, chromiumPath: string, options: FilmOptions): Promise<string> {
  const { call, close } = await openFigurePage(chromiumPath, "../e2e/film-page.ts");
  try {
    return writeFilm(path, await call<FilmOptions, string[]>("makeFilm", options));
  } finally {
    await close();
  }
}
