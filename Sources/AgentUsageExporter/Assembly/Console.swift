import Foundation

/// What is for a person at the terminal rather than for the log.
enum Console {
  static func error(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}
