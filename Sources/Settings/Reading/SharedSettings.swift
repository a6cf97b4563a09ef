import Foundation
import Usage

/// What `defaults` and each workspace may say; nil where nothing was said.
struct SharedSettings {
  var requestsPerMinute: Int?
  var calendar: LocalCalendar?
  var periods: [CalendarPeriod]?
  var activeUserWindows: [ActiveUserWindow]?
  var restateDays: Int?
  var restateInterval: TimeInterval?
  var zeroHold: TimeInterval?
  var maxAgents: Int?
  var maxStaleness: TimeInterval?
  var budgets: [Budget]?
  var caFile: String?

  /// Puts what was said into `settings`. Lists and budgets replace what was there, whole.
  func apply(to settings: inout WorkspaceSettings) {
    func set<Value>(_ path: WritableKeyPath<WorkspaceSettings, Value>, _ value: Value?) {
      if let value { settings[keyPath: path] = value }
    }
    set(\.requestsPerMinute, requestsPerMinute)
    set(\.calendar, calendar)
    set(\.periods, periods)
    set(\.activeUserWindows, activeUserWindows)
    set(\.restateDays, restateDays)
    set(\.restateInterval, restateInterval)
    set(\.zeroHold, zeroHold)
    set(\.maxAgents, maxAgents)
    set(\.maxStaleness, maxStaleness)
    set(\.budgets, budgets)
    if let caFile { settings.caFile = caFile }
  }
}

extension SettingsReader {
  /// - Parameter provider: of the workspace that says it; nil under `defaults`.
  mutating func shared(in fields: [String: Field], of provider: ProviderDefaults? = nil) -> SharedSettings {
    func field(_ key: WorkspaceKey) -> Field? { fields[key.rawValue] }
    let windows = ActiveUserWindow.lengths.map { "\($0)d" }
    return SharedSettings(
      requestsPerMinute: integer(field(.requestsPerMinute), .requestsPerMinute, 1...10_000),
      calendar: calendar(field(.timezone)),
      periods: words(field(.periods), .periods, CalendarPeriod.allCases.map(\.rawValue)) {
        CalendarPeriod(rawValue: $0)
      }.map { chosen in CalendarPeriod.allCases.filter(chosen.contains) },
      activeUserWindows: words(field(.activeUserWindows), .activeUserWindows, windows) {
        windows.contains($0) ? ActiveUserWindow($0) : nil
      }?.sorted(),
      restateDays: integer(field(.restateDays), .restateDays, 0...90),
      restateInterval: duration(field(.restateInterval), WorkspaceKey.restateInterval.rawValue),
      zeroHold: duration(field(.zeroHold), WorkspaceKey.zeroHold.rawValue, minimum: 0),
      maxAgents: integer(field(.maxAgents), .maxAgents, 1...Int.max),
      maxStaleness: duration(field(.maxStaleness), WorkspaceKey.maxStaleness.rawValue),
      budgets: field(.budgets).flatMap { budgets(in: $0, of: provider) },
      caFile: caFile(field(.caFile)))
  }

  private mutating func calendar(_ field: Field?) -> LocalCalendar? {
    guard let field, let text = text(field, WorkspaceKey.timezone.rawValue) else { return nil }
    if let calendar = LocalCalendar(zone: text.value) { return calendar }
    guard !report.isFull else { return nil }
    let nearest = TimeZoneNames.suggestion(for: text.value).map { ": did you mean `\($0)`?" }
    report.fault(
      at: text.place,
      "`timezone` must be the IANA name of a time zone\(nearest ?? ", such as UTC or Europe/Berlin")")
    return nil
  }

  private mutating func caFile(_ field: Field?) -> String? {
    guard let field, let (path, place) = path(field, .caFile) else { return nil }
    do {
      let bytes = try readFile(path, SettingsLoader.sizeLimit)
      if String(decoding: bytes, as: UTF8.self).contains("-----BEGIN CERTIFICATE-----") { return path }
      report.fault(at: place, "`ca_file` holds no certificate: it must name a PEM file")
    } catch {
      report.fault(at: place, "`ca_file` cannot be read (\(error))")
    }
    return nil
  }
}
