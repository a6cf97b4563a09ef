import ArgumentParser
import Backfill
import Foundation
import Ledger
import Logging
import Settings
import UnixSignals
import Upstream
import Usage

/// One run of `backfill`, from the plan to the file.
struct BackfillRun: Sendable {
  let workspaces: [WorkspaceSettings]
  let from: Day
  let to: Day?
  /// nil for standard output.
  let output: String?
  let format: Backfill.Format
  let statePath: String
  /// Overrides what the ledger says.
  let liveSince: Day?
  let logger: Logger
  let environment: [String: String]
  var clock: any WallClock = SystemClock()

  private enum Ending: Sendable {
    case done
    case signalled
  }

  /// - Throws: `ExitCode` after saying why: 130 if it was interrupted, else 1.
  func run() async throws {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    do {
      try await withThrowingTaskGroup(of: Ending.self) { group in
        group.addTask {
          try await write()
          return .done
        }
        group.addTask {
          for await _ in signals { return .signalled }
          return .signalled
        }
        let ending = try await group.next()
        group.cancelAll()
        guard ending == .signalled else { return }
        // Whatever it fails with now, it fails because it was told to end.
        do { try await group.waitForAll() } catch { throw CancellationError() }
      }
    } catch is CancellationError {
      Console.error(interruption)
      throw ExitCode(130)
    } catch let code as ExitCode {
      throw code
    } catch {
      Console.error("\(error)")
      if error is BackfillFailure, let output { Console.error("what was read is kept in \(output).partial") }
      throw ExitCode(1)
    }
  }

  private var interruption: String {
    guard let output else { return "interrupted: without --output nothing is kept" }
    return "interrupted: what was read is kept in \(output).partial, and the same command goes on with it"
  }

  private func write() async throws {
    let file = try BackfillFile(output)
    let display = BackfillDisplay(logger: logger, clock: clock)
    let transports = TransportPool(proxies: ProxyRules(environment: environment))
    do {
      let backfill = try Backfill(
        BackfillRequest(from: from, to: to, liveSince: try live()), of: workspaces, folder: file.folder,
        Backfill.Surroundings(clock: clock, transports: transports, observer: display))
      let document: BackfillDocument
      do {
        document = try await write(backfill, to: file, display)
      } catch {
        await backfill.spill.close()
        throw error
      }
      await backfill.spill.close()
      try file.finish(document)
    } catch {
      await transports.shutdown()
      display.end()
      file.abandon()
      throw error
    }
    await transports.shutdown()
  }

  private func write(_ backfill: Backfill, to file: BackfillFile, _ display: BackfillDisplay) async throws
    -> BackfillDocument
  {
    for note in backfill.plan.notes { logger.notice("\(note)") }
    try await backfill.read()
    let document = try file.open()
    let summary = try await backfill.write(format) { piece in try document.write(piece) }
    display.end()
    display.tellRejected()
    logger.info(
      "backfill written",
      metadata: [
        "file": "\(output ?? "standard output")", "series": "\(summary.series)", "samples": "\(summary.samples)",
        "requests": "\(display.requests)", "peak_memory_bytes": "\(PeakMemory.bytes ?? 0)",
      ])
    warnIfRecent(backfill)
    return document
  }

  private func live() throws -> [WorkspaceID: LiveStart] {
    if let liveSince {
      return Dictionary(workspaces.map { ($0.id, .since($0.calendar.start(of: liveSince))) }) { first, _ in first }
    }
    do {
      return try LiveStart.all(inFolder: statePath)
    } catch {
      throw BackfillRefusal(
        "the ledger in \(statePath) cannot be read to see since when there are live counters: run as a user who may "
          + "read and write there, or name the day on which they began with --live-since DAY")
    }
  }

  /// Prometheus keeps the newest hours in memory, and blocks of the same time beside them are not safe.
  private func warnIfRecent(_ backfill: Backfill) {
    let ends = workspaces.flatMap { workspace in
      backfill.spill.units.filter { $0.id.workspace == workspace.id }
        .map { workspace.calendar.start(of: $0.span.last.advanced(by: 1)) }
    }
    guard let end = ends.max(), clock.now().timeIntervalSince(end) < Self.headLength else { return }
    logger.warning(
      "the last samples are younger than three hours: a Prometheus that is running takes blocks of that time only later",
      metadata: ["wait_until": "\(end.addingTimeInterval(Self.headLength).formatted(.iso8601))"])
  }

  private static let headLength: TimeInterval = 3 * 3600
}

/// The most memory that this process has held.
enum PeakMemory {
  /// nil where the system does not tell.
  static var bytes: Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    return kilobytes * 1024
  }
}
