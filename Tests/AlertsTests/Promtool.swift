import Foundation

/// `promtool test rules` over many test files at once.
struct Promtool {
  enum Verdict: Sendable, Hashable {
    case passed
    /// A scene came out differently, or an evaluation failed.
    case failed(String)
    /// No rules at all: an expression does not parse.
    case malformed(String)
  }

  let folder: WorkingFolder

  /// - Returns: what became of each file.
  func test(_ files: [String]) async throws -> [String: Verdict] {
    guard !files.isEmpty else { return [:] }
    let half = (files.count + 1) / 2
    async let first = run(Array(files.prefix(half)))
    async let second = run(Array(files.dropFirst(half)))
    return try await first.merging(try await second) { $1 }
  }

  private func run(_ files: [String]) async throws -> [String: Verdict] {
    guard !files.isEmpty else { return [:] }
    let ending = try await Tool.run("promtool", ["test", "rules"] + files, in: folder.path)
    var verdicts: [String: Verdict] = [:]
    for part in ending.output.components(separatedBy: "Unit Testing:  ").dropFirst() {
      guard let line = part.firstIndex(of: "\n") else { continue }
      let output = part[line...].trimmingCharacters(in: .whitespacesAndNewlines)
      verdicts[String(part[..<line])] = Self.verdict(output)
    }
    return verdicts
  }

  private static func verdict(_ output: String) -> Verdict {
    if output == "SUCCESS" { return .passed }
    return output.contains("parse error") || output.contains("could not parse") ? .malformed(output) : .failed(output)
  }
}
