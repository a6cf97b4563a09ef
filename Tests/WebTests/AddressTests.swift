import Testing
import Web

@Suite("Addresses and timeouts")
struct AddressTests {
  @Test(
    "are read as Prometheus' exporters write them",
    arguments: [
      (":9847", "", 9847), ("127.0.0.1:1", "127.0.0.1", 1), ("[::1]:65535", "::1", 65_535), ("host:0", "host", 0),
    ])
  func reads(text: String, host: String, port: Int) {
    #expect(ListenAddress(text) == ListenAddress(host: host, port: port))
  }

  @Test(
    "are refused where they are none", arguments: ["", "9847", "host", "::1:80", "a:65536", "a:-1", "[::1:80", "a:b"])
  func refuses(text: String) {
    #expect(ListenAddress(text) == nil)
  }

  @Test(
    "are reached by number where nothing resolves names",
    arguments: [
      (":9847", "http://127.0.0.1:9847"), ("0.0.0.0:1", "http://127.0.0.1:1"), ("[::]:1", "http://[::1]:1"),
      ("[::1]:2", "http://[::1]:2"), ("10.0.0.1:3", "http://10.0.0.1:3"),
    ])
  func loopback(text: String, url: String) {
    #expect(ListenAddress(text)?.loopbackURL == url)
  }

  @Test(
    "leave the offset for the way back",
    arguments: [
      (nil, 9.5), ("10", 9.5), ("30", 29.5), ("0.2", 0.0), ("-1", 9.5), ("NaN", 9.5), ("soon", 9.5), ("1e9", 3599.5),
    ] as [(String?, Double)])
  func patience(header: String?, seconds: Double) {
    #expect(ScrapeTimeout(offset: 0.5).patience(header: header) == .seconds(seconds))
  }
}
