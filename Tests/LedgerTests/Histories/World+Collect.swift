import Foundation
import Ledger
import Usage

extension World {
  /// Reads today and the days before it, one commit each, and stores how that went.
  mutating func collect(_ round: Round, on ledger: isolated Ledger, _ killSwitch: KillSwitch) throws -> Fate {
    killSwitch.arm(round.fault)
    var success = true
    for (index, bucket) in buckets(round.days).enumerated() {
      if index == round.answered {
        success = false
        break
      }
      let gauges = setup.gauges && bucket == setup.shape.bucket(of: today)
      var answers = [provider.answer(bucket, silent: round.silent, gauges: gauges ? today : nil)]
      lastAnswer = answers.last
      if gauges, round.silent == nil { answers.append(provider.month(today)) }
      for answer in answers {
        let fate = try commit(answer, on: ledger, killSwitch, round.fault)
        if fate == .dead { return .dead }
        success = success && fate == nil
      }
    }
    if setup.gauges, setup.shape == .days {
      let fate = try commit(provider.week(today), on: ledger, killSwitch, round.fault)
      if fate == .dead { return .dead }
      success = success && fate == nil
    }
    coverage.count(.failedRounds, if: !success)
    return try record(success: success, on: ledger, killSwitch, round.fault)
  }

  /// Reads everything there is, without fault.
  mutating func collectAll(on ledger: isolated Ledger) throws {
    for bucket in provider.totals.keys.sorted() {
      _ = try commit(provider.answer(bucket, silent: nil, gauges: nil), on: ledger, KillSwitch(), nil)
    }
  }

  private func buckets(_ days: Int) -> [Bucket] {
    var buckets: [Bucket] = []
    for daysAgo in 0..<days {
      let bucket = setup.shape.bucket(of: day(daysAgo))
      if !buckets.contains(bucket) { buckets.append(bucket) }
    }
    return buckets
  }

  /// - Returns: nil if the answer was written, else what became of the process.
  mutating func commit(_ answer: Answer, on ledger: isolated Ledger, _ killSwitch: KillSwitch, _ fault: Fault?) throws
    -> Fate?
  {
    do {
      try ledger.commit(answer, to: collector, at: date, policy: policy)
    } catch LedgerError.notWritten where killSwitch.disarm() {
      if model.mutation == .interruptedCounts { model.commit(answer) }
      return failedWrite(fault)
    }
    countBaseline(answer)
    take(answer)
    return nil
  }

  private mutating func take(_ answer: Answer) {
    let before = model
    model.commit(answer)
    coverage.count(.commits)
    coverage.count(.corrections, if: model.corrections != before.corrections)
    coverage.count(.moves, if: model.away != before.away)
    coverage.count(.folds, if: model.admission.folded != before.admission.folded)
    coverage.count(.sums, if: answer.isSummed && model.gauges.periods != before.gauges.periods)
  }

  private mutating func record(
    success: Bool, on ledger: isolated Ledger, _ killSwitch: KillSwitch, _ fault: Fault?
  ) throws -> Fate {
    var progress = ledger.book(of: collector)?.progress ?? CollectorProgress()
    // Two collections at one instant are one.
    let isCompleted = success && (!progress.baselined || progress.lastSuccess != date)
    progress.lastAttempt = date
    progress.nextAttempt = date.addingTimeInterval(300)
    progress.failures = success ? 0 : progress.failures + 1
    progress.lastSucceeded = success
    if success {
      progress.baselined = true
      progress.lastSuccess = date
      progress.dataThrough = date
    }
    do {
      let book = try ledger.record(progress, for: collector)
      try Discrepancy.check(book.progress, progress, "progress recorded")
      if isCompleted { model.complete() }
    } catch LedgerError.notWritten where killSwitch.disarm() {
      return failedWrite(fault)
    }
    return .alive
  }

  private mutating func failedWrite(_ fault: Fault?) -> Fate {
    writeFailures += 1
    if case .kill = fault {
      coverage.count(.kills)
      return .dead
    }
    coverage.count(.failedWrites)
    return .alive
  }

  private mutating func countBaseline(_ answer: Answer) {
    for case .bucket(let bucket) in answer.coverage {
      let (isUsage, late) = (model.isUsage(bucket), model.late(bucket))
      for (key, amount) in answer.reading.quantities where !isUsage || late.contains(key.measure) { baseline += amount }
      coverage.count(.lateHistory, if: !isUsage && model.baselined)
      coverage.count(.lateMeasures, if: answer.reading.quantities.keys.contains { late.contains($0.measure) })
    }
  }
}

extension Answer {
  fileprivate var isSummed: Bool {
    coverage.contains { if case .summed = $0 { true } else { false } }
  }
}
