/** A packet that was one whole request, with the bytes of its answer. */
interface KnownRequest {
  readonly packet: Buffer
  readonly answer: readonly Buffer[]
}

// A measurement sends one or two different requests to a port; every further entry is compared at each miss.
const mostEntries = 4
// Beyond these, comparing and holding cost more than parsing and encoding.
const largestPacket = 16_384
const largestAnswer = 4 * 1024 * 1024

/**
 * The last few requests of a port that came in one packet and were answered at once. A client under load sends the same
 * bytes again and again: comparing them is far cheaper than parsing, and the answer is known to depend on nothing else.
 */
export class KnownRequests {
  readonly #entries: KnownRequest[] = []
  #oldest = 0

  /** The answer to a packet that is byte for byte one seen before. */
  find(packet: Buffer): readonly Buffer[] | undefined {
    for (const known of this.#entries) {
      if (known.packet.length === packet.length && known.packet.equals(packet)) return known.answer
    }
    return undefined
  }

  /** Keeps an answer in place of the oldest one; does nothing for what is too large to keep. */
  remember(packet: Buffer, answer: readonly Buffer[]): void {
    const size = answer.reduce((total, part) => total + part.length, 0)
    if (packet.length > largestPacket || size > largestAnswer) return
    // A copy, lest a view of a few bytes keep the whole buffer of a read.
    this.#entries[this.#oldest] = { packet: Buffer.from(packet), answer }
    this.#oldest = (this.#oldest + 1) % mostEntries
  }

  /** Forgets all of them. */
  forget(): void {
    this.#entries.length = 0
    this.#oldest = 0
  }
}
