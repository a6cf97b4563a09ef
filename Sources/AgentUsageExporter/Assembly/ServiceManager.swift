import Foundation
import ServiceLifecycle

/// Tells systemd how the exporter stands: `sd_notify(3)`, for units of `Type=notify-reload`. Without systemd, nothing.
struct ServiceManager: Sendable {
  /// A datagram socket's path; one that begins with `@` is abstract.
  private let socketPath: String?

  init(environment: [String: String]) {
    socketPath = environment["NOTIFY_SOCKET"]
  }

  func ready() { notify("READY=1") }

  /// systemd takes a reload for over when ``ready()`` follows.
  func reloading() {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    notify("RELOADING=1\nMONOTONIC_USEC=\(time.tv_sec * 1_000_000 + time.tv_nsec / 1000)")
  }

  func stopping() { notify("STOPPING=1") }

  /// Whoever does not listen is no reason to fail.
  private func notify(_ message: String) {
    guard let socketPath, let (address, length) = Self.address(socketPath) else { return }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        _ = sendto(descriptor, message, message.utf8.count, 0, pointer, length)
      }
    }
  }

  /// - Returns: nil if the path is no socket's.
  private static func address(_ path: String) -> (sockaddr_un, socklen_t)? {
    var address = sockaddr_un()
    var bytes = Array(path.utf8)
    guard bytes.count > 1, bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
    guard bytes[0] == UInt8(ascii: "/") || bytes[0] == UInt8(ascii: "@") else { return nil }
    if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let header = MemoryLayout.size(ofValue: address) - MemoryLayout.size(ofValue: address.sun_path)
    return (address, socklen_t(header + bytes.count))
  }
}

/// Says that the exporter is stopping as soon as it is told to.
struct StopNotice: Service {
  let manager: ServiceManager

  func run() async throws {
    try? await gracefulShutdown()
    manager.stopping()
  }
}
