import Usage

extension SettingsLoader {
  /// The names of the variables that configure one provider.
  struct Variables {
    let key: String
    let keyFile: String
    let baseURL: String
    let workspaceID: String

    init(_ kind: ProviderKind) {
      let prefix = kind.rawValue.uppercased()
      key = "\(prefix)_API_KEY"
      keyFile = "\(prefix)_API_KEY_FILE"
      baseURL = "\(prefix)_BASE_URL"
      workspaceID = "\(prefix)_WORKSPACE_ID"
    }
  }

  /// A workspace called `default` for each provider whose key is set. A variable that is set but empty counts as unset,
  /// since that is how container tools pass on what is missing.
  package func loadFromEnvironment() throws(EnvironmentSettingsError) -> Settings {
    var report = Report(file: "environment")
    var workspaces: [WorkspaceSettings] = []
    for kind in ProviderKind.allCases {
      let variables = Variables(kind)
      guard let present = [variables.key, variables.keyFile].first(where: { value(of: $0) != nil }) else { continue }
      guard let provider = providers.first(where: { $0.kind == kind }) else {
        report.fault(at: .start, "\(present): \(kind.rawValue) is not supported by this version; unset the variable")
        continue
      }
      if let workspace = workspace(of: provider, variables, &report) { workspaces.append(workspace) }
    }
    guard report.faults.isEmpty else { throw .invalid(SettingsError(diagnostics: report.faults)) }
    guard !workspaces.isEmpty else {
      throw .nothingConfigured(variables: providers.map { Variables($0.kind).key })
    }
    return Settings(workspaces: workspaces, warnings: report.warnings)
  }

  /// - Returns: nil if a fault was reported.
  private func workspace(
    of provider: ProviderDefaults, _ variables: Variables, _ report: inout Report
  ) -> WorkspaceSettings? {
    let secret = secret(variables, &report)
    var remote: String?
    if provider.needsWorkspaceID {
      remote = value(of: variables.workspaceID)
      if let id = remote {
        if let fault = RemoteWorkspace.fault(in: id) { report.fault(at: .start, "\(variables.workspaceID) \(fault)") }
      } else {
        report.fault(
          at: .start,
          "\(variables.workspaceID) is not set: \(provider.kind.rawValue) needs the id of the workspace beside its key")
      }
    }
    var baseURL: BaseURL?
    if let text = value(of: variables.baseURL) {
      do {
        let url = try BaseURL(text)
        if url.isExposed { report.warn(at: .start, "\(variables.baseURL) \(BaseURL.exposure)") }
        baseURL = url
      } catch {
        report.fault(at: .start, "\(variables.baseURL) \(error)")
      }
    }
    guard let secret else { return nil }
    var workspace = WorkspaceSettings("default", provider: provider, secret: secret, remoteWorkspace: remote)
    if let baseURL { workspace.baseURL = baseURL.text }
    return workspace
  }

  private func secret(_ variables: Variables, _ report: inout Report) -> SecretSource? {
    if value(of: variables.key) != nil, value(of: variables.keyFile) != nil {
      report.fault(at: .start, "\(variables.key) and \(variables.keyFile) are both set: unset one of them")
      return nil
    }
    let fromFile = value(of: variables.keyFile).map { SecretSource.file(path: $0) }
    do {
      if let fromFile {
        _ = try fromFile.read(using: readFile)
        return fromFile
      }
      return .literal(try SecretSource.secret(in: value(of: variables.key) ?? ""))
    } catch {
      report.fault(at: .start, "\(fromFile == nil ? variables.key : variables.keyFile): \(error)")
      return nil
    }
  }

  private func value(of variable: String) -> String? {
    environment[variable].flatMap { $0.isEmpty ? nil : $0 }
  }
}
