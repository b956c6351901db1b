import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { LoopDetector } from "../../../../src/language/checks/degeneration.ts";

function pushed(detector: LoopDetector, text: string, size: number): number | undefined {
  for (let at = 0; at < text.length; at += size) {
    if (detector.push(text.slice(at, at + size))) return at;
  }
  return undefined;
}

const LOOP = "Отишао је низ улицу и није се вратио. ";

describe("the loop detector", () => {
  it.each([1, 3, 50])("stops a loop early, fed %i characters at a time", (size) => {
    const at = pushed(new LoopDetector(), LOOP.repeat(1000), size);
    expect(at).toBeLessThan(LOOP.length * 6);
  });

  it("stops a word without end", () => {
    expect(pushed(new LoopDetector(), "а".repeat(100_000), 7)).toBeLessThan(40);
  });

  it("stays true once it has struck", () => {
    const detector = new LoopDetector();
    detector.push(LOOP.repeat(10));
    expect(detector.push("Нешто сасвим друго.")).toBe(true);
  });

  it("lets a refrain of the source pass, but not for ever", () => {
    const source = "Гори, гори ясно, чтобы не погасло! ".repeat(6);
    const refrain = "Гори, гори јасно, да се не угаси! ";
    expect(pushed(new LoopDetector(source), refrain.repeat(6), 5)).toBeUndefined();
    expect(pushed(new LoopDetector(source), refrain.repeat(40), 5)).toBeDefined();
  });

  it("takes numbered answers that are alike for no loop", () => {
    const answer = Array.from({ length: 200 }, (_, at) => `{"id":${at + 1},"text":"Да."},`).join(
      "",
    );
    expect(pushed(new LoopDetector(), answer, 11)).toBeUndefined();
  });

  it("does not depend on where the text is cut", () => {
    const word = fc.constantFrom("да", "не", "ишао", "је", "аааааааааааа", "7", "—");
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        (words, size) => {
          const text = `${words.join(" ")} `;
          const whole = new LoopDetector().push(text);
          expect(pushed(new LoopDetector(), text, size) !== undefined).toBe(whole);
        },
      ),
    );
  });
});
