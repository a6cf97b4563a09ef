import Testing
import Upstream
import Usage

/// `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, as curl reads them.
@Suite struct ProxyRulesTests {
  private static let both = ["HTTPS_PROXY": "http://proxy.corp:8080", "HTTP_PROXY": "plain.corp:3129"]

  private func proxy(_ url: String, _ environment: [String: String]) -> String? {
    ProxyRules(environment: environment).proxy(for: url).map { "\($0.host):\($0.port)" }
  }

  @Test(arguments: [
    ("https://api.langdock.com/export", "proxy.corp:8080"), ("HTTPS://api.langdock.com", "proxy.corp:8080"),
    ("http://127.0.0.1:8080/x", "plain.corp:3129"),
  ])
  func bySchemeOfTheAddress(_ url: String, _ expected: String) {
    #expect(proxy(url, Self.both) == expected)
  }

  @Test func noneWhereNoneIsNamed() {
    #expect(proxy("https://a.example", [:]) == nil)
    #expect(proxy("https://a.example", ["HTTPS_PROXY": ""]) == nil)
    #expect(proxy("https://a.example", ["HTTP_PROXY": "p:1"]) == nil)
    #expect(proxy("http://a.example", ["HTTPS_PROXY": "p:1"]) == nil)
    #expect(proxy("not a url", Self.both) == nil)
  }

  @Test func smallLettersComeFirst() {
    #expect(proxy("https://a.example", ["https_proxy": "small:1", "HTTPS_PROXY": "large:2"]) == "small:1")
    #expect(proxy("https://a.example", ["https_proxy": "", "HTTPS_PROXY": "large:2"]) == "large:2")
  }

  @Test(arguments: [
    ("proxy", "proxy:3128"), ("proxy:81", "proxy:81"), ("http://proxy", "proxy:3128"),
    ("http://user:word@proxy:82/", "proxy:82"),
  ])
  func anAddressMayBeShort(_ value: String, _ expected: String) {
    #expect(proxy("https://a.example", ["HTTPS_PROXY": value]) == expected)
  }

  @Test(arguments: [
    ("http://user:w0rd@proxy:82/", "user", "w0rd"), ("user:p%40ss%3Aword@proxy", "user", "p@ss:word"),
    ("http://user@proxy", "user", ""),
  ])
  func aProxyMayWantACredential(_ value: String, _ user: String, _ password: String) {
    let address = ProxyRules(environment: ["HTTPS_PROXY": value]).proxy(for: "https://a.example")
    #expect(address?.credential?.user == user)
    #expect(address?.credential?.password.reveal() == password)
    #expect(password.isEmpty || !String(reflecting: address).contains(password))
  }

  /// Requests must not go past it.
  @Test(arguments: ["http://", "://", ":80", "https://p:443", "socks5://p:1080", "http://u:p#ss@p:3128"])
  func anAddressThatCannotBeUsedIsAProxyThatNobodyFinds(_ value: String) {
    #expect(proxy("https://a.example", ["HTTPS_PROXY": value]) == "proxy.invalid:3128")
  }

  @Test(arguments: [
    ("*", "a.example", true), ("example", "a.example", true), (".example", "a.example", true),
    ("a.example", "a.example", true), ("A.EXAMPLE", "a.example", true), ("a.example", "A.Example", true),
    ("b.example, a.example", "a.example", true), ("b.example a.example", "a.example", true),
    (".a.example", "a.example", true), ("xample", "a.example", false), ("b.a.example", "a.example", false),
    ("", "a.example", false), ("127.0.0.1", "127.0.0.1", true), ("27.0.0.1", "127.0.0.1", false),
  ])
  func exceptions(_ list: String, _ host: String, _ isDirect: Bool) {
    for name in ["NO_PROXY", "no_proxy"] {
      var environment = Self.both
      environment[name] = list
      #expect((proxy("https://\(host):8443/x", environment) == nil) == isDirect)
    }
  }
}
