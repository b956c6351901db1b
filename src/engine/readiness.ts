import type {
  Provider,
  ProviderSettings,
  ProviderSurroundings,
  Readiness,
} from "./providers/provider.ts";

/**
 * The settings with which a provider can be called, or what a call still needs.
 *
 * @throws FbtrError CONFIG_INVALID for a file that is there and cannot be used.
 */
export async function readinessOf(
  provider: Provider,
  settings: ProviderSettings = { apiKeys: [] },
  surroundings: ProviderSurroundings,
): Promise<Readiness> {
  const { keyVariable, name, needsKey } = provider;
  const key = `translation.providers.${name}`;
  if (settings.isEnabled === false) return { lack: `switched off (${key}.enabled)` };
  if (needsKey && settings.apiKeys.length === 0) return { lack: `no key (${keyVariable})` };
  const found = (await provider.look?.(settings, surroundings)) ?? { settings };
  if ("lack" in found) return found;
  const { baseUrl = provider.baseUrl, model = provider.model } = found.settings;
  if (baseUrl === undefined) return { lack: `no address (${key}.base_url)` };
  return model === undefined ? { lack: `no model (${key}.model)` } : found;
}
