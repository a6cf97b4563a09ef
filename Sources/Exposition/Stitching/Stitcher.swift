/// Writes a template's lines with their values as a fragment of raw deflate.
struct Stitcher {
  private let template: LineTemplate
  private let values: [SampleValue]

  init(_ template: LineTemplate, _ values: [SampleValue]) {
    self.template = template
    self.values = values
  }

  /// How much of the text is kept for its checksum before the next takes its place.
  private static let window = 1 << 14

  /// - Returns: a fragment that can stand anywhere in a gzip member, and the checksum of its text.
  func deflated() -> (bytes: [UInt8], checksum: Checksum) {
    // A match has at most 20 bits for its length and 28 for its distance, a character 15.
    let room =
      BlockCodes.headSize + 8 * template.program.count + 2 * (NumberText.longest + 1) * template.count
      + BitStream.slack + 16
    var crc: UInt32 = 0
    var length = 0
    let bytes = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { memory -> [UInt8] in
      guard let start = memory.baseAddress else { return [] }
      var stream = BitStream(start)
      template.codes.writeHead(&stream)
      (crc, length) = stitch(&stream)
      template.codes.writeEnd(&stream)
      stream.align()
      return Array(memory[..<stream.count])
    }
    return (bytes, Checksum(crc32: crc, length: length))
  }

  private func stitch(_ stream: inout BitStream) -> (crc: UInt32, length: Int) {
    let capacity = Self.window + template.heads.longest + NumberText.longest + 1
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { window in
      guard let window = window.baseAddress else { return (0, 0) }
      return template.heads.withUnsafeBytes { beginning, text in
        stitch(&stream, beginning: beginning, text: text, window: window)
      }
    }
  }

  private func stitch(
    _ stream: inout BitStream, beginning: UnsafeBufferPointer<UInt8>, text: UnsafeBufferPointer<UInt8>,
    window: UnsafeMutablePointer<UInt8>
  ) -> (crc: UInt32, length: Int) {
    let (ends, values) = (template.heads.ends.span, values.span)
    let (characters, distances) = (template.codes.packedCharacters.span, template.codes.packedDistances.span)
    var (crc, length, filled) = (UInt32(0), 0, 0)
    var (line, lineStart, lastValue) = (0, 0, 0)
    for instruction in template.program {
      if instruction.isValue {
        let lineEnd = Int(ends[line])
        filled += LineHeads.copy(beginning, text[lineStart..<lineEnd], to: window + filled)
        lineStart = lineEnd
        let value = window + filled
        lastValue = NumberText.write(values[line], to: value)
        value[lastValue] = UInt8(ascii: "\n")
        lastValue += 1
        line += 1
        filled += lastValue
        put(value, lastValue, characters, &stream)
        if filled >= Self.window {
          crc = Checksum.crc32(crc, UnsafeRawBufferPointer(start: window, count: filled))
          length += filled
          filled = 0
        }
      } else if instruction.isMatch {
        stream.put(instruction.length, instruction.count)
        let coded = DeflateSymbols.distance(instruction.distance &+ lastValue)
        let code = distances[coded.symbol]
        let width = Int(truncatingIfNeeded: code &>> 24)
        stream.put(
          UInt64(code & 0xFFFF) | coded.extra &<< UInt64(truncatingIfNeeded: width), width &+ coded.extraCount)
      } else {
        stream.put(instruction.bits, instruction.count)
      }
    }
    crc = Checksum.crc32(crc, UnsafeRawBufferPointer(start: window, count: filled))
    return (crc, length + filled)
  }

  /// Three characters at a time: no word is longer than 15 bits.
  @inline(__always)
  private func put(
    _ text: UnsafeMutablePointer<UInt8>, _ count: Int, _ characters: Span<UInt32>, _ stream: inout BitStream
  ) {
    var (bits, width): (UInt64, Int) = (0, 0)
    for index in 0..<count {
      let code = characters[Int(text[index] & 0x7F)]
      bits |= UInt64(code & 0xFFFF) &<< UInt64(truncatingIfNeeded: width)
      width &+= Int(truncatingIfNeeded: code &>> 24)
      if width > StitchInstruction.mostBits - 15 {
        stream.put(bits, width)
        (bits, width) = (0, 0)
      }
    }
    stream.put(bits, width)
  }
}
