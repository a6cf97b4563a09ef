/// The prefix codes of one deflate block (RFC 1951, section 3.2.7).
struct BlockCodes: Sendable {
  let literals: HuffmanCode
  let distances: HuffmanCode
  /// Whether they are those that every reader knows, which need no description.
  private let isFixed: Bool
  /// The words of the characters that values are made of, and of distances, for use: the word lowest, its length in the top
  /// byte.
  let packedCharacters: [UInt32]
  let packedDistances: [UInt32]

  /// RFC 1951, section 3.2.6.
  static let fixed = BlockCodes(
    literals: HuffmanCode(
      lengths: [(8, 144), (9, 112), (7, 24), (8, 8)].flatMap { [UInt8](repeating: $0.0, count: $0.1) }),
    distances: HuffmanCode(lengths: [UInt8](repeating: 5, count: 32)), isFixed: true)

  private init(literals: HuffmanCode, distances: HuffmanCode, isFixed: Bool) {
    self.literals = literals
    self.distances = distances
    self.isFixed = isFixed
    packedCharacters = Array(Self.packed(literals).prefix(128))
    packedDistances = Self.packed(distances)
  }

  private static func packed(_ code: HuffmanCode) -> [UInt32] {
    zip(code.words, code.lengths).map { UInt32($0) | UInt32($1) << 24 }
  }

  /// The characters that values are made of, with how often they come in a hundred values or so.
  private static let valueCharacters: [(UInt8, Int)] =
    "0123456789".utf8.map { ($0, 40) } + [(UInt8(ascii: "\n"), 100), (UInt8(ascii: "."), 25)]
    + "-+eINafn".utf8.map { ($0, 1) }

  /// Codes in which any values may follow the lines.
  ///
  /// - Parameter lines: how many there are.
  init(_ tokens: [LineTokens.Token], of text: [UInt8], lines: Int) {
    var literalCounts = [Int](repeating: 0, count: DeflateSymbols.literalCount)
    var distanceCounts = [Int](repeating: 0, count: DeflateSymbols.distanceCount)
    for token in tokens {
      switch token {
      case .literals(let range): for byte in text[range] { literalCounts[Int(byte)] += 1 }
      case .match(let length, let distance):
        literalCounts[DeflateSymbols.length(length).symbol] += 1
        // A value may be short or long; most are of a few characters.
        distanceCounts[DeflateSymbols.distance(distance + 2).symbol] += 1
        distanceCounts[DeflateSymbols.distance(distance + 6).symbol] += 4
        for length in stride(from: 2, through: NumberText.longest + 1, by: 1) {
          let symbol = DeflateSymbols.distance(distance + length).symbol
          distanceCounts[symbol] = max(1, distanceCounts[symbol])
        }
      case .value: break
      }
    }
    for (byte, count) in Self.valueCharacters { literalCounts[Int(byte)] += max(1, count * lines / 100) }
    literalCounts[DeflateSymbols.endOfBlock] = 1
    // A code of a single word is one that not every reader knows.
    for symbol in 0..<2 { distanceCounts[symbol] = max(1, distanceCounts[symbol]) }
    self.init(
      literals: HuffmanCode(counts: literalCounts), distances: HuffmanCode(counts: distanceCounts), isFixed: false)
  }

  /// Bytes that the head of a block takes at the most.
  static let headSize = (17 + 19 * 3 + (DeflateSymbols.literalCount + DeflateSymbols.distanceCount) * 4) / 8 + 1

  /// Begins a block, not the last one of its stream, whose codes these are.
  func writeHead(_ stream: inout BitStream) {
    stream.put(isFixed ? 0b01 << 1 : 0b10 << 1, 3)
    if isFixed { return }
    stream.put(UInt64(DeflateSymbols.literalCount - 257), 5)
    stream.put(UInt64(DeflateSymbols.distanceCount - 1), 5)
    // The lengths of words are themselves words, of four bits for each of 0 to 15.
    stream.put(19 - 4, 4)
    for symbol in [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] {
      stream.put(symbol < 16 ? 4 : 0, 3)
    }
    for length in literals.lengths + distances.lengths {
      let reversed = (length & 1) << 3 | (length & 2) << 1 | (length & 4) >> 1 | length >> 3
      stream.put(UInt64(reversed), 4)
    }
  }

  func writeEnd(_ stream: inout BitStream) {
    stream.put(
      UInt64(literals.words[DeflateSymbols.endOfBlock]), Int(literals.lengths[DeflateSymbols.endOfBlock]))
  }

  /// What to write for the lines, in these codes.
  func instructions(_ tokens: [LineTokens.Token], of text: [UInt8]) -> [StitchInstruction] {
    var instructions: [StitchInstruction] = []
    for token in tokens {
      switch token {
      case .literals(let range): append(text[range], to: &instructions)
      case .match(let length, let distance):
        let coded = DeflateSymbols.length(length)
        let width = Int(literals.lengths[coded.symbol])
        instructions.append(
          StitchInstruction(
            length: UInt64(literals.words[coded.symbol]) | coded.extra << UInt64(width),
            count: width + coded.extraCount, distance: distance))
      case .value: instructions.append(.value)
      }
    }
    return instructions
  }

  private func append(_ text: ArraySlice<UInt8>, to instructions: inout [StitchInstruction]) {
    var bits: UInt64 = 0
    var count = 0
    for byte in text {
      let width = Int(literals.lengths[Int(byte)])
      if count + width > StitchInstruction.mostBits {
        instructions.append(StitchInstruction(bits: bits, count: count))
        (bits, count) = (0, 0)
      }
      bits |= UInt64(literals.words[Int(byte)]) << UInt64(count)
      count += width
    }
    if count > 0 { instructions.append(StitchInstruction(bits: bits, count: count)) }
  }
}
