import Foundation
import Testing
import Yams

/// What the README has to copy works as it stands.
@Suite("The README") struct ReadmeTests {
  private struct Block: Sendable {
    let language: String
    let text: String
  }

  /// The fenced blocks, in order.
  private static func blocks(_ language: String) throws -> [String] {
    let text = try String(contentsOfFile: Repository.path + "/README.md", encoding: .utf8)
    var blocks: [Block] = []
    for (index, part) in text.components(separatedBy: "```").enumerated() where !index.isMultiple(of: 2) {
      let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      blocks.append(Block(language: String(lines[0]), text: lines.count > 1 ? String(lines[1]) : ""))
    }
    return blocks.filter { $0.language == language }.map(\.text)
  }

  @Test("has YAML that parses") func yaml() throws {
    let blocks = try Self.blocks("yaml")
    #expect(blocks.count >= 5)
    for block in blocks {
      let documents = try Array(Yams.load_all(yaml: block))
      #expect(!documents.isEmpty && documents.allSatisfy { $0 is [String: Any] }, "\(block)")
    }
  }

  @Test("has configurations that Prometheus takes") func prometheus() async throws {
    let scratch = try Scratch()
    let blocks = try Self.blocks("yaml").filter { $0.contains("scrape_configs:") || $0.contains("rule_files:") }
    #expect(blocks.count >= 2)
    for block in blocks {
      // The certificates and rules that it names are the reader's.
      let file = try scratch.write("prometheus.yml", block)
      let promtool = try Child(
        try Child.find("promtool"), ["check", "config", "--syntax-only", file], in: scratch.path)
      #expect(await promtool.wait() == 0, "\(promtool.log)")
    }
  }

  @Test("makes PrometheusRules of the rule files") func prometheusRules() async throws {
    let scratch = try Scratch()
    let script = try #require(try Self.blocks("sh").first { $0.contains("PrometheusRule") })
    let kubectl = try scratch.write("kubectl", "#!/bin/sh\ncat\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: kubectl)
    let shell = try Child(
      "/bin/sh", ["-c", "cd '\(Repository.path)' && \(script)"],
      environment: ["PATH": "\(scratch.path):/usr/bin:/bin"], in: scratch.path)
    #expect(await shell.wait() == 0)
    let documents = try Yams.load_all(yaml: shell.log).compactMap { $0 as? [String: Any] }
    let files = try FileManager.default.contentsOfDirectory(atPath: Repository.path + "/alerts")
      .filter { $0.hasSuffix(".rules.yml") }
    #expect(documents.count == files.count)
    for document in documents {
      let groups = (document["spec"] as? [String: Any])?["groups"] as? [Any]
      #expect(document["kind"] as? String == "PrometheusRule" && groups?.isEmpty == false)
    }
  }

  @Test("has units that systemd takes", .enabled(if: FileManager.default.isExecutableFile(atPath: systemd)))
  func units() async throws {
    let scratch = try Scratch()
    let units = try Self.blocks("ini").compactMap { block -> String? in
      let path = block.prefix { $0 != "\n" }
      guard path.hasPrefix("# /etc/systemd/system/") else { return nil }
      let text = block.replacingOccurrences(of: "/usr/local/bin/agent-usage-exporter", with: try Child.exporter())
      return try scratch.write(String(path.split(separator: "/").last ?? ""), text)
    }
    #expect(units.count == 2)
    let check = try Child(Self.systemd, ["verify"] + units, in: scratch.path)
    // It names what it does not know and still succeeds.
    #expect(await check.wait() == 0 && check.log.isEmpty, "\(check.log)")
  }

  private static let systemd = "/usr/bin/systemd-analyze"
}
