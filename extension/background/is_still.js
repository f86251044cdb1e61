/** Whether a time that was set for later is still to come, where the computer's clock may be wrong.
 *
 *  A clock that was set back would put it off for years: what is further away than it can have been
 *  when it was set is over.
 *  @param {number} leftMs until then, by the clock
 *  @param {number} wholeMs when it was set */
export function isStill(leftMs, wholeMs) {
  return leftMs > 0 && leftMs <= wholeMs;
}
