import Testing
import Usage

@Suite("Secrets")
struct SecretTests {
  private struct Holder {
    let name = "acme"
    let secret: Secret
    let optional: Secret?
    let list: [String: Secret]
  }

  @Test("never print, however they are written")
  func neverPrint() {
    let secret = Secret("hunter2")
    let holder = Holder(secret: secret, optional: secret, list: ["key": secret])
    var dumped = ""
    dump(secret, to: &dumped)
    dump(holder, to: &dumped)
    debugPrint(secret, holder, to: &dumped)
    print(secret, holder, [secret], to: &dumped)
    let texts = [
      dumped, "\(secret)", "\(holder)", String(describing: secret), String(reflecting: holder), secret.debugDescription,
      "\(Mirror(reflecting: secret).children.map(\.value))",
    ]
    for text in texts { #expect(!text.contains("hunter2")) }
    #expect("\(secret)" == "<secret>")
  }

  @Test("are revealed only when asked, and compared by what they are")
  func reveal() {
    #expect(Secret("hunter2").reveal() == "hunter2")
    #expect(Secret("a") == Secret("a"))
    #expect(Secret("a") != Secret("b"))
    #expect(Secret("").isEmpty)
  }
}
