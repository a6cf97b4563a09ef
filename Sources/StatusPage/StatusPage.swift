package import Collection
import Mustache

/// The templates of the status page cannot be read. They are part of the executable, so this is a fault of its makers.
package struct StatusPageError: Error, CustomStringConvertible {
  package let template: String
  package let reason: String

  package var description: String { "the template \(template) of the status page is broken: \(reason)" }
}

/// The page for people at `/`: what is wrong and what to do, how each workspace fares, who is used most.
///
/// It holds no script and asks for nothing from elsewhere. Everything that a provider or a configuration named is escaped.
package struct StatusPage: Sendable {
  private let library: MustacheLibrary
  private let version: String
  private let telemetryPath: String
  private let style: String

  /// - Throws: ``StatusPageError``.
  package init(version: String, telemetryPath: String) throws(StatusPageError) {
    MustacheContentTypes.register(HTMLText(), named: HTMLText.name)
    var library = MustacheLibrary()
    for (name, bytes) in Self.templates {
      do {
        try library.register(String(decoding: bytes, as: UTF8.self), named: name)
      } catch {
        throw StatusPageError(template: name, reason: "\(error)")
      }
    }
    self.library = library
    self.version = version
    self.telemetryPath = telemetryPath
    style = String(decoding: PackageResources.page_css, as: UTF8.self)
  }

  static let templates: [(name: String, bytes: [UInt8])] = [
    ("page", PackageResources.page_mustache), ("badge", PackageResources.badge_mustache),
    ("time", PackageResources.time_mustache), ("workspace", PackageResources.workspace_mustache),
    ("board", PackageResources.board_mustache), ("names", PackageResources.names_mustache),
  ]

  package func html(_ status: ExporterStatus) -> String {
    let view = PageView(status, version: version, telemetryPath: telemetryPath, style: style)
    return library.render(Fields(view), withTemplate: "page") ?? ""
  }

  /// `Content-Security-Policy`: nothing is loaded and nothing is run, and of styles only the page's own.
  package static let contentSecurityPolicy =
    "default-src 'none'; style-src 'sha256-\(styleHash)'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

  /// SHA-256 of `page.css` in base 64, by which browsers know it; a test says so when it changes.
  private static let styleHash = "BZYeP1Eqx277YNeQLr1el6XOGc7uNP6KSmwNzBmeCTQ="
}
