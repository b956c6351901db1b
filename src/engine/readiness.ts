import type { Provider, ProviderSettings, ProviderSurroundings } from "./providers/provider.ts";

/**
 * What a call to the provider still needs, one line; undefined if nothing.
 *
 * @throws FbtrError CONFIG_INVALID for a file that is there and cannot be used.
 */
export async function missingFor(
  provider: Provider,
  settings: ProviderSettings | undefined,
  surroundings: ProviderSurroundings,
): Promise<string | undefined> {
  return unsaidFor(provider, settings) ?? (await provider.lacks?.(settings, surroundings));
}

/** What the configuration does not say, or forbids. */
function unsaidFor(
  { keyVariable, name, needsKey, ...provider }: Provider,
  settings: ProviderSettings | undefined,
): string | undefined {
  const key = `translation.providers.${name}`;
  if (settings?.isEnabled === false) return `switched off (${key}.enabled)`;
  if (needsKey && (settings?.apiKeys.length ?? 0) === 0) return `no key (${keyVariable})`;
  if ((settings?.baseUrl ?? provider.baseUrl) === undefined) return `no address (${key}.base_url)`;
  const model = settings?.model ?? provider.model;
  return model === undefined ? `no model (${key}.model)` : undefined;
}
