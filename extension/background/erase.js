/** Everything that this browser profile keeps, gone in one go; what is left is as newly installed. */

/** The pairing is ended at the service first, while we can still prove whose it is.
 *  @param {{
 *    storage: {local: {get(keys: string[]): Promise<object>, clear(): Promise<void>}, session: {clear(): Promise<void>}},
 *    service: Pick<import("./service.js").Service, "forget">,
 *  }} parts
 *  @returns {Promise<{revoked: boolean}>} false: the service did not answer; its secret is gone here all the same */
export async function eraseAll({ storage, service }) {
  const wasPaired = Object.keys(await storage.local.get(["pairing", "by_code"])).length > 0;
  const isEnded = await service.forget(async () => {
    await storage.local.clear();
    await storage.session.clear();
  });
  return { revoked: isEnded || !wasPaired };
}
