extension WebReader {
  func isGiven(_ field: Field?) -> Bool {
    guard let field else { return false }
    if case .scalar(let text, _) = field.value.content { return !field.value.isNull && !text.isEmpty }
    return true
  }

  /// What was given for a certificate or key.
  struct PEMChoice {
    var isGiven = false
    var text: PEMText?
    var place: Place?
  }

  /// The text of a certificate or key, written out or in a file.
  mutating func pem(_ fields: [String: Field], _ inline: String, _ file: String) -> PEMChoice {
    if isGiven(fields[inline]), isGiven(fields[file]), let place = fields[file]?.place {
      fault(at: place, "`\(inline)` and `\(file)` are both given: keep one of them")
    }
    if isGiven(fields[file]) {
      guard let path = text(fields[file], file) else { return PEMChoice(isGiven: true) }
      return PEMChoice(isGiven: true, text: contents(path, file), place: path.place)
    }
    guard isGiven(fields[inline]) else { return PEMChoice() }
    guard let text = text(fields[inline], inline) else { return PEMChoice(isGiven: true) }
    let pem = PEMText(bytes: Array(text.value.utf8), place: TextPlace(file: self.file, text.place))
    return PEMChoice(isGiven: true, text: pem, place: text.place)
  }

  /// Bytes; bundles of every public authority are a quarter of it.
  private static let pemLimit = 1024 * 1024

  private mutating func contents(_ path: Text, _ key: String) -> PEMText? {
    let resolved = Paths.resolve(path.value, in: folder)
    guard !resolved.utf8.contains(0) else {
      fault(at: path.place, "`\(key)` must be the path of a file")
      return nil
    }
    files.append(resolved)
    do {
      let bytes = try readFile(resolved, Self.pemLimit)
      return PEMText(bytes: bytes, place: TextPlace(file: file, path.place))
    } catch {
      fault(at: path.place, "`\(key)`: the file cannot be read (\(error))")
      return nil
    }
  }
}
