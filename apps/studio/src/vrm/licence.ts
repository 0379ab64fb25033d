// Whose an avatar is and what its author allows, out of the file's own words.

import type { VRMMeta } from "@pixiv/three-vrm";
import { S } from "../strings.ts";

export interface AvatarFacts {
  readonly title: string;
  readonly authors: readonly string[];
  /** What may be done with it, one line each. */
  readonly terms: readonly string[];
  /** Addresses of the licences it names. */
  readonly links: readonly string[];
}

/** @param file its name, where the avatar has none */
export function factsOf(meta: VRMMeta | undefined, file: string): AvatarFacts {
  const words = S.avatar.licence;
  if (!meta) return { title: file, authors: [], terms: [words.none], links: [] };
  const yesNo = (allowed: boolean | undefined): string => (allowed ? words.allowed : words.notAllowed);
  if (meta.metaVersion === "0") {
    const allow = (value: string | undefined): string => yesNo(value === "Allow");
    return {
      title: meta.title?.trim() || file,
      authors: given([meta.author]),
      terms: given([
        words.who(words.users[meta.allowedUserName ?? "OnlyAuthor"]),
        words.commercial(allow(meta.commercialUssageName)),
        words.violent(allow(meta.violentUssageName)),
        words.sexual(allow(meta.sexualUssageName)),
        meta.licenseName ? words.licence(meta.licenseName.replaceAll("_", " ")) : undefined,
        meta.contactInformation?.trim() ? words.contact(meta.contactInformation.trim()) : undefined,
      ]),
      links: links([meta.otherLicenseUrl, meta.otherPermissionUrl]),
    };
  }
  // What a file leaves out is at its strictest, as the format has it.
  return {
    title: meta.name?.trim() || file,
    authors: given(meta.authors ?? []),
    terms: given([
      words.who(words.users[meta.avatarPermission ?? "onlyAuthor"]),
      meta.creditNotation === "unnecessary" ? words.creditFree : words.credit,
      words.commercial(words.commerce[meta.commercialUsage ?? "personalNonProfit"]),
      words.violent(yesNo(meta.allowExcessivelyViolentUsage)),
      words.sexual(yesNo(meta.allowExcessivelySexualUsage)),
      words.political(yesNo(meta.allowPoliticalOrReligiousUsage)),
      words.hateful(yesNo(meta.allowAntisocialOrHateUsage)),
      words.passOn(yesNo(meta.allowRedistribution)),
      words.changing(words.modification[meta.modification ?? "prohibited"]),
      meta.copyrightInformation?.trim(),
      meta.thirdPartyLicenses?.trim(),
      meta.contactInformation?.trim() ? words.contact(meta.contactInformation.trim()) : undefined,
    ]),
    links: links([meta.licenseUrl, meta.otherLicenseUrl]),
  };
}

function given(texts: readonly (string | undefined)[]): string[] {
  return texts.flatMap((text) => (text?.trim() ? [text.trim()] : []));
}

/** Only what a browser may open safely. */
function links(addresses: readonly (string | undefined)[]): string[] {
  return given(addresses).filter((address) => /^https?:\/\//.test(address));
}
