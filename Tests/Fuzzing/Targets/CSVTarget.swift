import Tabular

/// However a document is cut, the same comes of it; what comes of it, written anew, reads back the same.
enum CSVTarget {
  static func run(_ bytes: [UInt8]) {
    var input = FuzzInput(bytes)
    let shape = input.byte()
    let choice = input.cuts(of: max(0, bytes.count - 2))
    let document = input.remainder()
    let whole = Documents.read(document)
    require(Documents.read(document, cuts: choice) == whole, "cut, it reads otherwise")
    checkFields(document)
    limited(document, choice)
    guard whole.error == nil, let header = whole.header else { return }
    let style = Documents.Style(
      alwaysQuotes: shape & 1 == 0, lineEnd: shape & 2 == 0 ? "\n" : "\r\n", hasByteOrderMark: shape & 4 == 0,
      endsWithNewline: shape & 8 == 0)
    let written = Documents.write([header.map { Array($0.utf8) }] + whole.records, style)
    let again = Documents.read(written)
    require(again.error == nil && again.records == whole.records, "written anew, it reads otherwise")
  }

  /// Nobody knows which fault is found first where a record is too long and wrong as well.
  private static func limited(_ document: [UInt8], _ cuts: [Int]) {
    let limits = CSVLimits(recordBytes: 40)
    let whole = Documents.read(document, limits: limits)
    let cut = Documents.read(document, cuts: cuts, limits: limits)
    require((whole.error == nil) == (cut.error == nil), "cut, it is refused otherwise")
    if whole.error == nil { require(whole == cut, "cut, it reads otherwise within limits") }
  }

  /// Everything that is made of a field ends in an answer.
  private static func checkFields(_ document: [UInt8]) {
    var reader = CSVReader()
    func look(_ record: borrowing Record) {
      for column in 0..<record.count { FieldCheck.run(record.field(column)) }
    }
    do {
      try reader.read(document.span, look)
      try reader.finish(look)
    } catch {}
  }
}

enum FieldCheck {
  static func run(_ field: Field) {
    if let text = field.text { require(Array(text.utf8) == field.bytes, "a text that is not its bytes") }
    _ = field.repairedText
    _ = field.bool
    require(field.unguarded.count <= field.count, "an unguarded field has grown")
    for scale in [1, 100, 1_000_000] as [Int64] {
      if case .value(let value) = field.decimal(scale: scale) { require(value >= 0, "a negative decimal was let in") }
    }
    if let timestamp = field.timestamp {
      require((0..<86_400).contains(timestamp.secondOfDay), "a second of no day")
      _ = timestamp.secondsSince1970(defaultOffset: 3600)
    }
  }
}
