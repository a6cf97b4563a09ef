/// Ways to get the specification wrong. The histories must tell each of them from the ledger, else they prove nothing.
enum Mutation: Sendable, CaseIterable {
  /// The naive exporter's: a counter is what the provider says now.
  case lastValue
  /// A correction that is taken back counts twice.
  case everyRiseCounts
  /// History arrives as a jump.
  case baselineCounts
  /// Days that are older than what was known arrive as a jump.
  case lateHistoryCounts
  /// A measure that the provider had said nothing of arrives with all that was there before.
  case lateMeasuresCount
  /// Late data are lost at midnight.
  case onlyTheNewestBucket
  /// An entity that is missing from an answer keeps what it had.
  case missingStays
  case movesAreUsage
  /// The gauge of a week is the sum of what was counted, and not of what the provider says now.
  case sumsWhatWasCounted
  /// The gauge of a week is published though one of its days was not read.
  case sumsDespiteGaps
  case noHold
  case foldsNobody
  /// A restart begins at 0.
  case restartForgets
  /// A commit that was interrupted has happened nevertheless.
  case interruptedCounts
}
