/// A bcrypt hash, as `htpasswd -B` writes it. It prints as a placeholder.
package struct PasswordHash: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// `$2y$`, two digits of cost, `$`, 22 characters of salt and 31 of the hash.
  package let text: String

  /// - Returns: nil for anything but `$2a$`, `$2b$` and `$2y$` with a cost from 4 to 31.
  ///
  /// The three name one algorithm, so all are kept as `$2y$`: libxcrypt takes `$2a$` for one with a safeguard of its own.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 60, ["$2a$", "$2b$", "$2y$"].contains(String(text.prefix(4))),
      bytes[6] == UInt8(ascii: "$"), bytes[4...5].allSatisfy({ (48...57).contains($0) }),
      (4...31).contains(Int(bytes[4] - 48) * 10 + Int(bytes[5] - 48)),
      bytes[7...].allSatisfy({ Self.alphabet.contains($0) })
    else { return nil }
    self.text = "$2y$" + text.dropFirst(4)
  }

  /// A hash that takes as long to compute as those of `cost`, for users who do not exist.
  package init(standInWithCost cost: Int) {
    text = "$2y$" + (cost < 10 ? "0" : "") + "\(cost)$" + String(repeating: ".", count: 53)
  }

  /// The logarithm to base 2 of the number of rounds, from 4 to 31.
  package var cost: Int { Int(text.dropFirst(4).prefix(2)) ?? 31 }

  package var description: String { "<secret>" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: [:]) }

  private static let alphabet = Set("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
}
