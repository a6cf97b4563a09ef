import Exposition
import Foundation
import Publication
import Testing
import Usage

@Suite("The catalogue")
struct CatalogueTests {
  @Test("names every metric once, as Prometheus' conventions want it")
  func names() {
    var seen: Set<String> = []
    for metric in Catalogue.all {
      let name = metric.family.name
      #expect(seen.insert(name).inserted, "\(name) twice")
      #expect(name.hasPrefix("agentusage_") || name.hasPrefix("process_"), "\(name)")
      #expect(name.hasSuffix("_total") == (metric.family.kind == .counter), "\(name)")
      #expect(name.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }, "\(name)")
      #expect(!metric.family.help.isEmpty && metric.family.help.hasSuffix(".") || name.hasPrefix("process_"), "\(name)")
      #expect(Set(metric.labels).count == metric.labels.count, "\(name)")
      #expect(!metric.labels.contains { ["le", "quantile", "job", "instance"].contains($0) }, "\(name)")
    }
  }

  @Test("has no label that could name a person or grow without bound")
  func labels() {
    let forbidden = ["user", "user_name", "email", "conversation", "message", "date", "url", "text"]
    for metric in Catalogue.all {
      #expect(metric.labels.allSatisfy { !forbidden.contains($0) }, "\(metric.family.name)")
    }
  }

  @Test("is what the README says")
  func readme() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appendingPathComponent("README.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let begin = "<!-- metrics: begin -->\n"
    let end = "<!-- metrics: end -->"
    let start = try #require(text.range(of: begin)).upperBound
    let stop = try #require(text.range(of: end)).lowerBound
    if ProcessInfo.processInfo.environment["AGENTUSAGE_UPDATE_README"] != nil {
      let updated = text[..<start] + "\n" + Catalogue.markdown + "\n" + text[stop...]
      try String(updated).write(to: file, atomically: true, encoding: .utf8)
      return
    }
    #expect(
      text[start..<stop] == "\n" + Catalogue.markdown + "\n",
      "run the tests once with AGENTUSAGE_UPDATE_README=1")
  }
}
