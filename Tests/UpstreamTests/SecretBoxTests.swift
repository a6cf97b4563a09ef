import Synchronization
import Testing
import Upstream
import Usage

/// "Secret files are read again at a reload and after a 401."
@Suite struct SecretBoxTests {
  private struct Unreadable: Error {}

  private final class File: Sendable {
    private let text: Mutex<String?>

    init(_ text: String?) { self.text = Mutex(text) }

    func write(_ new: String?) { text.withLock { $0 = new } }

    func read() throws -> Secret {
      guard let text = text.withLock({ $0 }) else { throw Unreadable() }
      return Secret(text)
    }
  }

  @Test func aFreshSecretIsTakenUp() throws {
    let file = File("one")
    let box = try SecretBox { try file.read() }
    #expect(box.secret == Secret("one"))
    #expect(!box.refresh())
    file.write("two")
    #expect(box.secret == Secret("one"))
    #expect(box.refresh())
    #expect(box.secret == Secret("two"))
    #expect(!box.refresh())
  }

  @Test func anUnreadableOneLeavesTheOld() throws {
    let file = File("one")
    let box = try SecretBox { try file.read() }
    file.write(nil)
    #expect(!box.refresh())
    #expect(box.secret.reveal() == "one")
    #expect(throws: Unreadable.self) { try SecretBox { try file.read() } }
  }

  @Test func theNextRequestCarriesTheFreshOne() async throws {
    let file = File("one")
    let box = try SecretBox { try file.read() }
    let transport = ScriptedTransport { _ in .init(body: "{}") }
    let scene = try Scene { _ in .init() }
    let api = APIClient(
      baseURL: "https://api.example", secret: box, gate: scene.api.gate, clock: scene.clock, observer: scene.ends,
      transport: { _ in transport })
    let request = APIRequest(endpoint: "/x", path: "/x")
    _ = try await api.fetch(request) { _ throws(UpstreamFailure) in 1 }
    file.write("two")
    box.refresh()
    _ = try await api.fetch(request) { _ throws(UpstreamFailure) in 1 }
    #expect(transport.requests.map { $0.header("authorization") } == ["Bearer one", "Bearer two"])
  }

  @Test func aBoxDoesNotTellItsSecret() throws {
    let box = try SecretBox { Secret("sk-MARKER") }
    var dumped = ""
    dump(box.secret, to: &dumped)
    for text in ["\(box.secret)", "\(box)", String(reflecting: box), dumped] { #expect(!text.contains("MARKER")) }
  }
}
