import Foundation
import Publication
import Usage

/// What the parameters of a scrape ask for.
struct ScrapeQuery: Sendable, Hashable {
  var selection = ScrapeSelection.everything
  /// Whether the exporter tells of itself as well.
  var includesExporter = true

  /// Why a scrape cannot be answered: 400, in words for whoever wrote the scrape configuration.
  struct Fault: Error, Hashable {
    let message: String

    fileprivate init(_ message: String) {
      self.message = message
    }
  }

  /// In the place of a collector: the exporter's own series and nothing else, for a job beside those that probe.
  static let exporter = "exporter"

  /// `/metrics`, narrowed by `collect[]` and `provider[]` as node_exporter's is.
  ///
  /// - Parameter known: every collector of every provider.
  static func metrics(_ query: String?, known: Set<String>) throws(Fault) -> ScrapeQuery {
    let parameters = Parameters(query)
    var scrape = ScrapeQuery()
    let collectors = Set(parameters["collect[]"])
    if let stranger = collectors.subtracting(known).first(where: { $0 != exporter }) {
      throw Fault("there is no collector \(quoted(stranger)); there are \(known.sorted().joined(separator: ", "))")
    }
    if !collectors.isEmpty { scrape.selection.collectors = collectors.subtracting([exporter]) }
    let providers = parameters["provider[]"]
    if !providers.isEmpty { scrape.selection.providers = Set(try providers.map(provider)) }
    // Without any collector there is nothing to tell of a workspace.
    if collectors == [exporter] { scrape.selection.providers = [] }
    return scrape
  }

  /// `/probe`: one of the configured workspaces, by its name, and by its provider where several have one of that name.
  static func probe(_ query: String?, among workspaces: [WorkspaceID]) throws(Fault) -> ScrapeQuery {
    let parameters = Parameters(query)
    guard let target = parameters["target"].first, !target.isEmpty else {
      throw Fault("the parameter target is missing: it names a configured workspace")
    }
    var found = workspaces.filter { $0.name == target }
    if let name = parameters["provider"].first {
      let kind = try provider(name)
      found = found.filter { $0.provider == kind }
    }
    guard let workspace = found.first else {
      throw Fault("no workspace of this name is configured: targets are workspaces of the configuration")
    }
    if found.count > 1 {
      let names = found.map(\.provider.rawValue).sorted().joined(separator: ", ")
      throw Fault("several providers have a workspace of this name: add the parameter provider, one of \(names)")
    }
    return ScrapeQuery(selection: ScrapeSelection(workspace: workspace), includesExporter: false)
  }

  private static func provider(_ name: String) throws(Fault) -> ProviderKind {
    if let kind = ProviderKind(rawValue: name) { return kind }
    let names = ProviderKind.allCases.map(\.rawValue).joined(separator: ", ")
    throw Fault("there is no provider \(quoted(name)); there are \(names)")
  }

  /// What a client said, made harmless for a page and a log.
  private static func quoted(_ text: String) -> String {
    let isWord =
      text.utf8.count <= 40
      && text.utf8.allSatisfy { byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || byte == UInt8(ascii: "_")
      }
    return isWord ? "`\(text)`" : "of this name"
  }
}

/// The parameters of a query, decoded as a form's: `+` is a space.
private struct Parameters {
  private let pairs: [(name: String, value: String)]

  init(_ query: String?) {
    pairs = (query ?? "").split(separator: "&").map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (Self.decode(parts[0]), parts.count > 1 ? Self.decode(parts[1]) : "")
    }
  }

  subscript(name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

  private static func decode(_ text: Substring) -> String {
    let spaced = String(text.map { $0 == "+" ? " " : $0 })
    return spaced.removingPercentEncoding ?? spaced
  }
}
