import Usage

extension SettingsReader {
  /// The key of a workspace, read once to see that it is there.
  mutating func secret(_ literal: Field?, _ file: Field?, _ node: YAMLNode) -> SecretSource? {
    if literal != nil, let file {
      report.fault(at: file.place, "`api_key` and `api_key_file` are both given: keep one of them")
    }
    if let file { return fileSecret(file) }
    if let literal { return literalSecret(literal) }
    report.fault(at: node.place, "`api_key_file` is missing: give the path of a file with the key, or `api_key`")
    return nil
  }

  private mutating func fileSecret(_ field: Field) -> SecretSource? {
    guard let (path, place) = path(field, .apiKeyFile) else { return nil }
    let source = SecretSource.file(path: path)
    do {
      _ = try source.read(using: readFile)
      return source
    } catch {
      report.fault(at: place, "`api_key_file`: \(error)")
      return nil
    }
  }

  private mutating func literalSecret(_ field: Field) -> SecretSource? {
    guard let text = text(field, WorkspaceKey.apiKey.rawValue) else { return nil }
    do {
      let secret = try SecretSource.secret(in: text.value)
      if !text.usesVariables {
        report.warn(
          at: text.place,
          "the key is written out here, for every reader of the file: give `api_key_file`, or `api_key: ${VARIABLE}`")
      }
      return .literal(secret)
    } catch {
      report.fault(at: text.place, "`api_key`: \(error)")
      return nil
    }
  }
}
