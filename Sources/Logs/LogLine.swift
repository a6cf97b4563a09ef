package import Foundation
package import Logging

/// How a log line is written: the values of `--log.format`.
package enum LogFormat: String, CaseIterable, Sendable {
  case logfmt
  case json

  /// One line without its line end, keys in the order given.
  func line(_ fields: [(key: String, value: String)]) -> String {
    switch self {
    case .logfmt:
      fields.map { "\($0.key)=\(Self.logfmt($0.value))" }.joined(separator: " ")
    case .json:
      "{" + fields.map { "\(Self.json($0.key)):\(Self.json($0.value))" }.joined(separator: ",") + "}"
    }
  }

  /// A bare word where that is unambiguous, else a quoted string.
  private static func logfmt(_ text: String) -> String {
    let isBare =
      !text.isEmpty
      && text.unicodeScalars.allSatisfy { scalar in
        scalar.value > 32 && scalar.value != 127 && scalar != "\"" && scalar != "=" && scalar != "\\"
      }
    return isBare ? text : json(text)
  }

  private static func json(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 32 || scalar.value == 127:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

/// Writes structured lines as Prometheus' own programs do: time, level, message, then the rest.
package struct StructuredLogHandler: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var logLevel: Logger.Level
  private let format: LogFormat
  private let now: @Sendable () -> Date
  private let write: @Sendable (String) -> Void

  /// - Parameter write: takes a whole line, its end included.
  package init(
    format: LogFormat, level: Logger.Level, now: @escaping @Sendable () -> Date = { Date() },
    write: @escaping @Sendable (String) -> Void = StandardStream.error.write
  ) {
    self.format = format
    logLevel = level
    self.now = now
    self.write = write
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    let fields: [(key: String, value: String)] =
      [
        ("time", Date.ISO8601FormatStyle(includingFractionalSeconds: true).format(now())),
        ("level", event.level.rawValue.uppercased()), ("msg", "\(event.message)"),
      ] + all.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
    write(format.line(fields) + "\n")
  }
}
