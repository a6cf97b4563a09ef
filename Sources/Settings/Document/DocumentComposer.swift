import Yams

/// Turns text into a tree of nodes with places.
///
/// Yams parses, with some of its habits worked around, each by a change to the text that keeps every place as it was:
/// * It copies what an alias names into every use, and it hashes keys of any size at every level, so that a small file can
///   keep it busy for ever. Hence each `*` and `?` is replaced by a character that means nothing to YAML (``Mask``):
///   ``TreeBuilder`` expands aliases itself, with a limit, and `? key` is not taken.
/// * It stops at the first mapping with a duplicate key. Hence the first letter of such a key is replaced, and the text is
///   parsed again, until all duplicates are found.
struct DocumentComposer {
  /// How many duplicate keys are looked for; each takes another pass over the text.
  private static let duplicateLimit = 100
  /// How many characters all these passes may read.
  private static let workLimit = 16_000_000

  /// Faults that leave a tree to look at: duplicate keys, aliases of nothing, tags.
  private(set) var faults: [DocumentFault] = []
  private var lines: ScalarLines
  private let mask: Mask
  /// The letters that were replaced, by the place of their key.
  private var replaced: [Place: Unicode.Scalar] = [:]

  init(_ text: String) throws(DocumentFault) {
    lines = ScalarLines(text)
    guard let mask = Mask(avoiding: lines.scalars) else {
      throw DocumentFault(.start, "the configuration holds nearly all private characters of Unicode: remove some")
    }
    self.mask = mask
    for (index, scalar) in lines.scalars.enumerated() {
      if let substitute = mask.substitute(for: scalar) { lines.replace(at: index, with: substitute) }
    }
  }

  /// - Throws: the fault after which there is nothing left to look at.
  mutating func compose() throws(DocumentFault) -> YAMLNode {
    guard let root = try composeIfAny() else { throw DocumentFault(.start, DocumentComposer.empty) }
    return root
  }

  /// - Returns: nil if the text holds nothing.
  /// - Throws: the fault after which there is nothing left to look at.
  mutating func composeIfAny() throws(DocumentFault) -> YAMLNode? {
    while true {
      do {
        let parser = try Parser(yaml: lines.text, resolver: .basic, encoding: .utf8)
        guard let root = try parser.singleRoot() else { return nil }
        var builder = TreeBuilder(mask: mask, replaced: replaced)
        // Nodes hold their anchors weakly, and the parser is what keeps them.
        let tree = try withExtendedLifetime(parser) { try builder.build(root) }
        faults = builder.faults
        return tree
      } catch let error as YamlError {
        guard hide(error) else { throw SyntaxMessage.fault(error, in: lines) }
      } catch let fault as DocumentFault {
        throw fault
      } catch {
        throw DocumentFault(.start, "the file could not be parsed as YAML")
      }
    }
  }

  static let empty = "the configuration is empty: it must hold `workspaces` with at least one workspace"

  /// Makes one of two equal keys unique.
  ///
  /// - Returns: false if the fault is another, or the key is written in a way that cannot be changed so simply.
  private mutating func hide(_ error: YamlError) -> Bool {
    guard case .duplicatedKeysInMapping(let keys, let context) = error, let key = keys.first,
      replaced.count < DocumentComposer.duplicateLimit,
      replaced.count * lines.scalars.count < DocumentComposer.workLimit
    else { return false }
    let place = Place(context.mark)
    guard replaced[place] == nil, var index = lines.index(of: place) else { return false }
    if lines.scalars[index] == "\"" || lines.scalars[index] == "'" { index += 1 }
    guard let letter = key.unicodeScalars.first, lines.scalars[index...].starts(with: key.unicodeScalars),
      let substitute = Unicode.Scalar(0xF0000 + UInt32(replaced.count))
    else { return false }
    replaced[place] = letter
    lines.replace(at: index, with: substitute)
    return true
  }
}
