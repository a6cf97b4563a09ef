import Foundation

/// A port of the loopback interface for a program that cannot tell which one it was given.
package enum FreePort {
  /// The system gave out no port.
  package struct Missing: Error, CustomStringConvertible {
    package let description = "no port of the loopback interface is free"
  }

  /// A port that nothing listens on now.
  package static func find() throws(Missing) -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, length) == 0 ? getsockname(descriptor, pointer, &length) : -1
      }
    }
    guard result == 0 else { throw Missing() }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
