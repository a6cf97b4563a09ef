import Usage

extension SettingsReader {
  /// - Parameter names: the lines of the workspaces read before.
  /// - Returns: nil if a fault was reported that leaves no workspace to speak of.
  mutating func workspace(
    in node: YAMLNode, _ defaults: SharedSettings, _ names: inout [WorkspaceID: Int]
  ) -> WorkspaceSettings? {
    guard case .mapping = node.content else {
      if case .broken = node.content { return nil }
      report.fault(at: node.place, "a workspace must be a mapping, with the keys `name`, `provider` and `api_key_file`")
      return nil
    }
    guard let fields = fields(of: node, "a workspace", known: WorkspaceKey.all) else { return nil }
    func field(_ key: WorkspaceKey) -> Field? { fields[key.rawValue] }

    let name = name(field(.name), node)
    let kind = provider(field(.provider), node)
    let supported = providers.first { $0.kind == kind }
    let secret = secret(field(.apiKey), field(.apiKeyFile), node)
    let remote = remoteWorkspace(field(.workspaceID), supported, node)
    let baseURL = field(.baseURL).flatMap { self.baseURL($0) }
    let own = shared(in: fields, of: supported)
    let exposesNumbers = exposePhoneNumbers(field(.exposePhoneNumbers), kind)
    let collectors = supported.map { self.collectors(in: field(.collectors), of: $0) }

    if let kind, let name {
      let id = WorkspaceID(kind, name.value)
      if let line = names[id] {
        report.fault(
          at: name.place,
          "the \(kind.rawValue) workspace on line \(line) has this name already: names are unique per provider")
      } else {
        names[id] = name.place.line
      }
    }
    guard let name, let supported, let secret, let collectors else { return nil }
    var settings = WorkspaceSettings(name.value, provider: supported, secret: secret, remoteWorkspace: remote)
    defaults.apply(to: &settings)
    own.apply(to: &settings)
    settings.publishBudgetedPeriods()
    if let baseURL { settings.baseURL = baseURL }
    settings.collectors = collectors
    settings.exposePhoneNumbers = exposesNumbers ?? false
    return settings
  }

  private mutating func name(_ field: Field?, _ node: YAMLNode) -> Text? {
    guard let field else {
      report.fault(at: node.place, "`name` is missing: it becomes the label `workspace`")
      return nil
    }
    guard let name = text(field, WorkspaceKey.name.rawValue) else { return nil }
    let isBlank = name.value.allSatisfy(\.isWhitespace)
    let hasControl = name.value.unicodeScalars.contains { $0.properties.generalCategory == .control }
    guard !isBlank, !hasControl, name.value.count <= 128, name.value.utf8.count <= 1024 else {
      report.fault(at: name.place, "`name` must have 1 to 128 characters, none of them a control character")
      return nil
    }
    return name
  }

  /// - Returns: nil for a provider that is unknown or not supported.
  private mutating func provider(_ field: Field?, _ node: YAMLNode) -> ProviderKind? {
    let supported = providers.map(\.kind.rawValue)
    guard let field else {
      report.fault(
        at: node.place, "`provider` is missing: it is \(English.list(English.quoted(supported), "or"))")
      return nil
    }
    guard let text = text(field, WorkspaceKey.provider.rawValue) else { return nil }
    guard let kind = ProviderKind(rawValue: text.value) else {
      report.fault(at: text.place, SettingsReader.unknown("provider", text.value, supported))
      return nil
    }
    guard supported.contains(kind.rawValue) else {
      report.fault(
        at: text.place,
        "\(kind.rawValue) is not supported by this version: here can be "
          + English.list(English.quoted(supported), "or"))
      return nil
    }
    return kind
  }

  private mutating func remoteWorkspace(
    _ field: Field?, _ provider: ProviderDefaults?, _ node: YAMLNode
  ) -> String? {
    let key = WorkspaceKey.workspaceID.rawValue
    guard let field else {
      if let provider, provider.needsWorkspaceID {
        report.fault(at: node.place, "`\(key)` is missing: \(provider.kind.rawValue) needs the id of the workspace")
      }
      return nil
    }
    guard let text = text(field, key) else { return nil }
    if let fault = RemoteWorkspace.fault(in: text.value) {
      report.fault(at: text.place, "`\(key)` \(fault)")
      return nil
    }
    if let provider, !provider.needsWorkspaceID {
      report.warn(at: field.place, "`\(key)` is not used: a key of \(provider.kind.rawValue) is for one workspace")
      return nil
    }
    return text.value
  }

  private mutating func baseURL(_ field: Field) -> String? {
    guard let text = text(field, WorkspaceKey.baseURL.rawValue) else { return nil }
    do {
      let url = try BaseURL(text.value)
      if url.isExposed { report.warn(at: text.place, "`base_url` \(BaseURL.exposure)") }
      return url.text
    } catch {
      report.fault(at: text.place, "`base_url` \(error)")
      return nil
    }
  }

  private mutating func exposePhoneNumbers(_ field: Field?, _ kind: ProviderKind?) -> Bool? {
    let key = WorkspaceKey.exposePhoneNumbers.rawValue
    if let field, let kind, kind != .agentphone {
      report.fault(at: field.place, "`\(key)` is for agentphone only: remove it")
    }
    return boolean(field, key)
  }
}
