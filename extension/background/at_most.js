/** Wait for a promise, but not for ever. */

/** @template T
 *  @param {number} waitMs
 *  @param {Promise<T>} promise
 *  @returns {Promise<T | null>} null when the time is up first */
export async function atMost(waitMs, promise) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Promise<null>} */
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, waitMs, null);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
