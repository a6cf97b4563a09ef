import Foundation

/// Certificates made by openssl for one test.
struct Certificates: Sendable {
  let scratch: Scratch
  private let openssl: String

  /// A file `server.crt` with its key, and clients: `right`, `named` otherwise, and a `stranger` of another authority.
  init(in scratch: Scratch) async throws {
    self.scratch = scratch
    openssl = try Child.find("openssl")
    _ = try scratch.write("openssl.cnf", "[req]\ndistinguished_name = dn\n[dn]\n")
    for name in ["ca", "other-ca"] {
      try await request(name, extensions: ["basicConstraints=critical,CA:TRUE", "keyUsage=keyCertSign"])
    }
    try await server(serial: 1)
    try await client("right", names: "DNS:scraper.example.org")
    try await client("named", names: "DNS:somebody.example.org")
    try await client("stranger", names: "DNS:scraper.example.org", authority: "other-ca")
  }

  /// Replaces the server's certificate, as a renewal does.
  func server(serial: Int) async throws {
    try await request(
      "server", authority: "ca", serial: serial,
      extensions: ["subjectAltName=DNS:localhost,IP:127.0.0.1", "extendedKeyUsage=serverAuth"])
  }

  func client(_ name: String, names: String, authority: String = "ca") async throws {
    try await request(
      name, authority: authority, extensions: ["subjectAltName=\(names)", "extendedKeyUsage=clientAuth"])
  }

  private func request(
    _ name: String, authority: String? = nil, serial: Int = 1, extensions: [String]
  ) async throws {
    var arguments = [
      "req", "-x509", "-config", "openssl.cnf", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-keyout", "\(name).key", "-out", "\(name).crt", "-days", "2", "-subj", "/CN=\(name)", "-set_serial",
      "\(serial)",
    ]
    if let authority { arguments += ["-CA", "\(authority).crt", "-CAkey", "\(authority).key"] }
    for item in extensions { arguments += ["-addext", item] }
    let child = try Child(openssl, arguments, in: scratch.path)
    guard await child.wait() == 0 else { throw Child.Missing(description: "openssl: \(child.log)") }
  }
}
