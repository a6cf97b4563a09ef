import Usage

/// Consumption lines that are made up as they are written: as many as a test wants, out of nothing.
///
/// Agents, models and tools take turns at different paces; see ``syntheticConsumptionTruth(lines:)``.
struct SyntheticConsumption: Sendable {
  /// Lines whose numbers are equal modulo this are alike but for their time, ids, person and credits.
  private static let period = 3 * 7 * 4 * 5
  private static let linesOfPiece = 200

  /// A line in the parts between what differs.
  private struct Template: Sendable {
    var parts: [[UInt8]] = []
  }

  private let count: Int
  private let error: String?
  private let header: [UInt8]
  private let templates: [Template]
  private let from: Int64
  private let width: Int64

  init(_ count: Int, _ error: String?, _ options: DustOptions, _ request: ConsumptionRequest) {
    self.count = count
    self.error = error
    from = request.from
    width = request.end - request.from
    let names = ConsumptionLines.columns(options).map(\.name)
    header = request.json ? [] : Array((names.joined(separator: ",") + "\n").utf8)
    templates = (0..<Self.period).map { Self.template($0, names, json: request.json) }
  }

  /// The lines of one piece; nil after the last.
  @Sendable func piece(_ index: Int) -> [UInt8]? {
    let first = index * Self.linesOfPiece
    guard index == 0 || first < count else {
      let pieces = max(1, (count + Self.linesOfPiece - 1) / Self.linesOfPiece)
      return index == pieces ? error.map { Array("\($0)\n".utf8) } : nil
    }
    var bytes = index == 0 ? header : []
    bytes.reserveCapacity(bytes.count + Self.linesOfPiece * 800)
    for number in first..<max(first, min(first + Self.linesOfPiece, count)) { write(number, into: &bytes) }
    return bytes
  }

  private func write(_ number: Int, into bytes: inout [UInt8]) {
    let parts = templates[number % Self.period].parts
    let values = [completed(number), Self.digits(number), Self.digits(number % 90), Self.credits(number)]
    // One value after each part but the last, in the order of the columns.
    for (index, part) in parts.enumerated() {
      bytes += part
      if index < parts.count - 1 { bytes += values[min(index, values.count - 1)] }
    }
  }

  /// Spread evenly over the window.
  private func completed(_ number: Int) -> [UInt8] {
    let share = Double(number) / Double(max(1, count))
    return Array(DustID.instant(from + min(Int64(share * Double(width)), width - 1)).utf8)
  }

  private static func digits(_ number: Int) -> [UInt8] { Array(String(1_000_000_000 + number).utf8) }

  private static func credits(_ number: Int) -> [UInt8] {
    Array(Cell.decimal(hundredths: Int64(number % 1000)).utf8)
  }

  // MARK: Templates

  private static let numeric: Set<String> = [
    "agentDepth", "creditsSystem", "creditsInput", "creditsOutput", "creditsReasoning", "creditsAction",
    "creditsDirect", "totalCredits", "stepIndex", "executionTimeMs",
  ]

  /// - Parameter number: of the first line of its kind.
  private static func template(_ number: Int, _ names: [String], json: Bool) -> Template {
    var line = ""
    for (index, field) in fields(number).enumerated() {
      if index > 0 { line += "," }
      if json {
        let quote = numeric.contains(names[index]) ? "" : "\""
        line += "\(index == 0 ? "{" : "")\"\(names[index])\":\(quote)\(field)\(quote)"
      } else {
        line += field
      }
    }
    line += json ? "}\n" : "\n"
    return Template(parts: line.split(separator: "#", omittingEmptySubsequences: false).map { Array($0.utf8) })
  }

  /// Where a value differs from line to line there is a `#`.
  private static func fields(_ number: Int) -> [String] {
    let tool = number % 3 == 2
    let agent = "aSynth000\(number % 7)"
    let model = ["provider-\(number % 2)", "model-\(number % 4)", "Model \(number % 4)", "light", "explicit"]
    let server = ["run", "server-\(number % 5)", "Server \(number % 5)", "", "act\(number % 5)"]
    let none = Array(repeating: "", count: 5)
    return [
      "#", "cnv0000\(number)", "vlt_company", "msg#", tool ? "tool" : "llm", agent, "Synthetic agent \(number % 7)",
      "1",
      "tag_synthetic", agent, "", "0",
    ]
      + (tool ? none : model)
      + ["usr_#", "Synthetic person of a large company", "grp_synthetic", "Synthetic group", "", "web", ""]
      + (tool ? server : none)
      + ["skl_synthetic", "Synthetic skill", "0.00", "0.00", "0.00", "0.00", "0.00", "#", "user", "succeeded"]
      + ["\(number % 9)", tool ? "250" : "0"]
  }
}
