import Foundation
import Testing
import Yams

@Suite struct AlertmanagerTests {
  private struct Configuration: Decodable {
    struct Inhibition: Decodable {
      let source: [String]
      let target: [String]

      enum CodingKeys: String, CodingKey {
        case source = "source_matchers"
        case target = "target_matchers"
      }
    }

    let inhibitions: [Inhibition]

    enum CodingKeys: String, CodingKey {
      case inhibitions = "inhibit_rules"
    }
  }

  private static let example = "alerts/alertmanager.example.yml"

  @Test func exampleIsValid() async throws {
    let folder = try WorkingFolder()
    let path = Checkout.root.appendingPathComponent(Self.example).path
    let ending = try await Tool.run("amtool", ["check-config", path], in: folder.path)
    #expect(ending.status == 0, "\(ending.output)")
  }

  /// Alerts go to the receiver of their severity.
  @Test(arguments: [("critical", "on-call"), ("warning", "tickets"), ("info", "context")])
  func routesBySeverity(_ severity: String, _ receiver: String) async throws {
    let folder = try WorkingFolder()
    let path = Checkout.root.appendingPathComponent(Self.example).path
    let ending = try await Tool.run(
      "amtool",
      ["config", "routes", "test", "--config.file=\(path)", "alertname=AgentUsageAny", "severity=\(severity)"],
      in: folder.path)
    // A warning may come before it.
    #expect(ending.output.split(whereSeparator: \.isNewline).last.map(String.init) == receiver)
  }

  /// Each alert that an inhibition names exists: a pattern with nothing behind it inhibits nothing.
  @Test func inhibitionsNameAlerts() throws {
    let configuration = try YAMLDecoder().decode(Configuration.self, from: Checkout.text(Self.example))
    let alerts = try RuleLibrary().alerts.map(\.name)
    #expect(!configuration.inhibitions.isEmpty)
    for matcher in configuration.inhibitions.flatMap({ $0.source + $0.target }) where matcher.hasPrefix("alertname") {
      let pattern = try #require(matcher.split(separator: "\"").dropFirst().first)
      let expression = try Regex(String(pattern))
      #expect(alerts.contains { $0.wholeMatch(of: expression) != nil }, "\(matcher)")
    }
  }
}
