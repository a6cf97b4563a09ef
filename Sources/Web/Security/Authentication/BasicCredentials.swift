import Foundation

/// A user and a password from an `Authorization` header, as RFC 7617 writes them.
package struct BasicCredentials: Equatable {
  package let user: String
  package let password: [UInt8]

  /// - Returns: nil without a header, or with another scheme, or where it cannot be read.
  package init?(header: String?) {
    guard let header, header.utf8.count <= Self.limit else { return nil }
    let parts = header.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].lowercased() == "basic", let data = Data(base64Encoded: String(parts[1])),
      let colon = data.firstIndex(of: UInt8(ascii: ":")), let user = String(validating: data[..<colon], as: UTF8.self)
    else { return nil }
    self.user = user
    password = Array(data[data.index(after: colon)...])
  }

  /// Bytes; far more than any password.
  private static let limit = 8 * 1024
}
