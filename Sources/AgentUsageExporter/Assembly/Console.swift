import Foundation

/// What is for a person at the terminal rather than for the log.
enum Console {
  /// Written at once, also where standard output is no terminal.
  static func print(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }

  static func error(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}
