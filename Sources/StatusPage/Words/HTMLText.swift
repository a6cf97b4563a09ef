import Mustache

/// Text as HTML shows it, whatever a provider or a configuration put into it.
///
/// Mustache's own escaping goes by characters as people see them, and so overlooks a quotation mark with a combining accent.
struct HTMLText: MustacheContentType {
  /// The name under which every template asks for it.
  static let name = "STATUS_PAGE"

  func escapeText(_ text: String) -> String { Self.escape(text) }

  static func escape(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
      case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
      case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
      case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
      case "\t", "\n", "\r": escaped.append(" ")
      default: escaped.append(isShown(scalar) ? scalar : "\u{FFFD}")
      }
    }
    return String(escaped)
  }

  /// Neither a control character nor one of those that HTML forbids; marks that reorder the text are for the page alone.
  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0xFDD0...0xFDEF: false
    default: scalar.value & 0xFFFE != 0xFFFE
    }
  }
}
