import Foundation

/// The process as Linux tells of it in /proc (proc(5)). Elsewhere nothing is known.
package struct ProcessStatistics: Sendable, Hashable {
  package var cpuSeconds: Double?
  package var openDescriptors: Int64?
  package var maxDescriptors: Double?
  package var virtualBytes: Int64?
  package var virtualLimitBytes: Double?
  package var residentBytes: Int64?
  package var heapBytes: Int64?
  package var startTime: Double?
  package var threads: Int64?

  package init() {}

  /// Reads /proc/self now.
  package static func read() -> ProcessStatistics {
    var statistics = ProcessStatistics()
    statistics.take(stat: text("/proc/self/stat"))
    statistics.take(status: text("/proc/self/status"))
    statistics.take(limits: text("/proc/self/limits"))
    statistics.openDescriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))
      .map { Int64($0.count) }
    return statistics
  }

  private static let ticksPerSecond = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
  private static let bootTime: Double? = text("/proc/stat").split(separator: "\n")
    .first { $0.hasPrefix("btime ") }
    .flatMap { Double($0.dropFirst("btime ".count)) }

  private static func text(_ path: String) -> String {
    (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }

  private mutating func take(stat text: String) {
    // The command's name may hold spaces and parentheses: fields are counted from behind its last one.
    guard let end = text.lastIndex(of: ")") else { return }
    let fields = text[text.index(after: end)...].split(separator: " ").map(String.init)
    guard fields.count > 20, let user = Double(fields[11]), let system = Double(fields[12]) else { return }
    cpuSeconds = (user + system) / Self.ticksPerSecond
    threads = Int64(fields[17])
    virtualBytes = Int64(fields[20])
    if let boot = Self.bootTime, let start = Double(fields[19]) { startTime = boot + start / Self.ticksPerSecond }
  }

  private mutating func take(status text: String) {
    func bytes(_ name: String) -> Int64? {
      text.split(separator: "\n").first { $0.hasPrefix(name) }
        .flatMap { $0.split { " \t".contains($0) }.dropFirst().first }
        .flatMap { Int64($0) }.map { $0 * 1024 }
    }
    residentBytes = bytes("VmRSS:")
    heapBytes = bytes("VmData:")
  }

  private mutating func take(limits text: String) {
    func limit(_ name: String) -> Double? {
      guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name) }) else { return nil }
      let soft = line.dropFirst(name.count).split(separator: " ").first
      return soft.flatMap { $0 == "unlimited" ? .infinity : Double($0) }
    }
    maxDescriptors = limit("Max open files")
    virtualLimitBytes = limit("Max address space")
  }
}
