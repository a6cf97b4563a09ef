import Foundation

/// The folder of the repository that holds these tests.
enum Checkout {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let alerts = root.appendingPathComponent("alerts")

  /// The names of the rule files, sorted.
  static let ruleFiles = ((try? FileManager.default.contentsOfDirectory(atPath: alerts.path)) ?? [])
    .filter { $0.hasSuffix(".rules.yml") }.sorted()

  /// - Throws: if there is no such file.
  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }
}

/// A folder that goes with the test.
final class WorkingFolder: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("agent-usage-alerts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  /// Writes JSON, which is YAML.
  func write(_ name: String, _ content: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    try encoder.encode(content).write(to: URL(fileURLWithPath: path + "/" + name))
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}
