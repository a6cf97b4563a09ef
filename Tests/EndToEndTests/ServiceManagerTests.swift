import Foundation
import TestSupport
import Testing

/// What systemd is told: `sd_notify(3)`, received on a socket as systemd's own.
@Suite("The service manager") struct ServiceManagerTests {
  @Test(arguments: [false, true]) func isTold(isAbstract: Bool) async throws {
    let scratch = try Scratch()
    let path = isAbstract ? "@agent-usage-\(UUID().uuidString)" : scratch.path + "/notify"
    let listener = try DatagramListener(path)
    let exporter = try await ExporterProcess.start(
      ["serve", "--state.path", ":memory:"],
      environment: [
        "NOTIFY_SOCKET": path, "AGENTPHONE_API_KEY": "k", "AGENTPHONE_BASE_URL": "http://127.0.0.1:9",
      ], in: scratch)
    #expect(try await listener.next() == "READY=1")
    exporter.child.signal(SIGHUP)
    let reloading = try await listener.next()
    #expect(reloading.wholeMatch(of: /RELOADING=1\nMONOTONIC_USEC=[0-9]+/) != nil, "\(reloading)")
    #expect(try await listener.next() == "READY=1")
    exporter.child.signal(SIGTERM)
    #expect(try await listener.next() == "STOPPING=1")
    #expect(await exporter.child.wait() == 0)
  }
}

/// A datagram socket as `NOTIFY_SOCKET` names it.
private final class DatagramListener: Sendable {
  private let descriptor: Int32

  init(_ path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = path.utf8.map { $0 == UInt8(ascii: "@") ? 0 : $0 }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let length = socklen_t(2 + bytes.count)
    let result = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
    }
    guard result == 0 else { throw Child.Missing(description: "cannot bind \(path): errno \(errno)") }
  }

  func next() async throws -> String {
    try await HTTP.poll("a notification", every: .milliseconds(5)) {
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = recv(self.descriptor, &bytes, bytes.count, 0)
      return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }
  }

  deinit { close(descriptor) }
}
