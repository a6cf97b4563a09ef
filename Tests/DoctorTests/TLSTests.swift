import Doctor
import Foundation
import Settings
import TestSupport
import Testing
import Usage

/// Real handshakes with a real server whose certificate is wrong in one way or another.
@Suite struct TLSTests {
  /// What is wrong with a certificate, and what is said with and without the authority in `ca_file`.
  @Test(arguments: [
    ("localhost", 2, Verdict.tlsUntrusted, Verdict.ok),
    ("localhost", -1, .tlsExpired, .tlsExpired),
    ("elsewhere.example", 2, .tlsUntrusted, .tlsWrongHost),
  ])
  func certificates(_ name: String, _ days: Int, _ without: Verdict, _ with: Verdict) async throws {
    let server = try await TLSServer(name: name, days: days)
    defer { server.stop() }
    let port = try await server.start()
    var workspace = try Rig.workspace(.agentphone, at: "https://localhost:\(port)")
    for index in workspace.collectors.indices {
      workspace.collectors[index].enabled = workspace.collectors[index].name == "account"
    }
    let untrusted = await Rig.examine([workspace])
    #expect(untrusted.verdicts == [without])
    workspace.caFile = server.authority
    let trusted = await Rig.examine([workspace])
    #expect(trusted.verdicts == [with])
    if without == .tlsUntrusted { #expect(Remedy.of(without).settings.first == "ca_file") }
    if with == .ok { #expect(trusted.collectors.first?.rows == 1) }

    // Plain HTTP where there is TLS.
    workspace.baseURL = "http://localhost:\(port)"
    let plain = await Rig.examine([workspace])
    #expect(plain.verdicts == [.connectionClosed])
  }

  @Test func aTrustFileWithoutCertificates() async throws {
    let server = try await TLSServer(name: "localhost", days: 2)
    defer { server.stop() }
    let port = try await server.start()
    var workspace = try Rig.workspace(.agentphone, at: "https://localhost:\(port)")
    workspace.caFile = "/dev/null"
    let report = await Rig.examine([workspace])
    #expect(report.verdicts.first == .tlsAuthorities, "\(report.collectors.first?.message ?? "")")
  }
}
