import Foundation
import TestSupport
import Testing
import Upstream
import Usage

/// A client over a scripted transport: where a credential goes, and where it never does.
struct Scene {
  static let start = Date(timeIntervalSince1970: 1_795_093_631)
  static let marker = "sk-MARKER-7f3a"

  let transport: ScriptedTransport
  let clock: ManualClock
  let ends = Ends()
  let api: APIClient

  init(
    base: String = "https://api.example", clock: ManualClock = ManualClock(start),
    _ script: @escaping @Sendable (WireRequest) -> ScriptedTransport.Reply
  ) throws {
    self.clock = clock
    let transport = ScriptedTransport(script)
    self.transport = transport
    api = APIClient(
      baseURL: base, secret: try SecretBox { Secret(Self.marker) },
      gate: RequestGate(perMinute: 1000, clock: clock, random: { 0.5 }), clock: clock, observer: ends,
      transport: { _ in transport })
  }

  /// - Returns: the text of a success.
  func fetch(_ method: WireRequest.Method = .get) async -> Result<String, UpstreamFailure> {
    let request = APIRequest(endpoint: "/x", method, path: "/x?y=1", body: method == .post ? [123, 125] : [])
    do throws(UpstreamFailure) {
      return .success(
        try await api.fetch(request) { response throws(UpstreamFailure) in
          guard response.isSuccess else { throw UpstreamFailure.status(response) }
          return String(decoding: response.body, as: UTF8.self)
        })
    } catch {
      return .failure(error)
    }
  }

  func download(_ url: String) async -> Result<String, UpstreamFailure> {
    do throws(UpstreamFailure) {
      let bytes = try await api.download(url, endpoint: "download") { WholeBody() }
      return .success(String(decoding: bytes, as: UTF8.self))
    } catch {
      return .failure(error)
    }
  }
}

extension Result where Success == String, Failure == UpstreamFailure {
  var text: String? { try? get() }

  var failure: UpstreamFailure? {
    if case .failure(let failure) = self { failure } else { nil }
  }
}

@Suite struct APIClientTests {
  @Test func arequestCarriesTheCredentialAndNoOrigin() async throws {
    let scene = try Scene { _ in .init(body: "yes") }
    #expect(await scene.fetch(.post).text == "yes")
    let request = try #require(scene.transport.requests.first)
    #expect(request.url == "https://api.example/x?y=1")
    #expect(request.method == .post)
    #expect(request.body == [123, 125])
    #expect(request.header("authorization") == "Bearer " + Scene.marker)
    #expect(request.header("accept-encoding") == "gzip")
    #expect(request.header("user-agent") == "agent-usage-exporter")
    #expect(request.header("origin") == nil)
    #expect(scene.ends.all == [.init(endpoint: "/x", status: 200, failure: nil, limits: nil)])
  }

  /// The request may have waited for its turn, and the provider may have taken its time.
  @Test func aPauseCountsFromTheAnswer() async throws {
    let clock = ManualClock(Scene.start)
    let scene = try Scene(clock: clock) { _ in
      clock.advance(by: 31)
      return .init(status: 429, headers: [("Retry-After", "60")])
    }
    #expect(await scene.fetch().failure?.retryAt == Scene.start.addingTimeInterval(91))
    #expect(await scene.api.gate.block?.until == Scene.start.addingTimeInterval(91))
  }

  @Test func theObserverHearsOfRateLimits() async throws {
    let scene = try Scene { _ in .init(headers: [("X-RateLimit-Remaining", "3")], body: "yes") }
    _ = await scene.fetch()
    #expect(scene.ends.all.first?.limits?.remaining == 3)
  }

  @Test func whatTheInterpreterRefusesIsAFailedRequest() async throws {
    let scene = try Scene { _ in .init() }
    await #expect(throws: UpstreamFailure.schema("no")) {
      try await scene.api.fetch(APIRequest(endpoint: "/e", path: "/e")) { _ throws(UpstreamFailure) -> Int in
        throw .schema("no")
      }
    }
    #expect(scene.ends.all == [.init(endpoint: "/e", status: 200, failure: .schema, limits: nil)])
  }

  // MARK: Downloads

  @Test func aDownloadIsWithoutTheCredential() async throws {
    let scene = try Scene { _ in .init(body: "a,b") }
    #expect(await scene.download("https://bucket.example/f?sig=1").text == "a,b")
    let request = try #require(scene.transport.requests.first)
    #expect(request.method == .get)
    #expect(request.url == "https://bucket.example/f?sig=1")
    #expect(request.header("authorization") == nil)
    #expect(!request.headers.contains { $0.value.contains(Scene.marker) })
  }

  /// "must be https unless `base_url` itself is http"
  @Test(arguments: [
    ("https://api.example", "http://bucket.example/f", false), ("https://api.example", "ftp://bucket.example/f", false),
    ("https://api.example", "file:///etc/passwd", false), ("https://api.example", "/f", false),
    ("https://api.example", "", false), ("https://api.example", "HTTPS://bucket.example/f", true),
    ("http://127.0.0.1:1", "http://bucket.example/f", true), ("HTTP://127.0.0.1:1", "http://bucket.example/f", true),
    ("http://127.0.0.1:1", "https://bucket.example/f", true), ("http://127.0.0.1:1", "file:///etc/passwd", false),
  ])
  func aDownloadAddressMustBeHTTPS(_ base: String, _ url: String, _ isAllowed: Bool) async throws {
    let scene = try Scene(base: base) { _ in .init(body: "a") }
    let result = await scene.download(url)
    #expect((result.text == "a") == isAllowed)
    #expect(scene.transport.requests.count == (isAllowed ? 1 : 0))
    if !isAllowed { #expect(result.failure?.reason == .schema) }
  }

  /// A refusal by the storage is told without its address, and forbids nothing.
  @Test(arguments: [401, 403, 404, 429, 500, 503, 204, 206]) func aRefusedDownload(_ status: Int) async throws {
    let scene = try Scene { _ in .init(status: status, headers: [("Retry-After", "60")], body: "<Error/>") }
    let failure = try #require(await scene.download("https://bucket.example/f?sig=SIGNED").failure)
    #expect(failure.reason == .server)
    #expect(failure.status == status)
    #expect(!failure.description.contains("SIGNED"))
    #expect(await scene.api.gate.block == nil)
    #expect(scene.ends.all == [.init(endpoint: "download", status: status, failure: .server, limits: nil)])
  }

  // MARK: The gate

  @Test func afterARefusalNothingIsSent() async throws {
    let scene = try Scene { _ in .init(status: 429, headers: [("Retry-After", "60")]) }
    _ = await scene.fetch()
    let withheld = try #require(await scene.fetch().failure)
    #expect(withheld.wasWithheld && withheld.reason == .rateLimited)
    #expect(withheld.retryAt == Scene.start.addingTimeInterval(60))
    #expect(await scene.download("https://bucket.example/f").failure?.wasWithheld == true)
    #expect(scene.transport.requests.count == 1)
    #expect(scene.ends.all.count == 1)
    scene.clock.advance(by: 60)
    #expect(await scene.fetch().failure?.wasWithheld == false)
  }

  // MARK: Secrets

  @Test(arguments: [200, 301, 302, 307, 308, 400, 401, 403, 404, 418, 429, 500, 503])
  func noFailureTellsTheCredential(_ status: Int) async throws {
    let scene = try Scene { request in
      // A provider that gives back all that it is told.
      .init(
        status: status, headers: [("Location", "https://evil.example/\(Scene.marker)"), ("Retry-After", Scene.marker)],
        body: request.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n"))
    }
    for method in [WireRequest.Method.get, .post] {
      guard let failure = await scene.fetch(method).failure else { continue }
      var dumped = ""
      dump(failure, to: &dumped)
      for text in ["\(failure)", String(reflecting: failure), failure.message, dumped] {
        #expect(!text.contains("MARKER"))
      }
    }
    #expect(!String(reflecting: scene.api).contains("MARKER"))
  }
}
