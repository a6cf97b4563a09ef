import Foundation

/// Where lines for people and for logs go.
///
/// What cannot be written is lost, and nothing else: a full disk behind a log, or a pipe that nobody reads any more, must not
/// end the exporter, as `FileHandle.write(_:)` would.
package enum StandardStream: Int32, Sendable {
  case output = 1
  case error = 2

  package func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Foundation.write(rawValue, UnsafeBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count > 0 {
          rest = rest.dropFirst(count)
        } else if errno != EINTR {
          return
        }
      }
    }
  }
}
