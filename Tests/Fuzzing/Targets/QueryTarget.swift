import Foundation
import Publication
import Usage
@testable import Web

/// Whatever a query says, it narrows a scrape to what is configured, or is refused in words that hold nothing of it.
enum QueryTarget {
  private static let known: Set<String> = ["agents", "users", "executions"]

  static func run(_ bytes: [UInt8]) {
    let query = String(decoding: bytes, as: UTF8.self)
    do {
      let scrape = try ScrapeQuery.metrics(query, known: known)
      require((scrape.selection.collectors ?? []).isSubset(of: known), "a collector that there is not")
      require(scrape.selection.workspace == nil, "a workspace out of a query of /metrics")
    } catch {
      check(error)
    }
    probe(query)
    roundTrip(query)
  }

  private static func probe(_ query: String) {
    let workspaces = [WorkspaceID(.dust, "acme"), WorkspaceID(.tess, "acme"), WorkspaceID(.dust, "münchen & co")]
    do {
      let scrape = try ScrapeQuery.probe(query, among: workspaces)
      let workspace = scrape.selection.workspace
      require(workspace.map(workspaces.contains) ?? false, "a workspace that is not configured")
    } catch {
      check(error)
    }
  }

  /// A name, encoded as a form would be, is found.
  private static func roundTrip(_ name: String) {
    guard !name.isEmpty, let encoded = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) else { return }
    let workspace = WorkspaceID(.langdock, name)
    let scrape = try? ScrapeQuery.probe("target=\(encoded)&x=1", among: [workspace])
    require(scrape?.selection.workspace == workspace, "a name is not found")
  }

  private static func check(_ fault: ScrapeQuery.Fault) {
    require(fault.message.utf8.count < 400, "a long refusal")
    require(fault.message.utf8.allSatisfy { (0x20..<0x7F).contains($0) }, "a refusal with a strange character")
  }
}
