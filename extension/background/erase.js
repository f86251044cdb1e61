/** Everything that this browser profile keeps, gone in one go; what is left is as newly installed. */

const LOCKS = ["helpers", "options"]; // a page may be in the middle of a change, and would write it back

/** @param {() => Promise<void>} work @param {string[]} [locks] @returns {Promise<void>} once no page holds one of *locks* */
async function afterChanges(work, [next, ...rest] = LOCKS) {
  return next ? navigator.locks.request(next, () => afterChanges(work, rest)) : work();
}

/** The pairing is ended at the service first, while we can still prove whose it is.
 *  @param {{
 *    storage: {local: {get(keys: string[]): Promise<object>, clear(): Promise<void>}, session: {clear(): Promise<void>}},
 *    service: Pick<import("./service.js").Service, "forget">,
 *  }} parts
 *  @returns {Promise<{revoked: boolean}>} false: the service did not answer; its secret is gone here all the same */
export async function eraseAll({ storage, service }) {
  const wasPaired = Object.keys(await storage.local.get(["pairing", "by_code"])).length > 0;
  const isEnded = await service.forget(async () => {
    await afterChanges(() => storage.local.clear());
    await storage.session.clear();
  });
  return { revoked: isEnded || !wasPaired };
}
