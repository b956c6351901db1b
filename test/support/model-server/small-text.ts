import type { Segment } from "../../../src/book/segment.ts";

const RENDERINGS: readonly (readonly [source: string, serbian: string])[] = [
  ["Старая усадьба", "Старо имање"],
  ["Старый дом стоял у реки.", "Стара кућа је стајала крај реке."],
  ["В нём <1>никто</1> не жил.", "У њој <1>нико</1> није живео."],
  ["Шёл снег.", "Падао је снег."],
  ["Утром пришёл почтальон.", "Ујутру је дошао поштар."],
  [
    "Он принёс <1>письмо</1> и сразу ушёл, не сказав ни слова старому сторожу.",
    "Донео је <1>писмо</1> и одмах отишао, не рекавши ни реч старом чувару.",
  ],
];

const withoutMarkers = (text: string) => text.replaceAll(/<\/?\d+\/?>/gu, "");

const SERBIAN = new Map(
  RENDERINGS.flatMap(([source, serbian]) => [
    [source, serbian],
    [withoutMarkers(source), withoutMarkers(serbian)],
  ]),
);

/** How a good model renders a segment, asked with its markers or without. */
export const inSerbian = (text: string) => SERBIAN.get(text) ?? text;

/** A few segments, markup among them. The last one is long enough for every check. */
export const SMALL_TEXT: readonly Segment[] = RENDERINGS.map(([text], index) => ({
  index,
  kind: "text",
  element: "p",
  section: 0,
  text,
  skip: undefined,
}));
