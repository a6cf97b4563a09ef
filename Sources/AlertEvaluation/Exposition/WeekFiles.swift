import Foundation

/// OpenMetrics files in a folder, one for each week.
final class WeekFiles {
  private let folder: String
  private var handles: [Int: FileHandle] = [:]
  private(set) var samples = 0

  init(in folder: String) throws {
    self.folder = folder
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// - Parameter type: as in `# TYPE`, for all samples that follow.
  func begin(family: String, type: String) throws {
    heading = Array("# TYPE \(family) \(type)\n".utf8)
    headed = []
  }

  private var heading: [UInt8] = []
  private var headed: Set<Int> = []

  func append(_ lines: [UInt8], toWeek week: Int) throws {
    guard !lines.isEmpty else { return }
    let handle = try handle(of: week)
    if headed.insert(week).inserted { try handle.write(contentsOf: Data(heading)) }
    try handle.write(contentsOf: Data(lines))
    samples += lines.count { $0 == 0x0A }
  }

  /// - Returns: the files' paths, oldest first.
  func close() throws -> [String] {
    for handle in handles.values {
      try handle.write(contentsOf: Data("# EOF\n".utf8))
      try handle.close()
    }
    return handles.keys.sorted().map(path)
  }

  private func handle(of week: Int) throws -> FileHandle {
    if let handle = handles[week] { return handle }
    guard FileManager.default.createFile(atPath: path(week), contents: nil),
      let handle = FileHandle(forWritingAtPath: path(week))
    else { throw EvaluationError("cannot write \(path(week)): free some space there, or set TMPDIR") }
    handles[week] = handle
    return handle
  }

  private func path(_ week: Int) -> String { "\(folder)/week-\(week).om" }
}
