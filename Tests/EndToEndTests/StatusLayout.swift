import Foundation
import Testing

/// Measures pages as a Chromium without a window lays them out.
struct StatusLayout {
  enum Scheme: Int, CaseIterable {
    case dark = 0
    case light = 1
  }

  struct Page {
    let name: String
    let html: String
  }

  /// What came of a page at one width.
  struct Measurement: Decodable {
    /// CSS pixels that the page is wider than its window.
    let overflow: Int
    /// CSS pixels.
    let height: Int
    /// Elements that the browser has made of the page.
    let elements: Int
    /// Attributes that run something.
    let handlers: Int
    let workspaces: Int
    let collectors: Int
    /// Texts that stand out too little for WCAG's level AA, as `span.quiet 3.9`.
    let faint: [String]
    /// Texts that are cut off or laid over others, by element.
    let clipped: [String]
    let background: String
  }

  let scratch: Scratch

  /// Lays out the pages, everything that can be opened open.
  func measure(_ pages: [Page], width: Int, _ scheme: Scheme) async throws -> [Measurement] {
    let frames = pages.map { page in
      "<iframe style=\"width:\(width)px;height:2000px;border:0\" srcdoc=\"\(Self.quoted(page.html))\"></iframe>"
    }
    let file = try scratch.write(
      "measure-\(width)-\(scheme.rawValue).html",
      "<!DOCTYPE html><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\">"
        + "\(frames.joined())<pre id=\"report\"></pre><script>\(Self.script)</script>")
    let document = try await chromium(
      ["--window-size=1600,2000", "--virtual-time-budget=5000", "--dump-dom"], scheme, "file://\(file)")
    let report = try #require(document.firstMatch(of: #/<pre id="report">(.*?)</pre>/#)?.1)
    return try JSONDecoder().decode([Measurement].self, from: Data(report.utf8))
  }

  /// A PNG of a page from its top to its end.
  func picture(of url: String, width: Int, height: Int, _ scheme: Scheme, as file: String) async throws {
    _ = try await chromium(
      [
        "--hide-scrollbars", "--force-device-scale-factor=1", "--window-size=\(width),\(height)",
        "--screenshot=\(file)",
      ],
      scheme, url)
    try #require(FileManager.default.fileExists(atPath: file))
  }

  /// A page as Chromium has it, fetched as a person would.
  func document(of url: String) async throws -> String {
    try await chromium(["--dump-dom"], .light, url)
  }

  private func chromium(_ arguments: [String], _ scheme: Scheme, _ url: String) async throws -> String {
    var all = [
      "--headless", "--disable-gpu", "--user-data-dir=\(scratch.path)/profile-\(UUID().uuidString)",
      "--blink-settings=preferredColorScheme=\(scheme.rawValue)",
    ]
    if getuid() == 0 { all.append("--no-sandbox") }
    let child = try Child(try Child.find("chromium"), all + arguments + [url], in: scratch.path)
    try #require(await child.wait() == 0, "\(child.log)")
    return child.log
  }

  private static func quoted(_ html: String) -> String {
    html.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
  }

  private static let script = """
    const number = (text) => text.match(/[\\d.]+/g).map(Number);
    const blend = (top, bottom) => top.slice(0, 3).map((c, i) => c * (top[3] ?? 1) + bottom[i] * (1 - (top[3] ?? 1)));
    const luminance = (rgb) => rgb.map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
      .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const backdrop = (view, element) => {
      if (!element) return [255, 255, 255];
      const color = number(view.getComputedStyle(element).backgroundColor);
      return color[3] === undefined || color[3] === 1 ? color : blend(color, backdrop(view, element.parentElement));
    };
    const name = (element) => element.tagName.toLowerCase() + "." + (element.getAttribute("class") || "");
    const measure = (frame) => {
      const view = frame.contentWindow, page = frame.contentDocument, root = page.documentElement;
      for (const details of page.querySelectorAll("details")) details.open = true;
      const all = [...page.querySelectorAll("*")];
      const shown = all.filter((e) => e.getClientRects().length > 0);
      const texts = shown.filter((e) => !e.closest(".hidden, svg, style") &&
        [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
      const faint = texts.map((e) => {
        const back = backdrop(view, e), front = blend(number(view.getComputedStyle(e).color), back);
        const [low, high] = [luminance(back), luminance(front)].sort((a, b) => a - b);
        return [name(e), (high + 0.05) / (low + 0.05)];
      }).filter(([, ratio]) => ratio < 4.5).map(([name, ratio]) => name + " " + ratio.toFixed(1));
      const clipped = texts.filter((e) => !e.closest("thead")).filter((e) => {
        const box = e.getBoundingClientRect();
        return box.right > root.clientWidth + 1 || box.left < -1 || e.scrollWidth > Math.max(e.clientWidth, box.width) + 1
          && view.getComputedStyle(e).overflowX !== "visible";
      }).map(name);
      return {
        overflow: root.scrollWidth - root.clientWidth, height: root.scrollHeight, elements: all.length,
        handlers: all.flatMap((e) => [...e.attributes]).filter((a) => a.name.startsWith("on")).length,
        workspaces: shown.filter((e) => e.matches("details.workspace, .lines li")).length,
        collectors: shown.filter((e) => e.matches(".workspace tbody")).length,
        faint: [...new Set(faint)], clipped: [...new Set(clipped)],
        background: view.getComputedStyle(page.body).backgroundColor,
      };
    };
    onload = () => {
      const found = [...document.querySelectorAll("iframe")].map(measure);
      document.getElementById("report").textContent = JSON.stringify(found);
    };
    """
}
