import Foundation

/// Holds threads that are not the cooperative pool's.
final class Gate: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  /// Lets one through.
  func open() { semaphore.signal() }

  func wait() { semaphore.wait() }
}

enum Base64 {
  static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
