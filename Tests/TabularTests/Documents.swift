import Tabular
import TestSupport

/// A document as records of fields, header first.
typealias Records = [[[UInt8]]]

/// What a reader makes of a document.
struct Outcome: Equatable {
  var header: [String]?
  var records: Records = []
  var error: CSVError?
}

enum Documents {
  /// Feeds `document` in chunks that end at `cuts`.
  static func read(
    _ document: [UInt8], cuts: [Int] = [], limits: CSVLimits = CSVLimits(), required: [String] = []
  ) -> Outcome {
    var reader = CSVReader(limits: limits, required: required)
    var outcome = Outcome()
    func keep(_ row: borrowing Record) {
      var fields: [[UInt8]] = []
      for column in 0..<row.count { fields.append(row.field(column).bytes) }
      outcome.records.append(fields)
    }
    do {
      let edges = [0] + cuts.sorted() + [document.count]
      for (start, end) in zip(edges, edges.dropFirst()) {
        try reader.read(document.span.extracting(start..<end), keep)
      }
      try reader.finish(keep)
    } catch {
      outcome.error = error as? CSVError
    }
    outcome.header = reader.header?.names
    return outcome
  }

  static func read(_ text: String) -> Outcome { read(Array(text.utf8)) }

  /// How records are written.
  struct Style {
    var alwaysQuotes = false
    var lineEnd = "\n"
    var hasByteOrderMark = false
    var endsWithNewline = true
    /// Empty lines between records.
    var blankLines = false
  }

  static func write(_ records: Records, _ style: Style) -> [UInt8] {
    var bytes: [UInt8] = style.hasByteOrderMark ? [0xEF, 0xBB, 0xBF] : []
    for (index, record) in records.enumerated() {
      // A lone empty field is an empty line unless it has quotes.
      let isLoneEmpty = record.count == 1 && record[0].isEmpty
      let fields = record.map { field in
        let mustQuote = field.contains { ",\"\r\n".utf8.contains($0) } || isLoneEmpty
        guard style.alwaysQuotes || mustQuote else { return field }
        let quote = UInt8(ascii: "\"")
        return [quote] + field.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
      }
      bytes += fields.joined(separator: ",".utf8)
      if index < records.count - 1 || style.endsWithNewline { bytes += style.lineEnd.utf8 }
      if style.blankLines && index < records.count - 1 { bytes += style.lineEnd.utf8 }
    }
    return bytes
  }

  /// Records full of what makes CSV hard; the header has plain names.
  static func random(using random: inout SeededGenerator) -> Records {
    let columns = Int.random(in: 1...6, using: &random)
    let stock = ["", ",", "\"", "\"\"", "\n", "\r\n", "\r", "x", "12", "é", "🤖", " ", "\u{FEFF}"].map { Array($0.utf8) }
    var records = [(0..<columns).map { Array("column \($0)".utf8) }]
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      records.append(
        (0..<columns).map { _ in
          if Int.random(in: 0..<20, using: &random) == 0 { return Array(repeating: 0x61, count: 200) }
          return (0..<Int.random(in: 0...4, using: &random)).flatMap { _ in stock.randomElement(using: &random) ?? [] }
        })
    }
    return records
  }

  static func style(using random: inout SeededGenerator) -> Style {
    Style(
      alwaysQuotes: .random(using: &random), lineEnd: Bool.random(using: &random) ? "\n" : "\r\n",
      hasByteOrderMark: .random(using: &random), endsWithNewline: .random(using: &random),
      blankLines: .random(using: &random))
  }
}
