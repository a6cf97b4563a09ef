import Collection
import Foundation
import Publication
import StatusGallery
import StatusPage
import Testing
import Usage

@Suite("The status page")
struct PageTests {
  static func html(_ status: ExporterStatus) throws -> String {
    try StatusPage(version: "1.2.3<>", telemetryPath: "/metrics\"&").html(status)
  }

  @Test("shows every provider in every state, in words", arguments: ProviderKind.allCases, Scene.allCases)
  func states(provider: ProviderKind, scene: Scene) throws {
    let workspace = scene.workspace(provider, name: "acme", at: StatusGallery.now)
    // Where there is only one collector, there is nothing else to tell of.
    let isAlone = scene == .notEnabled && workspace.collectors.count == 1
    #expect(workspace.state == (isAlone ? .notEnabled : scene.state))
    let text = VisibleText(try Self.html(StatusGallery.status([workspace])))
    for words in scene.words { #expect(text.holds(words), "\(words)") }
    #expect(text.holds("What is wrong") == scene.state.needsAttention)
    for collector in workspace.collectors { #expect(text.holds(collector.name)) }
    for name in workspace.switchedOff { #expect(text.holds(name)) }
  }

  @Test("says what is wrong before anything else, the worst first")
  func order() throws {
    let scenes: [Scene] = [.fine, .late, .rateLimited, .unreachable, .refused]
    let text = VisibleText(
      try Self.html(StatusGallery.status(scenes.map { $0.workspace(.tess, name: $0.rawValue, at: StatusGallery.now) })))
    let order = [
      "4 of 5 workspaces need attention", "1 with a refused credential · 1 failing · 1 rate limited · 1 late · 1 fine",
      "What is wrong", "Credential refused", "Failing", "Rate limited", "Late", "Workspaces", "Top agents of the month",
    ]
    #expect(text.places(of: order) == text.places(of: order).sorted())
    #expect(text.places(of: order).count == order.count)
  }

  @Test("tells of one trouble of many workspaces once")
  func groups() throws {
    let workspaces = (0..<9).map { Scene.unreachable.workspace(.dust, name: "w\($0)", at: StatusGallery.now) }
    let text = VisibleText(try Self.html(StatusGallery.status(workspaces)))
    #expect(text.holds("w0 w1 w2 w3 w4 w5 and 3 more Dust"))
    #expect(text.count(of: "name, network, proxy, certificate") == 1)
  }

  @Test("shows many workspaces in a line each, and only those that need somebody with their collectors")
  func crowd() throws {
    let status = StatusGallery.crowd(300)
    let html = try Self.html(status)
    let attention = status.workspaces.filter(\.state.needsAttention).count
    #expect(attention > 0 && attention < 20)
    #expect(html.components(separatedBy: "<details class=\"workspace\"").count == attention + 1)
    for workspace in status.workspaces { #expect(html.contains("<bdi class=\"name\">\(workspace.id.name)</bdi>")) }
    // One board for each provider.
    #expect(html.components(separatedBy: "<article class=\"board\">").count == 5)
    #expect(html.utf8.count < 400_000)
  }

  @Test("is bounded however many workspaces there are")
  func bounded() throws {
    let text = VisibleText(try Self.html(StatusGallery.crowd(2000)))
    #expect(text.holds("And 1,4"))
    #expect(text.count(of: "tenant-") < 700)
  }

  @Test("has no scripts, styles or addresses but its own")
  func selfContained() throws {
    let html = try Self.html(StatusGallery.hostile).lowercased()
    for foreign in [
      "<script", "<img", "<link", "<iframe", "<b>", "src=", "style=", "http:", "https:", "@import", "url(",
    ] {
      let shown = html.replacingOccurrences(of: "&lt;script", with: "").replacingOccurrences(
        of: "&lt;img src=", with: ""
      )
      .replacingOccurrences(of: "&lt;b&gt;", with: "")
      #expect(!shown.contains(foreign), "\(foreign)")
    }
  }

  @Test("tells of the exporter's own troubles", arguments: [Scene.fine, .refused])
  func faults(scene: Scene) throws {
    var status = StatusGallery.status([scene.workspace(.dust, name: "acme", at: StatusGallery.now)])
    status.faults = [.configurationRefused(inForceSince: status.at.addingTimeInterval(-90_000)), .ledgerNotWritten]
    let page = VisibleText(try Self.html(status))
    #expect(
      page.holds(scene == .fine ? "Nothing needs attention, but the exporter does" : ", and so does the exporter"))
    #expect(page.holds("The configuration could not be read again.") && page.holds("stays in force"))
    #expect(page.holds("The ledger cannot be written."))
  }

  @Test("shows an instance that has no workspace")
  func nothing() throws {
    let text = VisibleText(try Self.html(ExporterStatus(at: StatusGallery.now, workspaces: [])))
    #expect(text.holds("No workspace is collected by this instance"))
    #expect(!text.holds("Top agents"))
  }
}
