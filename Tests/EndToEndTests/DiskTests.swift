import Foundation
import Simulator
import TestSupport
import Testing
import Usage

/// The built exporter on a disk that is full or read-only, and beside another one.
@Suite struct DiskTests {
  private static let agent = "agentusage_agent_messages_total"

  /// Mounting takes root, and a container that lets it.
  private static let mayMount = SmallDisk.canBeMounted()

  /// "a disk that is full: `/metrics` still answers; counters stop at their last stored value; the failure is counted", and
  /// once there is room again nothing is missing.
  @Test(.enabled(if: mayMount)) func nothingIsLostOnAFullDisk() async throws {
    let company = Company.empty(today: LocalCalendar.utc.day(at: Date()))
    company.addAgent(id: "a", name: "A", provider: .langdock)
    try await SmallDisk.with { disk in
      try await Simulator(company: company, clock: SystemClock()).withRunning { simulator in
        let scratch = disk.scratch
        let file = try scratch.write("config.yml", ExporterProcess.configuration(simulator))
        let arguments = ["serve", "--config.file", file, "--state.path", disk.path]
        let keys = ExporterProcess.keys(simulator)
        let exporter = try await ExporterProcess.start(arguments, environment: keys, in: scratch)
        try await Self.begun(exporter)
        company.addMessages(5, agent: "a", at: Date())
        try await Self.reach(5, exporter)

        try disk.fill()
        company.addMessages(7, agent: "a", at: Date())
        let stuck = try await HTTP.poll("a failure is counted", every: .milliseconds(300)) {
          let scrape = try await HTTP.scrape(exporter.url + "/metrics")
          return scrape["agentusage_ledger_write_failures_total", [:]] ?? 0 > 0 ? scrape : nil
        }
        #expect(stuck.values(Self.agent).values.max() == 5, "what cannot be kept is not shown")
        #expect(try await HTTP.get(exporter.url + "/-/healthy").status == 200)

        try disk.clear()
        try await Self.reach(12, exporter)
        exporter.child.signal(SIGKILL)
        await exporter.child.wait()
        let again = try await ExporterProcess.start(arguments, environment: keys, in: scratch)
        try await Self.reach(12, again)
        again.child.signal(SIGTERM)
        #expect(await again.child.wait() == 0)
      }
    }
  }

  /// A file system is not made read-only while a file of it is open for writing, so that it must have been so at the start:
  /// then it is said what to do, and nothing counts that could not be kept.
  @Test(.enabled(if: mayMount)) func aReadOnlyDiskIsRefused() async throws {
    let company = Company.empty(today: LocalCalendar.utc.day(at: Date()))
    try await SmallDisk.with { disk in
      try await Simulator(company: company, clock: SystemClock()).withRunning { simulator in
        let file = try disk.scratch.write("config.yml", ExporterProcess.configuration(simulator))
        let arguments = ["serve", "--config.file", file, "--state.path", disk.path]
        let keys = ExporterProcess.keys(simulator)
        let first = try await ExporterProcess.start(arguments, environment: keys, in: disk.scratch)
        first.child.signal(SIGTERM)
        #expect(await first.child.wait() == 0)
        try await disk.remount("ro")
        let second = try Child(try Child.exporter(), arguments, environment: keys, in: disk.scratch.path)
        #expect(await second.wait() == 1)
        #expect(second.log.contains("(Read-only file system): make the folder writable for this user"), "\(second.log)")
      }
    }
  }

  @Test func aSecondProcessIsRefused() async throws {
    let company = Company.empty(today: LocalCalendar.utc.day(at: Date()))
    try await Simulator(company: company, clock: SystemClock()).withRunning { simulator in
      let scratch = try Scratch()
      let file = try scratch.write("config.yml", ExporterProcess.configuration(simulator))
      let arguments = ["serve", "--config.file", file, "--state.path", scratch.path + "/state"]
      let keys = ExporterProcess.keys(simulator)
      let first = try await ExporterProcess.start(arguments, environment: keys, in: scratch)
      let second = try Child(
        try Child.exporter(), arguments + ["--web.listen-address", "127.0.0.1:0"], environment: keys, in: scratch.path)
      #expect(await second.wait() != 0)
      #expect(second.log.contains("is in use by another process"), "\(second.log)")
      #expect(try await HTTP.get(first.url + "/-/ready").status == 200)
      first.child.signal(SIGTERM)
      #expect(await first.child.wait() == 0)
    }
  }

  /// The first collections are over: what is used from now on counts.
  private static func begun(_ exporter: ExporterProcess) async throws {
    _ = try await HTTP.poll("the first collections", every: .milliseconds(300)) {
      let starts = try await HTTP.scrape(exporter.url + "/metrics")
        .values("agentusage_collector_last_success_timestamp_seconds")
      return !starts.isEmpty && starts.values.allSatisfy { $0 > 0 } ? true : nil
    }
  }

  private static func reach(_ count: Double, _ exporter: ExporterProcess) async throws {
    _ = try await HTTP.poll("\(count) messages", every: .milliseconds(300)) {
      let shown = try await HTTP.scrape(exporter.url + "/metrics").values(agent).values.max()
      return shown == count ? true : nil
    }
  }
}

/// A file system of 8 MB, in memory: more than the log of the ledger takes.
private struct SmallDisk: Sendable {
  let scratch: Scratch
  var path: String { scratch.path + "/disk" }

  /// Whatever comes of `body`, it is unmounted.
  static func with(_ body: @Sendable (SmallDisk) async throws -> Void) async throws {
    let disk = try await SmallDisk()
    do {
      try await body(disk)
    } catch {
      try await disk.unmount()
      throw error
    }
    try await disk.unmount()
  }

  /// Whether this user may, here.
  static func canBeMounted() -> Bool {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mount-\(UUID().uuidString)").path
    guard (try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)) != nil
    else { return false }
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func succeeds(_ program: String, _ arguments: String...) -> Bool {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = arguments
      process.standardError = FileHandle.nullDevice
      guard (try? process.run()) != nil else { return false }
      process.waitUntilExit()
      return process.terminationStatus == 0
    }
    return succeeds("/usr/bin/mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder)
      && succeeds("/usr/bin/umount", folder)
  }

  private init() async throws {
    scratch = try Scratch()
    try FileManager.default.createDirectory(atPath: scratch.path + "/disk", withIntermediateDirectories: false)
    try await run("/usr/bin/mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", path)
  }

  /// Until there is not a byte left.
  func fill() throws {
    let descriptor = open(path + "/filler", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { throw Child.Missing(description: "the disk cannot be filled") }
    defer { close(descriptor) }
    let block = [UInt8](repeating: 1, count: 4096)
    while write(descriptor, block, block.count) > 0 {}
  }

  func clear() throws { try FileManager.default.removeItem(atPath: path + "/filler") }

  func remount(_ mode: String) async throws { try await run("/usr/bin/mount", "-o", "remount,\(mode)", path) }

  private func unmount() async throws { try await run("/usr/bin/umount", "--lazy", path) }

  private func run(_ program: String, _ arguments: String...) async throws {
    let child = try Child(program, arguments, in: scratch.path)
    guard await child.wait() == 0 else { throw Child.Missing(description: "\(program): \(child.log)") }
  }
}
