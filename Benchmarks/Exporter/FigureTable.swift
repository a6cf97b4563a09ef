import Foundation

/// Figures in two columns, as a table in Markdown.
struct FigureTable {
  private var rows: [(name: String, figure: String)] = []

  mutating func add(_ name: String, _ seconds: Double...) { add(name, seconds) }

  /// - Parameter seconds: of several runs: the median is shown, and the range.
  mutating func add(_ name: String, _ seconds: [Double]) {
    let sorted = seconds.sorted()
    guard let first = sorted.first, let last = sorted.last else { return }
    let range = sorted.count > 1 ? " (\(Self.text(first)) to \(Self.text(last)))" : ""
    rows.append((name, "\(Self.text(sorted[sorted.count / 2])) s\(range)"))
  }

  mutating func addBytes(_ name: String, _ bytes: Int, of count: Int) {
    let share = Self.text(Double(bytes) / Double(count))
    rows.append((name, "\(Self.text(Double(bytes) / 1e6)) MB, \(share) bytes a cell"))
  }

  /// - Parameter seconds: of several runs over as many bytes and records.
  mutating func addRate(_ name: String, _ seconds: [Double], bytes: Int, records: Int) {
    let sorted = seconds.sorted()
    guard !sorted.isEmpty else { return }
    let median = sorted[sorted.count / 2]
    let records = Self.text(median / Double(records) * 1e9)
    rows.append((name, "\(Self.text(Double(bytes) / median / 1e6)) MB/s, \(records) ns a record"))
  }

  var text: String {
    let width = rows.map(\.name.count).max() ?? 0
    return rows.map { "| \($0.name.padding(toLength: width, withPad: " ", startingAt: 0)) | \($0.figure) |" }
      .joined(separator: "\n")
  }

  private static func text(_ value: Double) -> String { String(format: value < 10 ? "%.3f" : "%.1f", value) }
}

/// How long something takes.
func seconds(_ body: () async throws -> Void) async rethrows -> Double {
  let start = ContinuousClock.now
  try await body()
  return start.duration(to: .now) / .seconds(1)
}
