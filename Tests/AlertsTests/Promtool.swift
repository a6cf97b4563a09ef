import Foundation

/// `promtool test rules` over many test files at once.
struct Promtool {
  enum Verdict: Sendable, Hashable {
    case passed
    /// A scene came out differently, or an evaluation failed.
    case failed(String)
    /// No rules at all: an expression does not parse.
    case malformed(String)

    /// Whether the play went on to its end, and told of all that came out differently.
    var isOfAll: Bool {
      switch self {
      case .passed: true
      case .failed(let output): !output.contains(", err: ")
      case .malformed: false
      }
    }
  }

  struct File: Sendable {
    let name: String
    /// How long it takes, compared with others.
    let weight: Int
  }

  let folder: WorkingFolder

  /// - Returns: what became of each file.
  func test(_ files: [File]) async throws -> [String: Verdict] {
    let (one, other) = Self.halves(files)
    async let first = run(one)
    async let second = run(other)
    return try await first.merging(try await second) { $1 }
  }

  /// Two parts that take equally long.
  private static func halves(_ files: [File]) -> ([String], [String]) {
    var parts: (names: ([String], [String]), weights: (Int, Int)) = (([], []), (0, 0))
    for file in files.sorted(by: { $0.weight > $1.weight }) {
      if parts.weights.0 <= parts.weights.1 {
        parts.names.0.append(file.name)
        parts.weights.0 += file.weight
      } else {
        parts.names.1.append(file.name)
        parts.weights.1 += file.weight
      }
    }
    return parts.names
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
