/** Work that must not overlap, one after the other, within the worker. */

export class Turns {
  /** @type {Promise<unknown>} the last one, whatever became of it */ #last = Promise.resolve();

  /** Do *work* once all before it is over; what fails takes nothing down that comes after it.
   *  @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  take(work) {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {}); // whoever asked for it hears of it
    return done;
  }
}
