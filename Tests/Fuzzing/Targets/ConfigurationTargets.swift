import Settings

/// Whatever a configuration says: an answer, never a secret in it, and what is shown of a good one is that configuration.
enum SettingsTarget {
  static func run(_ bytes: [UInt8]) {
    do {
      let settings = try Fixture.loader(bytes).load(file: "c.yml")
      let secrets = "\(settings.workspaces.map(\.secret)) \(settings.warnings)"
      require(!secrets.contains("MARKER"), "a secret is shown")
      let shown = settings.redactedYAML()
      do {
        let again = try Fixture.loader(Array(shown.utf8)).load(file: "c.yml")
        require(again.redactedYAML() == shown, "what is shown is another configuration")
      } catch {
        fatalError("what is shown is no configuration: \(error.diagnostics)")
      }
    } catch {
      FaultCheck.run(error, file: "c.yml")
    }
  }
}

enum WebConfigTarget {
  static func run(_ bytes: [UInt8]) {
    let loader = WebSettingsLoader { (path, limit) throws(FileReadError) in
      if path == "/etc/web/web.yml" { return bytes }
      guard let text = WebFixture.files[path] else { throw .notFound }
      return Array(text.utf8)
    }
    switch loader.load(file: "/etc/web/web.yml").result {
    case .success(let settings):
      require(!"\(settings.warnings)".contains("MARKER"), "a secret is shown")
    case .failure(let error): FaultCheck.run(error, file: "/etc/web/web.yml")
    }
  }
}

private enum FaultCheck {
  static func run(_ error: SettingsError, file: String) {
    require(!error.diagnostics.isEmpty, "refused without a reason")
    for diagnostic in error.diagnostics {
      let text = diagnostic.description
      require(text.hasPrefix(file), "a fault without its file: \(text)")
      require(!text.contains("MARKER"), "a secret is shown")
      require(!text.contains("\n"), "a fault of several lines")
    }
  }
}
