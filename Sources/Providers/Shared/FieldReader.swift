import Tabular
import Upstream
import Usage

/// Reads the fields of one row, however the provider wrote them, and says why a row is refused.
enum FieldReader {
  /// A number of a measure, in its stored units.
  ///
  /// - Returns: nil where the provider reports none.
  static func amount(_ text: some StringProtocol, _ measure: Measure) throws(RowRefused) -> Int64? {
    try amount(DecimalText.parse(Array(text.utf8), scale: measure.scale.rawValue))
  }

  static func amount(_ parsed: DecimalText.Result) throws(RowRefused) -> Int64? {
    switch parsed {
    case .value(let value): return value
    case .empty: return nil
    case .negative: throw RowRefused(.negative)
    case .notANumber: throw RowRefused(.notANumber)
    case .tooLarge: throw RowRefused(.tooLarge)
    }
  }

  /// An id out of JSON.
  static func id(_ value: JSONValue?, isRepaired: Bool) throws(RowRefused) -> String {
    guard let text = value?.scalarText, !text.isEmpty else { throw RowRefused(.missingID) }
    if isRepaired && text.unicodeScalars.contains("\u{FFFD}") { throw RowRefused(.invalidUTF8) }
    return text
  }

  /// A number out of JSON: as a number or as a string.
  static func amount(_ value: JSONValue?, _ measure: Measure) throws(RowRefused) -> Int64? {
    guard let value else { return nil }
    guard let text = value.scalarText else { throw RowRefused(.notANumber) }
    return try amount(text, measure)
  }
}

/// A row that does not count; the others of its answer do.
struct RowRefused: Error, Sendable {
  let reason: RowRejection

  init(_ reason: RowRejection) {
    self.reason = reason
  }
}

extension Reading {
  /// Takes in one row, or counts it as refused: all of it or nothing.
  mutating func row(_ read: (inout [(SeriesKey, Int64)]) throws(RowRefused) -> Void) {
    rows += 1
    var amounts: [(SeriesKey, Int64)] = []
    do throws(RowRefused) {
      try read(&amounts)
      try add(row: amounts)
    } catch {
      reject(error.reason)
    }
  }

  /// Adds what one row says.
  ///
  /// - Throws: ``RowRefused`` if a sum would become too large to be shown; then nothing is added.
  mutating func add(row amounts: [(SeriesKey, Int64)]) throws(RowRefused) {
    // One after the other, as a series may be there twice; if one does not fit, what was there before comes back.
    var before: [Int64?] = []
    for (key, amount) in amounts {
      let old = quantities[key]
      guard let sum = try? Quantity.sum(old ?? 0, amount) else {
        for (entry, old) in zip(amounts, before).reversed() { quantities[entry.0] = old }
        throw RowRefused(.tooLarge)
      }
      before.append(old)
      quantities[key] = sum
    }
  }
}

extension UpstreamFailure {
  /// What a provider's own numbers add up to is beyond all reason.
  static let tooLargeTotal = UpstreamFailure(.schema, "a total in the answer is larger than a sample can hold")
}
