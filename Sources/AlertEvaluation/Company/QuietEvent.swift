/// Something that happens to an exporter, a provider or a calendar, and changes nobody's usage: no usage alert may fire.
package enum QuietEvent: String, Sendable, Hashable, CaseIterable {
  /// The provider cannot be read for three days, then all three are taken in at once.
  case outage
  /// The exporter is down for 40 minutes, and its ledger knows where to go on.
  case restart
  /// The exporter is down for 40 minutes, and without a ledger its counters begin at 0 again.
  case reset
  /// Every agent gets another name.
  case rename
  /// October ends, and the clocks go back.
  case autumn
  /// March ends, and the clocks go forward.
  case spring

  var season: Season { self == .spring ? .spring : .autumn }

  var seed: UInt64 { 0x7175_6965_7400 + UInt64(Self.allCases.firstIndex(of: self) ?? 0) }

  /// Seconds of the season, from a Wednesday's morning in week 7 on.
  private static let begin = 44 * 86_400 + 10 * 3600

  /// When no request to the provider succeeds.
  var providerOutage: Range<Int>? { self == .outage ? Self.begin..<Self.begin + 3 * 86_400 : nil }

  /// When nothing is there to be scraped.
  var exporterDown: Range<Int>? {
    self == .restart || self == .reset ? Self.begin..<Self.begin + 40 * 60 : nil
  }

  /// From when on agents have other names.
  var renamedAt: Int? { self == .rename ? Self.begin : nil }
}
