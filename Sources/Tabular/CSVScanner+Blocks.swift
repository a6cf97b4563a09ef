extension CSVScanner {
  /// Takes the next block.
  @inline(__always)
  mutating func enter(_ bytes: Span<UInt8>) {
    let block = CSVBlock(bytes, at: next)
    let isFull = next &+ 64 <= bytes.count
    base = next
    next = isFull ? base &+ 64 : bytes.count
    // Between two blocks a quote may have been closed just now: then its separator comes first in this one.
    let isClosing = state == .closed
    if isFull, !isDoubled, !isClosing || closing == base &- 1 {
      let inside = block.quotes.spans ^ (state == .quoted ? .max : 0)
      let ends = block.separators & ~inside
      let opening = block.quotes & inside
      let closed = block.quotes & ~inside
      let isAtStart: UInt64 = fieldStart == base ? 1 : 0
      // An opening quote comes first in its field; behind a closing one comes a separator.
      let stray = opening & ~(ends << 1 | isAtStart) | (closed << 1 | (isClosing ? 1 : 0)) & ~ends
      if stray == 0 {
        isStepping = false
        pending = ends
        if inside >> 63 == 1 {
          state = .quoted
        } else if closed >> 63 == 1 {
          state = .closed
          closing = base &+ 63
        } else {
          state = .open
        }
        return
      }
    }
    isStepping = true
    pending = block.separators | block.quotes
  }
}
