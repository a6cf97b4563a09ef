import Foundation
import Logging
import Logs
import Synchronization
import Testing

@Suite("Log lines")
struct LogLineTests {
  private static func line(_ format: LogFormat, _ body: (Logger) -> Void) -> String {
    let lines = Lines()
    body(
      Logger(label: "test") { _ in
        StructuredLogHandler(
          format: format, level: .info, now: { Date(timeIntervalSince1970: 1_763_560_800.25) }, write: lines.add)
      })
    return lines.text
  }

  private final class Lines: Sendable {
    private let state = Mutex("")
    var text: String { state.withLock { $0 } }
    func add(_ line: String) { state.withLock { $0 += line } }
  }

  @Test("are logfmt: bare where that is unambiguous, quoted otherwise")
  func logfmt() {
    let text = Self.line(.logfmt) { logger in
      logger.info("two words", metadata: ["b": "a=b", "a": "plain", "c": "q\"\n\\", "d": "", "e": "ünï"])
    }
    #expect(
      text == #"time=2025-11-19T14:00:00.250Z level=INFO msg="two words" a=plain b="a=b" c="q\"\n\\" d="" e=ünï"# + "\n"
    )
  }

  @Test("are JSON that a parser reads back")
  func json() throws {
    let hostile = "quote \" back \\ line\n tab\t bell\u{7} nul\u{0} emoji 🚀"
    let text = Self.line(.json) { $0.error("\(hostile)", metadata: ["k": "\(hostile)"]) }
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: String])
    #expect(object["msg"] == hostile && object["k"] == hostile && object["level"] == "ERROR")
    #expect(text.filter { $0 == "\n" }.count == 1)
  }

  @Test("are left out below the level")
  func level() {
    #expect(Self.line(.logfmt) { $0.debug("no") } == "")
  }
}
