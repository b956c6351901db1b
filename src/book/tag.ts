import { decodeEntities, escapeAttribute } from "./entities.ts";

/** Local name of the element of a tag such as `<fb:section id="s1">`: FB2 prefixes vary. */
export function localNameOf(tag: string): string {
  return /^<\/?(?:[^\s/>:]*:)?([^\s/>]*)/.exec(tag)?.[1] ?? "";
}

/** Namespace prefix of the tag with its colon, or nothing. */
export function prefixOf(tag: string): string {
  return /^<\/?([^\s/>:]*:)/.exec(tag)?.[1] ?? "";
}

function attributePattern(name: string): RegExp {
  return new RegExp(`(\\s(?:[\\w.-]+:)?${name}\\s*=\\s*)("([^"]*)"|'([^']*)')`);
}

/** Value of the attribute with this local name, entities resolved. */
export function attributeOf(tag: string, name: string): string | undefined {
  const match = attributePattern(name).exec(tag);
  const raw = match?.[3] ?? match?.[4];
  return raw === undefined ? undefined : decodeEntities(raw);
}

/** The tag with another value of an attribute that it has. Everything else stays to the letter. */
export function withAttribute(tag: string, name: string, value: string): string {
  return tag.replace(
    attributePattern(name),
    (_, before: string, quoted: string) =>
      `${before}${quoted[0]}${escapeAttribute(value)}${quoted[0]}`,
  );
}
