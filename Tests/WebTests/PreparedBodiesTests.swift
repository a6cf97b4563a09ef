import Exposition
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Publication
import TestSupport
import Testing
import Usage
import Web

@Suite("Bodies made before they are asked for")
struct PreparedBodiesTests {
  private static let gzip: HTTPFields = [.acceptEncoding: "gzip"]
  private static let workspace = WorkspaceID(.dust, "acme")

  private let front: Front

  init() async throws {
    front = try await Front()
  }

  /// Something that is new to whoever scrapes.
  private func publish(_ value: Int64) throws {
    let family = try #require(Catalogue.published.first?.family)
    var lines = SampleWriter(family)
    lines.sample(LabelSet([Label("workspace", "acme")]), .integer(value))
    front.publisher.publish([Publisher.UnitKey(workspace: Self.workspace): [family.name: [lines.finish()]]])
  }

  private func isReady(_ headers: HTTPFields = [:], largest: Int = .max) -> Bool {
    let request = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/metrics", headerFields: headers)
    return front.responder.readyAnswer(to: request, largest: largest) != nil
  }

  private func scrape(_ headers: HTTPFields = [:], times: Int = 1) async throws -> String {
    try await Application(responder: front.responder).test(.router) { client in
      var text = ""
      for _ in 0..<times {
        text = try await client.execute(uri: "/metrics", method: .get, headers: headers) { String(buffer: $0.body) }
      }
      return text
    }
  }

  @Test("are those that scrapes ask for, and hold what was published last")
  func prepared() async throws {
    #expect(!isReady())
    _ = try await scrape()
    #expect(isReady() && !isReady(Self.gzip))
    for value in 1...3 as ClosedRange<Int64> {
      try publish(value)
      #expect(!isReady())
      front.responder.prepareBodies()
      #expect(isReady() && !isReady(largest: 10) && !isReady(Self.gzip))
      let scrape = try Scrape(try await scrape())
      #expect(scrape.samples.contains { $0.key.labels["workspace"] == "acme" && $0.value == Double(value) })
    }
  }

  @Test("are not made for ever for somebody who asked once")
  func forgotten() async throws {
    _ = try await scrape(Self.gzip)
    _ = try await scrape(times: 18)
    try publish(1)
    front.responder.prepareBodies()
    #expect(isReady(Self.gzip))
    _ = try await scrape(times: 25)
    try publish(2)
    front.responder.prepareBodies()
    #expect(isReady() && !isReady(Self.gzip))
  }

  @Test("are made by themselves while the exporter runs", .timeLimit(.minutes(1)))
  func running() async throws {
    _ = try await scrape()
    try publish(1)
    let keeping = Task { await front.responder.keepBodiesReady() }
    defer { keeping.cancel() }
    while !isReady() { await Task.yield() }
  }
}
