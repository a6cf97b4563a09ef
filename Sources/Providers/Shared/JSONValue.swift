import Foundation
import Upstream

/// A JSON document, decoded without expecting anything of it.
enum JSONValue: Sendable, Hashable, Decodable {
  case object([String: JSONValue])
  case array([JSONValue])
  case string(String)
  case integer(Int64)
  case decimal(Decimal)
  case bool(Bool)
  case null

  init(from decoder: any Decoder) throws {
    let single = try decoder.singleValueContainer()
    if single.decodeNil() {
      self = .null
    } else if let value = try? single.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? single.decode(Int64.self) {
      self = .integer(value)
    } else if let value = try? single.decode(Decimal.self) {
      self = .decimal(value)
    } else if let value = try? single.decode(String.self) {
      self = .string(value)
    } else if let value = try? single.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try single.decode([String: JSONValue].self))
    }
  }

  /// A member of an object; nil if this is no object, has none of that name, or holds null there.
  subscript(_ name: String) -> JSONValue? {
    guard case .object(let members) = self, let value = members[name], value != .null else { return nil }
    return value
  }

  var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  var array: [JSONValue]? {
    if case .array(let items) = self { items } else { nil }
  }

  /// The text of a scalar as a number would be written.
  var scalarText: String? {
    switch self {
    case .string(let text): text
    case .integer(let value): String(value)
    case .decimal(let value): value.description
    case .bool, .null, .object, .array: nil
    }
  }
}

/// A JSON answer, and whether bytes that are not UTF-8 had to be replaced in it.
struct JSONAnswer: Sendable {
  let root: JSONValue
  /// A text with U+FFFD may be a repaired one: good enough for a name, not for an id.
  let isRepaired: Bool

  /// - Throws: ``UpstreamFailure`` `.decode` for what is not JSON, as an HTML page or a body that was cut.
  init(_ body: [UInt8]) throws(UpstreamFailure) {
    let text = String(validating: body, as: UTF8.self)
    isRepaired = text == nil
    let bytes = text == nil ? Array(String(decoding: body, as: UTF8.self).utf8) : body
    do {
      root = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    } catch {
      throw .decode(
        bytes.isWebPage
          ? "the answer is a web page, not JSON: check base_url, and what stands between here and the provider"
          : "the answer is not whole JSON")
    }
  }
}
