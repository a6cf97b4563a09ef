import Simulator
import Testing
import Upstream
import Usage

/// The contract's section 6, row by row: what each fault within an answer gets, for every collector it can meet.
@Suite struct RowFaultTests {
  /// A fault that makes one row worthless and no other.
  @Test(
    arguments: Probe.all,
    [
      (Fault.invalidUTF8InID, RowRejection.invalidUTF8), (.emptyID, .missingID), (.negativeCount, .negative),
      (.nonNumericCount, .notANumber), (.hugeCount, .tooLarge), (.overflowingCount, .tooLarge),
    ])
  func aBadRowIsRejectedAndTheOthersCount(_ probe: Probe, _ entry: (fault: Fault, reason: RowRejection)) async throws {
    let aimsAtID = [Fault.invalidUTF8InID, .emptyID].contains(entry.fault)
    guard aimsAtID ? probe.hasIDs : probe.hasCounts, probe.wantsFirstRow else { return }
    try await withDesk { desk in
      desk.simulator.faults.inject(entry.fault, at: probe.service, path: probe.path, exactly: true)
      let outcome = try await desk.collect(probe)
      if probe.collector == "account" {
        // Its one row is all there is.
        #expect(outcome.failure?.reason == .schema)
        #expect(outcome.answers.isEmpty)
        return
      }
      #expect(outcome.failure == nil)
      let isAssigned = entry.fault != .emptyID || !probe.emptyIDIsUnassigned
      #expect(Probe.rejected(of: outcome) == (isAssigned ? [entry.reason: 1] : [:]))
      #expect(probe.counts(of: outcome) == probe.countsWithoutFirstRow)
    }
  }

  @Test(arguments: Probe.all, [Fault.missingIDColumn, .missingCountColumn])
  func aMissingColumnRefusesTheAnswer(_ probe: Probe, _ fault: Fault) async throws {
    guard fault == .missingCountColumn ? probe.hasCounts : probe.hasIDs else { return }
    try await withDesk { desk in
      desk.simulator.faults.inject(fault, at: probe.service, path: probe.path, exactly: true)
      let outcome = try await desk.collect(probe)
      if probe.collector == "account" {
        // Every statistic is optional there: what is missing is not spoken of, and is not zero.
        #expect(outcome.reading.unreported == [.messages])
        #expect(outcome.reading.amounts(.messages).isEmpty)
        #expect(outcome.reading.amounts(.webhookDeliveries) == ["": 8])
        return
      }
      #expect(outcome.failure?.reason == .schema)
      #expect(outcome.answers.isEmpty)
    }
  }

  /// A CSV that was cut, or that ends in an error's text.
  @Test(arguments: Probe.langdock, [Fault.raggedLastRow, .errorTrailer, .recordCountTooLarge(by: 1)])
  func aCutExportRefusesTheAnswer(_ probe: Probe, _ fault: Fault) async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(fault, at: .langdock, path: probe.path)
      let outcome = try await desk.collect(probe)
      #expect(outcome.failure?.reason == .decode)
      #expect(outcome.answers.isEmpty)
      #expect(desk.ends.all.map(\.failure) == [nil, .decode])
    }
  }

  @Test(
    arguments: Probe.all,
    [
      Fault.extraColumns, .reorderedColumns, .numbersAsStrings, .byteOrderMark, .carriageReturns, .invalidUTF8InName,
      .gzip,
    ])
  func aHarmlessDifferenceIsReadNormally(_ probe: Probe, _ fault: Fault) async throws {
    guard probe.hasNames || fault != .invalidUTF8InName else { return }
    try await withDesk { desk in
      desk.simulator.faults.inject(fault, at: probe.service, path: probe.path, exactly: true)
      let outcome = try await desk.collect(probe)
      #expect(outcome.failure == nil)
      #expect(probe.counts(of: outcome) == probe.counts)
      #expect(Probe.rejected(of: outcome).isEmpty)
    }
  }

  /// "two rows for one id: merged (sums for counts)"
  @Test(arguments: Probe.all) func twoRowsOfOneIDAreSummed(_ probe: Probe) async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(.duplicateRow, at: probe.service, path: probe.path, exactly: true)
      let outcome = try await desk.collect(probe)
      var expected = probe.counts
      // The account has one object and no list.
      if probe.collector != "account", probe.wantsFirstRow, !probe.hasRowIDs {
        expected[probe.first]? += probe.firstRow
      }
      #expect(probe.counts(of: outcome) == expected)
      #expect(Probe.rejected(of: outcome).isEmpty)
    }
  }

  /// Usage of another time than the one asked for reaches no counter.
  @Test(
    arguments: Probe.all.filter(\.hasDates),
    [(Fault.datedOutsideWindow, RowRejection.outsideWindow), (.datedInFuture, .future)])
  func anotherTimeIsRefused(_ probe: Probe, _ entry: (fault: Fault, reason: RowRejection)) async throws {
    try await withDesk { desk in
      desk.simulator.faults.inject(entry.fault, at: probe.service, path: probe.path)
      let outcome = try await desk.collect(probe)
      if probe.testDescription == "agentphone/agents" {
        // Its rows bear no date, the answer does.
        #expect(outcome.failure?.reason == .schema)
        #expect(outcome.answers.isEmpty)
        return
      }
      #expect(outcome.failure == nil)
      #expect(probe.counts(of: outcome).isEmpty)
      #expect(Probe.rejected(of: outcome).keys.map(\.self) == [entry.reason])
    }
  }

  /// Without a fault: the baseline of all the above.
  @Test(arguments: Probe.all) func everyCollectorReadsItsTable(_ probe: Probe) async throws {
    try await withDesk { desk in
      let outcome = try await desk.collect(probe)
      #expect(outcome.failure == nil)
      #expect(probe.counts(of: outcome) == probe.counts)
      #expect(desk.simulator.log.leakedCredentials.isEmpty)
      #expect(desk.simulator.log.requests.allSatisfy { $0.userAgent == "agent-usage-exporter" })
      #expect(desk.ends.all.allSatisfy { $0.status == 200 && $0.failure == nil })
    }
  }
}
