import Tabular

/// What a record has in a column, with its bytes.
enum Cell: Equatable, ExpressibleByStringLiteral {
  case absent
  case null
  case composite
  case value([UInt8])

  init(stringLiteral text: String) {
    self = .value(Array(text.utf8))
  }

  init(_ record: borrowing Record, _ column: Int) {
    switch record.presence(column) {
    case .absent: self = .absent
    case .null: self = .null
    case .composite: self = .composite
    case .value: self = .value(record.field(column).bytes)
    }
  }
}

/// What a reader makes of a JSON document.
struct JSONOutcome: Equatable {
  var records: [[Cell]] = []
  var error: JSONError?
  /// What there is of the members that were asked for.
  var members: [String: [UInt8]] = [:]
  var seen: [Bool] = []
}

/// How a document is read.
struct JSONReading: Sendable {
  var shape = JSONReader.Shape.array
  var columns = ["a"]
  var required: [String] = []
  var limits = JSONLimits()
  var members: [String] = []

  var reader: JSONReader { JSONReader(shape, columns: columns, required: required, limits: limits) }

  /// Feeds `document` in chunks that end at `cuts`.
  func read(_ document: [UInt8], cuts: [Int] = []) -> JSONOutcome {
    var reader = reader
    var outcome = JSONOutcome()
    func keep(_ record: borrowing Record) {
      var cells: [Cell] = []
      for column in 0..<record.count { cells.append(Cell(record, column)) }
      outcome.records.append(cells)
    }
    do {
      let edges = [0] + cuts.sorted() + [document.count]
      for (start, end) in zip(edges, edges.dropFirst()) {
        try reader.read(document.span.extracting(start..<end), keep)
      }
      try reader.finish(keep)
    } catch {
      outcome.error = error as? JSONError
    }
    for name in members { outcome.members[name] = reader.member(name)?.bytes }
    outcome.seen = columns.indices.map { reader.hasSeen($0) }
    return outcome
  }

  func read(_ text: String) -> JSONOutcome { read(Array(text.utf8)) }

  /// Feeds it in chunks of so many bytes.
  func read(_ document: [UInt8], chunk: Int) -> JSONOutcome {
    read(document, cuts: Array(stride(from: chunk, to: document.count, by: chunk)))
  }

  /// Whether every way to cut the document in two, and single bytes, lead to the same.
  func isIndifferentToCuts(_ document: [UInt8]) -> Bool {
    let whole = read(document)
    return read(document, chunk: 1) == whole && document.indices.allSatisfy { read(document, cuts: [$0]) == whole }
  }
}
