import Foundation
import NIOSSL

/// The subject alternative names of a certificate as Go prints them, which is how `client_allowed_sans` names them.
package enum CertificateNames {
  static func all(of certificate: NIOSSLCertificate) -> [String] {
    certificate._subjectAlternativeNames().compactMap { name in
      let bytes = name.contents.withUnsafeBufferPointer { Array($0) }
      switch name.nameType {
      case .dnsName, .email, .uri: return String(validating: bytes, as: UTF8.self)
      case .ipAddress: return address(bytes)
      default: return nil
      }
    }
  }

  /// - Returns: nil unless there are 4 or 16 bytes.
  package static func address(_ bytes: [UInt8]) -> String? {
    let mapped: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]
    let bytes = bytes.count == 16 && bytes.starts(with: mapped) ? Array(bytes.dropFirst(12)) : bytes
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = bytes.count == 4 ? AF_INET : AF_INET6
    guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
