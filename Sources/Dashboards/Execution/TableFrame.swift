import Foundation

/// The rows of a table panel, after its transformations.
package struct TableFrame: Sendable, Equatable {
  package enum Cell: Sendable, Equatable {
    case text(String)
    case number(Double)

    package var number: Double? {
      if case .number(let value) = self { value } else { nil }
    }
  }

  package struct Column: Sendable, Equatable {
    /// As the panel shows it.
    package let title: String
    package let isNumeric: Bool
  }

  package private(set) var columns: [Column] = []
  package private(set) var rows: [[Cell?]] = []

  private typealias Record = [String: Cell]

  /// - Throws: ``ExecutionFault`` if the panel has another transformation than `merge` and `organize`.
  package init(_ panel: Board.Panel, _ answers: [PanelAnswer]) throws(ExecutionFault) {
    let transformations = panel.transformations ?? []
    for transformation in transformations where !["merge", "organize"].contains(transformation["id"].string ?? "") {
      throw ExecutionFault("\(panel.title): the transformation \(transformation["id"]) is not supported")
    }
    let frames = Self.frames(answers)
    let merged = Self.merged(frames)
    let organised = transformations.first { $0["id"].string == "organize" }?["options"] ?? .null
    arrange(merged, organised)
    sort(panel.options?["sortBy"].elements.first ?? .null)
  }

  /// A frame for each query that answered; a single value column has no letter.
  private static func frames(_ answers: [PanelAnswer]) -> [[Record]] {
    let answered = answers.filter { !$0.series.isEmpty }
    return answered.map { answer in
      let name = answered.count > 1 ? "Value #\(answer.target.refId)" : "Value"
      return answer.series.map { series in
        var record: Record = series.labels.mapValues { .text($0) }
        record[name] = series.samples.last.map { .number($0.value) }
        return record
      }
    }
  }

  /// Rows whose fields that all frames have are the same become one, unless they differ in another one.
  private static func merged(_ frames: [[Record]]) -> [Record] {
    let fields = frames.map { Set($0.flatMap(\.keys)) }
    guard let first = fields.first, frames.count > 1 else { return frames.first ?? [] }
    let keys = fields.dropFirst().reduce(first) { $0.intersection($1) }
    var rows: [Record] = []
    var places: [Record: [Int]] = [:]
    for record in frames.joined() {
      let key = record.filter { keys.contains($0.key) }
      let place = places[key]?.first { index in
        record.allSatisfy { rows[index][$0.key] == nil || rows[index][$0.key] == $0.value }
      }
      if let place {
        rows[place].merge(record) { $1 }
      } else {
        places[key, default: []].append(rows.count)
        rows.append(record)
      }
    }
    return rows
  }

  private mutating func arrange(_ records: [Record], _ options: JSON) {
    let hidden = Set(options["excludeByName"].members.filter { $0.value.isTrue }.map(\.key))
    let fields = Set(records.flatMap(\.keys)).subtracting(hidden)
    let order = fields.sorted {
      let (left, right) = (options["indexByName"][$0].number ?? 99, options["indexByName"][$1].number ?? 99)
      return left == right ? $0 < $1 : left < right
    }
    columns = order.map { field in
      Column(title: options["renameByName"][field].string ?? field, isNumeric: field.hasPrefix("Value"))
    }
    rows = records.map { record in order.map { record[$0] } }
  }

  private mutating func sort(_ sorting: JSON) {
    guard let index = columns.firstIndex(where: { $0.title == sorting["displayName"].string }) else { return }
    let descending = sorting["desc"].isTrue
    rows.sort { left, right in
      switch (left[index], right[index]) {
      case (.number(let left)?, .number(let right)?): descending ? left > right : left < right
      case (.text(let left)?, .text(let right)?): descending ? left > right : left < right
      case (.some, nil): true
      default: false
      }
    }
  }
}

extension TableFrame.Cell: Hashable {}
