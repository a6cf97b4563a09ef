import Dashboards
import Foundation

/// One HTML file that needs nothing beside it.
struct Page {
  private let chartScript: String
  private let chartStyle: String

  /// - Parameter uplot: the path of its script; its style is beside it.
  /// - Throws: if there is no uPlot.
  init(uplot: String) throws(ExecutionFault) {
    let script = URL(fileURLWithPath: uplot)
    let style = script.deletingLastPathComponent().appendingPathComponent("uplot.min.css")
    do {
      chartScript = try String(contentsOf: script, encoding: .utf8)
      chartStyle = try String(contentsOf: style, encoding: .utf8)
    } catch {
      throw ExecutionFault("--uplot must name uplot.iife.min.js, with uplot.min.css beside it: \(error)")
    }
  }

  func html(of scene: Scene) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    // Slashes are escaped, so that no text of the data ends the script.
    let data = String(decoding: try encoder.encode(scene), as: UTF8.self)
    return """
      <!doctype html>
      <html lang="en">
      <head><meta charset="utf-8"><title>\(scene.title)</title>
      <style>\(chartStyle)\(Self.text(PackageResources.preview_css))</style></head>
      <body>
      <script>\(chartScript)</script>
      <script>const scene = \(data);</script>
      <script>\(Self.text(PackageResources.preview_js))</script>
      </body>
      </html>

      """
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
