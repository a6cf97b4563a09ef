import Logs

/// What is for a person at the terminal rather than for the log.
enum Console {
  /// Written at once, also where standard output is no terminal.
  static func print(_ text: String) {
    StandardStream.output.write(text + "\n")
  }

  static func error(_ text: String) {
    StandardStream.error.write(text + "\n")
  }
}
