import Foundation

/// The sockets that systemd passes to a service that it starts for them; see `sd_listen_fds(3)`.
package enum SystemdSockets {
  package enum Fault: Error, Equatable, CustomStringConvertible {
    case none
    case notAListener(descriptor: Int32)

    package var description: String {
      switch self {
      case .none:
        "systemd passed no sockets: start the service from its .socket unit, or give --web.listen-address instead"
      case .notAListener(let descriptor):
        "descriptor \(descriptor), passed by systemd, does not listen for streams: "
          + "the .socket unit needs ListenStream= and Accept=no"
      }
    }
  }

  /// The first descriptor after standard input, output and error.
  private static let first: Int32 = 3

  /// - Parameter process: the id of this process; what was meant for another is not touched.
  /// - Returns: at least one descriptor.
  package static func descriptors(
    _ environment: [String: String], process: Int32
  ) throws(Fault) -> [Int32] {
    guard let meant = environment["LISTEN_PID"].flatMap({ Int32($0) }), meant == process,
      let count = environment["LISTEN_FDS"].flatMap({ Int32($0) }), (1...1024).contains(count)
    else { throw .none }
    return (0..<count).map { first + $0 }
  }

  /// Makes sure that each descriptor listens, and keeps it from programs started later.
  package static func check(_ descriptors: [Int32]) throws(Fault) {
    for descriptor in descriptors {
      guard option(descriptor, SO_ACCEPTCONN) == 1,
        option(descriptor, SO_TYPE) == Int32(SOCK_STREAM.rawValue)
      else { throw .notAListener(descriptor: descriptor) }
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
  }

  private static func option(_ descriptor: Int32, _ name: Int32) -> Int32? {
    var value: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
  }
}
