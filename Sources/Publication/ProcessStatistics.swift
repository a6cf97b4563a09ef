import Foundation

/// The process as Linux tells of it in /proc (proc(5)). Elsewhere nothing is known.
///
/// It is read for each scrape, so no more is read than is needed, and no text is made of it.
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

  /// Looks at this process now.
  package static func read() -> ProcessStatistics {
    var statistics = ProcessStatistics()
    statistics.take(statm: Self.memory.numbers())
    statistics.cpuSeconds = cpuSeconds
    statistics.maxDescriptors = limit(RLIMIT_NOFILE)
    statistics.virtualLimitBytes = limit(RLIMIT_AS)
    statistics.openDescriptors = Self.descriptors.entries()
    statistics.threads = Self.tasks.folders()
    statistics.startTime = start
    return statistics
  }

  private static let memory = ProcFile("/proc/self/statm")
  private static let descriptors = ProcFile("/proc/self/fd")
  private static let tasks = ProcFile("/proc/self/task")
  private static let pageSize = Int64(max(1, sysconf(Int32(_SC_PAGESIZE))))

  /// When the process started, in seconds since 1970: the 20th number behind the command's name, in ticks since the system
  /// did.
  private static let start: Double? = {
    let fields = ProcFile("/proc/self/stat").numbers()
    let boot = (try? String(contentsOfFile: "/proc/stat", encoding: .utf8))?
      .split(separator: "\n").first { $0.hasPrefix("btime ") }
      .flatMap { Double($0.dropFirst("btime ".count)) }
    guard fields.count > 19, let boot else { return nil }
    return boot + Double(fields[19]) / Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
  }()

  private static var cpuSeconds: Double? {
    var usage = rusage()
    guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return nil }
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
  }

  /// - Parameter fields: of all memory, resident, shared, text, libraries and data.
  private mutating func take(statm fields: [Int64]) {
    guard fields.count > 5 else { return }
    virtualBytes = fields[0] * Self.pageSize
    residentBytes = fields[1] * Self.pageSize
    heapBytes = fields[5] * Self.pageSize
  }

  private static func limit(_ resource: __rlimit_resource) -> Double? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else { return nil }
    return limit.rlim_cur == rlim_t.max ? .infinity : Double(limit.rlim_cur)
  }
}

/// A file or folder of /proc, whose content is made when it is read. It stays open, as to find it takes longer than to read it.
private final class ProcFile: Sendable {
  private let path: String
  private let descriptor: Int32

  init(_ path: String) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// The numbers of a line, what is no number as 0; counted from behind the command's name, which may hold spaces and
  /// parentheses, if there is one. Empty if it cannot be read.
  func numbers() -> [Int64] {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1024) { buffer in
      let count = pread(descriptor, buffer.baseAddress, buffer.count, 0)
      guard count > 0 else { return [] }
      let text = buffer[..<count]
      let start = text.lastIndex(of: UInt8(ascii: ")")).map { text.index($0, offsetBy: 2) } ?? 0
      guard start < count else { return [] }
      return text[start...].split(whereSeparator: { $0 <= UInt8(ascii: " ") }).map(Self.number)
    }
  }

  private static func number(_ text: Slice<UnsafeMutableBufferPointer<UInt8>>) -> Int64 {
    var number: Int64 = 0
    for byte in text {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return 0 }
      number = number &* 10 &+ Int64(byte - UInt8(ascii: "0"))
    }
    return number
  }

  /// How many entries a folder has, `.` and `..` not among them.
  func entries() -> Int64? {
    // Since Linux 6.2 the size of /proc/PID/fd is their number.
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_size > 0 { return Int64(status.st_size) }
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var count: Int64 = 0
    while readdir(folder) != nil { count += 1 }
    return max(0, count - 2)
  }

  /// How many folders are in a folder: each has a link to it, as have it itself and the one around it.
  func folders() -> Int64? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_nlink > 2 else { return nil }
    return Int64(status.st_nlink) - 2
  }
}
