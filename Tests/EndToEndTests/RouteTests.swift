import Foundation
import Testing

/// What `doctor` says where no name is found: on a machine without a network, and on one with a broken name service. Each
/// machine is a network namespace of its own, with a name service that refuses.
@Suite("Networks")
struct RouteTests {
  struct Machine: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What is set up there.
    let script: String
    let verdict: String
  }

  static let machines = [
    Machine(testDescription: "nothing is up", script: "true", verdict: "unreachable"),
    Machine(testDescription: "loopback only", script: "ip link set lo up", verdict: "unreachable"),
    Machine(
      testDescription: "an address without a default route",
      script: "ip link set lo up && ip addr add 198.51.100.2/24 dev lo", verdict: "unreachable"),
    Machine(
      testDescription: "a default route",
      script: "ip link set lo up && ip addr add 198.51.100.2/24 dev lo && ip route add default dev lo",
      verdict: "dns_failure"),
    Machine(
      testDescription: "a default route of IPv6 only",
      script: "ip link set lo up && ip addr add fd00::2/64 dev lo nodad && ip -6 route add default dev lo",
      verdict: "dns_failure"),
  ]

  /// Containers may forbid namespaces, and iproute2 may be missing.
  static let isPossible: Bool = {
    let probe = Process()
    probe.executableURL = URL(fileURLWithPath: "/bin/sh")
    probe.arguments = ["-c", "PATH=$PATH:/usr/sbin:/sbin unshare -r -n -m ip link set lo up"]
    (probe.standardOutput, probe.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    guard (try? probe.run()) != nil else { return false }
    probe.waitUntilExit()
    return probe.terminationStatus == 0
  }()

  @Test("tells no network from no name", .enabled(if: isPossible), arguments: machines)
  func route(_ machine: Machine) async throws {
    let scratch = try Scratch()
    let names = try scratch.write("resolv.conf", "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
    let script = """
      mount --bind \(names) /etc/resolv.conf && \(machine.script) && exec "$0" doctor --json --timeout 20s
      """
    let child = try Child(
      try Child.find("unshare"), ["-r", "-n", "-m", "/bin/sh", "-c", script, try Child.exporter()],
      environment: [
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "AGENTPHONE_API_KEY": "k",
        "AGENTPHONE_BASE_URL": "https://no-such-host.invalid",
      ], in: scratch.path)
    #expect(await child.wait() == 1)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(child.log.utf8)) as? [String: Any])
    let workspace = try #require((object["workspaces"] as? [[String: Any]])?.first)
    let verdicts = (workspace["collectors"] as? [[String: Any]])?.map { $0["verdict"] as? String }
    #expect(verdicts?.first == machine.verdict, "\(child.log)")
  }
}
