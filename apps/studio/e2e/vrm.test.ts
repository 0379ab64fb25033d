// A person's own avatar in a real Chromium: put on, moved by what is seen, refused where broken, taken off again.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { makeVrm } from "../src/vrm/testing.ts";
import { type Inside, type Visit, awake, chromiumOrSkip, visit } from "./harness.ts";

const chromium = chromiumOrSkip("an avatar in a browser");
const SHOTS = join(import.meta.dirname, "shots");
mkdirSync(SHOTS, { recursive: true });

let here: Visit | undefined;
afterEach(async () => {
  const left = here;
  here = undefined;
  const { foreign, errors } = left ?? { foreign: [], errors: [] };
  await left?.close();
  expect(foreign).toEqual([]);
  expect(errors).toEqual([]);
});

async function open(): Promise<Visit> {
  here = await visit();
  await awake(here.page);
  await here.page.getByRole("button", { name: "my looks" }).click();
  return here;
}

const put = (page: Page, name: string, bytes: Uint8Array): Promise<void> =>
  page
    // Its words change once an avatar is worn.
    .locator('input[accept=".vrm"]')
    .setInputFiles({ name, mimeType: "model/gltf-binary", buffer: Buffer.from(bytes) });

const wristsAboveHead = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    const avatar = (globalThis as unknown as Inside).attune!.avatar()!;
    const [head, left, right] = (["head", "leftHand", "rightHand"] as const).map((bone) => avatar.bone(bone)![1]);
    return [left - head, right - head];
  });

/** Shares of the canvas' pixels that are drawn on, that are see-through, and that have the colour of the file's picture. */
const canvasOf = (page: Page): Promise<{ drawn: number; clear: number; skin: number }> =>
  page.evaluate(async () => {
    const { avatar, live } = (globalThis as unknown as Inside).attune!;
    const worn = avatar()!;
    // Only right after drawing can it be read.
    worn.draw(live, worn.canvas.clientWidth, worn.canvas.clientHeight, performance.now() / 1000);
    const copy = document.createElement("canvas");
    copy.width = worn.canvas.width;
    copy.height = worn.canvas.height;
    const ctx = copy.getContext("2d")!;
    ctx.drawImage(worn.canvas, 0, 0);
    const { data } = ctx.getImageData(0, 0, copy.width, copy.height);
    let drawn = 0,
      clear = 0,
      skin = 0;
    for (let k = 3; k < data.length; k += 4) {
      if (data[k] > 200) drawn++;
      if (data[k] === 0) clear++;
      if (data[k] > 200 && data[k - 3] > data[k - 1] + 50) skin++;
    }
    return { drawn: (4 * drawn) / data.length, clear: (4 * clear) / data.length, skin: (4 * skin) / data.length };
  });

describe.skipIf(chromium === undefined)("an avatar of one's own", { timeout: 180_000 }, () => {
  test.each(["1.0", "0.x"] as const)(
    "VRM %s takes the figure's place, raises its hands as is seen, and is let go",
    async (version) => {
      const { page } = await open();
      const before = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
      expect(before.filter((name) => /avatar.*\.js/.test(name))).toEqual([]);
      await put(
        page,
        "boxes.vrm",
        makeVrm({ version, blink: ["EyeBlinkLeft", "EyeBlinkRight", "blink"], open: ["aa"] }),
      );
      await page
        .getByText(version === "1.0" ? "I look like Boxes." : "I look like Old boxes.")
        .waitFor({ timeout: 60_000 });
      await page.locator(".own figcaption").getByText("boxes by Attune's tests").waitFor();
      await page.getByText(version === "1.0" ? "Its author wants to be named" : "Licence: CC0").waitFor();
      const slow = await page.evaluate(() => (globalThis as unknown as Inside).attune!.avatar()!.software);
      // Said where the picture is, and beside it.
      if (slow !== undefined) expect(await page.getByText("without a graphics card").count()).toBeGreaterThan(0);
      await page.locator(".ask select").selectOption("hands up");
      await page.locator(".ask").getByRole("button", { name: "ask" }).click();
      await expect.poll(async () => Math.min(...(await wristsAboveHead(page))), { timeout: 40_000 }).toBeGreaterThan(0);
      await page.screenshot({ path: join(SHOTS, version === "1.0" ? "vrm.png" : "vrm-old.png"), fullPage: true });
      const { drawn, clear, skin } = await canvasOf(page);
      expect(drawn).toBeGreaterThan(0.04);
      expect(clear).toBeGreaterThan(0.4);
      // The picture in the file came through the page's policy.
      expect(skin).toBeGreaterThan(0.005);
      // Own left is at the image's right, whichever way the file faces.
      const [left, right] = await page.evaluate(() => {
        const avatar = (globalThis as unknown as Inside).attune!.avatar()!;
        return [avatar.bone("leftUpperArm")![0], avatar.bone("rightUpperArm")![0]];
      });
      expect(left).toBeGreaterThan(right);
      const face = await page.evaluate(async () => {
        const { avatar, live } = (globalThis as unknown as Inside).attune!;
        const worn = avatar()!;
        const shut = { ...live, face: live.face.slice().fill(1) };
        worn.draw(shut, worn.canvas.clientWidth, worn.canvas.clientHeight, performance.now() / 1000);
        return ["EyeBlinkLeft", "blink", "aa"].map((name) => worn.expression(name));
      });
      expect(face).toEqual([1, 0, 1]);

      const held = await page.evaluateHandle(() => (globalThis as unknown as Inside).attune!.avatar()!);
      expect((await held.evaluate((avatar) => avatar.held())).geometries).toBeGreaterThan(10);
      await page.getByRole("button", { name: "Be the drawn figure again" }).click();
      await page.getByLabel("Attune's body, moved by").waitFor();
      expect(await held.evaluate((avatar) => avatar.held())).toEqual({ geometries: 0, textures: 0 });
      expect(await held.evaluate((avatar) => avatar.canvas.getContext("webgl2")!.isContextLost())).toBe(true);
    },
  );

  test("a broken file is refused in a sentence, and what was worn stays", async () => {
    const { page } = await open();
    await put(page, "cat.vrm", new TextEncoder().encode("a picture of a cat, renamed"));
    await page.getByRole("alert").getByText('"cat.vrm" (27 bytes) is not a 3-D file').waitFor();
    await page.getByLabel("Attune's body, moved by").waitFor();
    await put(page, "boxes.vrm", makeVrm());
    await page.getByText("I look like Boxes.").waitFor({ timeout: 60_000 });
    await put(page, "half.vrm", makeVrm().slice(0, 3000));
    await page.getByRole("alert").getByText('"half.vrm" is cut off').waitFor();
    expect(await page.evaluate(() => (globalThis as unknown as Inside).attune!.avatar()?.facts.title)).toBe("Boxes");
  });

  test("a drop on the figure works too; when the graphics card gives up, the drawn figure is back and it is said", async () => {
    const { page } = await open();
    await page.evaluate(
      ([bytes]) => {
        const dropped = new DataTransfer();
        dropped.items.add(new File([new Uint8Array(bytes)], "boxes.vrm"));
        document
          .querySelector(".own")!
          .dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
      },
      [[...makeVrm()]],
    );
    await page.getByText("I look like Boxes.").waitFor({ timeout: 60_000 });
    await page.evaluate(() => {
      const { canvas } = (globalThis as unknown as Inside).attune!.avatar()!;
      canvas.getContext("webgl2")!.getExtension("WEBGL_lose_context")!.loseContext();
    });
    await page.getByRole("alert").getByText("The graphics card gave up on the avatar").waitFor();
    await page.getByLabel("Attune's body, moved by").waitFor();
  });

  test("without WebGL it stays the drawn figure and says so", async () => {
    const { page } = await open();
    await page.evaluate(() => {
      const usual = HTMLCanvasElement.prototype.getContext;
      Object.assign(HTMLCanvasElement.prototype, {
        getContext(this: HTMLCanvasElement, kind: string, ...more: []) {
          return kind.startsWith("webgl") ? null : usual.call(this, kind, ...more);
        },
      });
    });
    await put(page, "boxes.vrm", makeVrm());
    await page.getByRole("alert").getByText("no WebGL 2").waitFor({ timeout: 60_000 });
    await page.getByLabel("Attune's body, moved by").waitFor();
  });
});
