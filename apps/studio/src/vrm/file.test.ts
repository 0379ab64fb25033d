import { expect, test } from "vitest";
import { inspectVrm } from "./file.ts";
import { factsOf } from "./licence.ts";
import { glb, makeVrm } from "./testing.ts";

const inspect = (bytes: Uint8Array<ArrayBuffer>): unknown => inspectVrm("me.vrm", bytes.slice().buffer);
const NOTHING = new Uint8Array(0);

test("both kinds of VRM are taken", () => {
  expect(inspect(makeVrm())).toEqual({ version: "1.0", licence: "https://vrm.dev/licenses/1.0/" });
  expect(inspect(makeVrm({ version: "0.x" }))).toEqual({ version: "0.x", licence: undefined });
});

test.each([
  ["an empty file", NOTHING, "does not begin with"],
  ["a zip", new TextEncoder().encode("PK\u0003\u0004 and so on, longer than a head"), "does not begin with"],
  ["half a file", makeVrm().slice(0, 400), "cut off: 400 bytes came"],
  ["a glTF of another kind", glb({ asset: { version: "2.0" } }, NOTHING), "no VRM avatar is in it"],
  ["a later VRM", glb({ extensions: { VRMC_vrm: { specVersion: "3.0" } } }, NOTHING), "VRM 3.0"],
  ["one without bones", glb({ extensions: { VRM: {} } }, NOTHING), "hips, spine, head"],
  ["one without a hand", makeVrm({ without: ["leftHand"] }), "lacks bones every VRM avatar has: leftHand."],
] as [string, Uint8Array<ArrayBuffer>, string][])(
  "%s is refused in a sentence that names the file",
  (_, bytes, sentence) => {
    expect(() => inspect(bytes)).toThrow(sentence);
    expect(() => inspect(bytes)).toThrow('"me.vrm"');
  },
);

test("a file that would fetch others is refused", () => {
  const bytes = makeVrm();
  const length = new DataView(bytes.buffer).getUint32(12, true);
  const json = JSON.parse(new TextDecoder().decode(bytes.slice(20, 20 + length))) as Record<string, unknown>;
  const asking = glb({ ...json, images: [{ uri: "https://example.org/skin.png" }] }, NOTHING);
  expect(() => inspect(asking)).toThrow("https://example.org/skin.png");
});

test("a description that is no JSON is refused", () => {
  const bytes = makeVrm();
  bytes.set(new TextEncoder().encode("]]]"), 21);
  expect(() => inspect(bytes)).toThrow("description cannot be read");
});

test("what a VRM 1.0 leaves out about its licence is at its strictest", () => {
  const { title, authors, terms, links } = factsOf(
    { metaVersion: "1", name: "Ada", authors: ["Eve"], licenseUrl: "https://vrm.dev/licenses/1.0/" },
    "ada.vrm",
  );
  expect([title, authors]).toEqual(["Ada", ["Eve"]]);
  expect(terms).toContain("Who may be it: its author alone");
  expect(terms).toContain("Its author wants to be named");
  expect(terms).toContain("Commercial use: not allowed");
  expect(terms).toContain("Passing the file on: not allowed");
  expect(links).toEqual(["https://vrm.dev/licenses/1.0/"]);
});

test("a VRM 0.x says the same in its own words; an address no browser should open is no link", () => {
  const { title, terms, links } = factsOf(
    { metaVersion: "0", allowedUserName: "Everyone", licenseName: "CC_BY", otherLicenseUrl: "javascript:alert(1)" },
    "old.vrm",
  );
  expect(title).toBe("old.vrm");
  expect(terms).toContain("Who may be it: everyone");
  expect(terms).toContain("Licence: CC BY");
  expect(links).toEqual([]);
});
