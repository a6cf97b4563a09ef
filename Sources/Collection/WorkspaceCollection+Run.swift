import Foundation
import Ledger
import Providers
import Publication
import Upstream
import Usage

extension WorkspaceCollection {
  /// What one run of a collector has brought so far.
  private struct Harvest {
    var rows = 0
    var answers = 0
  }

  /// Runs one collection to its end, whatever that is.
  func run(_ index: Int, _ flight: Flight, startedAt start: Date) async {
    defer {
      members[index].flight = nil
      flight.land()
    }
    let schedule = members[index].schedule
    let before = members[index].book.progress
    let requests = CollectionRequests(counter)
    members[index].notes.began()
    var harvest = Harvest()
    await store(schedule.began(before, at: start), of: index)
    var verdict = CollectionOutcome.Verdict.succeeded
    do {
      try await collect(index, counting: requests, startedAt: start, before: before, into: &harvest)
      await succeeded(index, startedAt: start, rows: harvest.rows)
    } catch let gap as DaysUnread where before.baselined && !Task.isCancelled {
      tell([gap.notice], index)
      await succeeded(index, startedAt: start, rows: harvest.rows, without: gap.days)
    } catch let disabled as NotEnabled {
      verdict = .notEnabled(message: disabled.message)
      let progress = schedule.foundDisabled(
        members[index].book.progress, startedAt: start, endedAt: environment.clock.now())
      await store(progress, of: index)
    } catch  where Task.isCancelled {
      verdict = .abandoned
      await store(schedule.abandoned(members[index].book.progress, before: before), of: index)
    } catch {
      verdict = await note(error, index, startedAt: start)
    }
    let blockBefore = block
    await takeUpBlock()
    await shareFamilies(after: index)
    folded = await environment.ledger.foldedAgents(of: plan.id)
    let now = environment.clock.now()
    members[index].notes.ended(verdict, at: now)
    self.requests.add(requests.count, at: now, in: plan.policy.calendar)
    // A pause is one of all collectors, and each tells when it may ask next.
    if block == blockBefore { publish([index], at: now) } else { publishAll(at: now) }
    environment.report.collectionEnded(
      members[index].id,
      CollectionOutcome(
        verdict: verdict, rows: harvest.rows, answers: harvest.answers, requests: requests.count,
        seconds: max(0, now.timeIntervalSince(start)), nextAttempt: members[index].book.progress.nextAttempt))
  }

  /// - Parameter days: those that are over and could not be read.
  private func succeeded(_ index: Int, startedAt start: Date, rows: Int, without days: [Day] = []) async {
    let member = members[index]
    let gaps = days.compactMap { member.book.gap(in: $0, plan.policy.calendar, at: start) }
    let progress = member.schedule.succeeded(
      member.book.progress, startedAt: start, endedAt: environment.clock.now(), rows: rows, gap: gaps.min())
    await store(progress, of: index)
    authFailed = false
  }

  private func collect(
    _ index: Int, counting requests: CollectionRequests, startedAt start: Date, before: CollectorProgress,
    into harvest: inout Harvest
  ) async throws {
    let member = members[index]
    let demand = plan.policy.demand(for: member.collector.buckets, book: member.book, at: start)
    var catchingUp = member.schedule.isCatchingUp(before, at: start)
    var received = Harvest()
    defer { harvest = received }
    let source = CollectorSource(
      api: api.observed(by: requests), journal: environment.ledger.journal(of: member.id))
    try await member.collector.collect(demand, from: source) { answer in
      catchingUp = catchingUp || member.schedule.fillsGap(answer, members[index].book, at: start)
      // Said before the first counter moves, so that no scrape sees a catch-up without its warning.
      if members[index].book.progress.catchingUp != catchingUp {
        var progress = members[index].book.progress
        progress.catchingUp = catchingUp
        await store(progress, of: index)
      }
      received.rows += answer.reading.rows
      received.answers += 1
      tell(answer.reading.notices, index)
      adopt(try await environment.ledger.commit(answer, to: member.id, at: start, policy: plan.counting), index)
    }
  }

  private func tell(_ notices: Set<String>, _ index: Int) {
    members[index].notes.heard(notices)
    for notice in notices where members[index].notices.insert(notice).inserted {
      environment.report.noticed(members[index].id, notice)
    }
  }

  /// Takes note of a failure.
  private func note(_ error: any Error, _ index: Int, startedAt start: Date) async -> CollectionOutcome.Verdict {
    let failure = error as? UpstreamFailure ?? (error as? DaysUnread)?.failure
    let progress = members[index].schedule.failed(
      members[index].book.progress, startedAt: start, endedAt: environment.clock.now(), retryAt: failure?.retryAt,
      unit: environment.random())
    await store(progress, of: index)
    if failure?.wasWithheld == true { members[index].notes.withheld() }
    if let failure { return .failed(reason: failure.reason.rawValue, message: failure.message) }
    if let error = error as? LedgerError {
      environment.report.ledgerChanged(failure: error)
      return .failed(reason: "ledger", message: error.description)
    }
    return .failed(reason: "internal", message: "unexpected \(type(of: error))")
  }

  /// Stores progress; one that cannot be stored still holds in memory, so that a full disk does not make a provider suffer.
  private func store(_ progress: CollectorProgress, of index: Int) async {
    members[index].book.progress = progress
    do {
      try await environment.ledger.record(progress, for: members[index].id)
      environment.report.ledgerChanged(failure: nil)
    } catch {
      environment.report.ledgerChanged(failure: error)
    }
  }
}

extension DaysUnread {
  /// For the operator.
  fileprivate var notice: String {
    let span = days.count > 1 ? "\(days.count) days from \(days[0])" : days.first.map { "the day \($0)" } ?? "a day"
    return "\(span) cannot be read, and will be asked for again: \(failure.message)"
  }
}
