import { decodeEntities, escapeAttribute } from "./entities.ts";

const COLON = 0x3a;
const SLASH = 0x2f;
const GREATER_THAN = 0x3e;
const SPACE = 0x20;

/**
 * Local name of the element of a tag such as `<fb:section id="s1">`: FB2 prefixes vary. Called for
 * every tag of a book, hence without a regular expression.
 */
export function localNameOf(tag: string): string {
  let start = tag.charCodeAt(1) === SLASH ? 2 : 1;
  let end = start;
  for (; end < tag.length; end += 1) {
    const code = tag.charCodeAt(end);
    if (code === COLON) start = end + 1;
    else if (code <= SPACE || code === SLASH || code === GREATER_THAN) break;
  }
  return tag.slice(start, end);
}

/** Namespace prefix of the tag with its colon, or nothing. */
export function prefixOf(tag: string): string {
  return /^<\/?([^\s/>:]*:)/.exec(tag)?.[1] ?? "";
}

/** Name of the element as it stands in an opening tag, prefix and all. */
export function rawNameOf(tag: string): string {
  return /^<([^\s/>]+)/.exec(tag)?.[1] ?? "";
}

/** XML without the ids in its tags: xs:ID must be unique in a document. */
export function withoutIds(xml: string): string {
  return xml.replaceAll(/(<[^>]*?)\s(?:xml:)?id\s*=\s*("[^"]*"|'[^']*')/g, "$1");
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
