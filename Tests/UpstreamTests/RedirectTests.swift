import Testing
import Upstream

/// "5 redirects at most, none to another host with credentials, none from https to http"
@Suite struct RedirectTests {
  /// A server on which `/x` redirects so many times.
  private func chain(_ length: Int, status: Int = 302) throws -> Scene {
    try Scene { request in
      let step = request.url.split(separator: "/hop").last.flatMap { Int($0) } ?? 0
      return step < length ? .redirect(status, to: "/hop\(step + 1)") : .init(body: "arrived")
    }
  }

  @Test(arguments: 0...5) func fiveAreFollowed(_ length: Int) async throws {
    let scene = try chain(length)
    #expect(await scene.fetch().text == "arrived")
    #expect(scene.transport.requests.count == length + 1)
    #expect(scene.transport.requests.allSatisfy { $0.header("authorization") != nil })
  }

  @Test(arguments: [6, 1000]) func aSixthIsNot(_ length: Int) async throws {
    let scene = try chain(length)
    #expect(await scene.fetch().failure?.reason == .server)
    #expect(scene.transport.requests.count == 6)
    #expect(scene.ends.all.count == 1)
  }

  @Test(arguments: [
    "https://evil.example/x", "https://api.example.evil.example/", "https://api.example:8443/x", "http://api.example/x",
    "//evil.example/x", "HTTP://api.example/", "ftp://api.example/x", "https://api.example@evil.example/",
  ])
  func aCredentialStaysWithItsHost(_ target: String) async throws {
    let scene = try Scene { _ in .redirect(307, to: target) }
    for method in [WireRequest.Method.get, .post] {
      let failure = try #require(await scene.fetch(method).failure)
      #expect(failure.reason == .server)
      #expect(failure.status == 307)
    }
    #expect(scene.transport.requests.count == 2)
  }

  @Test(arguments: ["https://api.example/y", "HTTPS://API.EXAMPLE/y", "/y", "y", "?z=1", "//api.example/y"])
  func theSameHostIsFollowed(_ target: String) async throws {
    let scene = try Scene { request in
      request.url == "https://api.example/x?y=1" ? .redirect(301, to: target) : .init(body: "arrived")
    }
    #expect(await scene.fetch().text == "arrived")
  }

  @Test(arguments: [(301, false), (302, false), (303, false), (307, true), (308, true), (300, false), (304, false)])
  func aPostStaysAPost(_ status: Int, _ isFollowed: Bool) async throws {
    let scene = try chain(1, status: status)
    let result = await scene.fetch(.post)
    #expect((result.text == "arrived") == isFollowed)
    #expect(scene.transport.requests.count == (isFollowed ? 2 : 1))
    #expect(scene.transport.requests.allSatisfy { $0.method == .post && $0.body == [123, 125] })
    if !isFollowed { #expect(result.failure?.reason == .server) }
  }

  @Test func aRedirectToNowhereIsAFailure() async throws {
    for reply in [ScriptedTransport.Reply(status: 302), .redirect(302, to: "")] {
      let scene = try Scene { _ in reply }
      #expect(await scene.fetch().failure?.reason == .server)
    }
  }

  // MARK: Downloads

  @Test func aDownloadMayGoToAnotherHostWithoutTheCredential() async throws {
    let scene = try Scene { request in
      request.url.contains("bucket") ? .redirect(302, to: "https://cdn.example/f") : .init(body: "a,b")
    }
    #expect(await scene.download("https://bucket.example/f").text == "a,b")
    #expect(scene.transport.requests.map(\.url) == ["https://bucket.example/f", "https://cdn.example/f"])
    #expect(scene.transport.requests.allSatisfy { $0.header("authorization") == nil })
  }

  @Test func aDownloadStaysSecure() async throws {
    let scene = try Scene { _ in .redirect(302, to: "http://cdn.example/f") }
    #expect(await scene.download("https://bucket.example/f").failure?.reason == .server)
    #expect(scene.transport.requests.count == 1)
  }

  @Test func aDownloadIsRedirectedFiveTimes() async throws {
    #expect(try await chain(5).download("https://bucket.example/f").text == "arrived")
    #expect(try await chain(6).download("https://bucket.example/f").failure?.reason == .server)
  }
}
