import Foundation
import Publication
import Testing

@Suite("What the exporter tells of its process")
struct ProcessStatisticsTests {
  private static func status(_ name: String) throws -> Double {
    let text = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(name) })
    let number = try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first)
    return try #require(Double(number))
  }

  @Test("is what /proc says in words")
  func proc() throws {
    let process = ProcessStatistics.read()
    let resident = try #require(process.residentBytes)
    #expect(abs(Double(resident) / 1024 / (try Self.status("VmRSS:")) - 1) < 0.2)
    let virtual = try #require(process.virtualBytes)
    #expect(abs(Double(virtual) / 1024 / (try Self.status("VmSize:")) - 1) < 0.2)
    #expect(abs(Double(try #require(process.heapBytes)) / 1024 / (try Self.status("VmData:")) - 1) < 0.2)
    // Others may start and end meanwhile.
    #expect(abs(Double(try #require(process.threads)) - (try Self.status("Threads:"))) <= 16)
    let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    #expect(abs(try #require(process.openDescriptors) - Int64(descriptors)) <= 64)
    let limits = try String(contentsOfFile: "/proc/self/limits", encoding: .utf8)
    let files = try #require(limits.split(separator: "\n").first { $0.hasPrefix("Max open files") })
    let soft = try #require(files.split(whereSeparator: \.isWhitespace).dropFirst(3).first)
    #expect(process.maxDescriptors == (soft == "unlimited" ? .infinity : Double(soft)))
  }

  @Test("has the time that was used, and when it began")
  func times() throws {
    let before = try #require(ProcessStatistics.read().cpuSeconds)
    let after = try #require(ProcessStatistics.read().cpuSeconds)
    #expect(before > 0 && after >= before)
    let start = try #require(ProcessStatistics.read().startTime)
    let age = Date().timeIntervalSince1970 - start
    #expect(age > -2 && age < 86_400)
  }
}
