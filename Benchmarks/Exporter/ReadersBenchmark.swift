import ArgumentParser
import Foundation
import Tabular

struct ReadersBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "readers", abstract: "Reads made-up tables with the CSV and the JSON reader, in memory.")

  @Option(help: "Records in each table.") var records = 100_000
  @Option(help: "How often each is read: medians are shown.") var runs = 7

  func run() async throws {
    var table = FigureTable()
    let plain = csv(quoted: false)
    try measure("CSV", plain, &table) { CSVReader() }
    try measure("CSV, every field quoted", csv(quoted: true), &table) { CSVReader() }
    let lines = json(separator: "\n")
    try measure("JSON lines, three of eight fields", lines, &table) {
      JSONReader(.lines, columns: ["completedAt", "agentId", "totalCredits"])
    }
    let list = Array("{\"items\":[".utf8) + json(separator: ",").dropLast() + Array("],\"has_more\":false}".utf8)
    try measure("JSON list, the same", list, &table) {
      JSONReader(.list(in: "items"), columns: ["completedAt", "agentId", "totalCredits"])
    }
    print(table.text)
  }

  private func measure(
    _ name: String, _ document: [UInt8], _ table: inout FigureTable, _ make: () -> some RecordReader
  ) throws {
    var times: [Double] = []
    for _ in 0..<runs {
      var reader = make()
      var found = 0
      let start = ContinuousClock.now
      try reader.read(document.span) { _ in found += 1 }
      try reader.finish { _ in found += 1 }
      times.append(start.duration(to: .now) / .seconds(1))
      guard found == records else { throw NotANumber(record: found) }
    }
    table.addRate(name, times, bytes: document.count, records: records)
  }

  private func csv(quoted: Bool) -> [UInt8] {
    let mark = quoted ? "\"" : ""
    var text = "completedAt,agentId,agentName,modelId,modelProviderId,toolServerName,toolName,totalCredits\n"
    for record in 0..<records {
      text += values(record).map { mark + $0 + mark }.joined(separator: ",") + "\n"
    }
    return Array(text.utf8)
  }

  private func json(separator: String) -> [UInt8] {
    let names = [
      "completedAt", "agentId", "agentName", "modelId", "modelProviderId", "toolServerName", "toolName", "totalCredits",
    ]
    var text = ""
    for record in 0..<records {
      let members = zip(names, values(record)).map { "\"\($0)\":\"\($1)\"" }
      text += "{" + members.joined(separator: ",") + "}" + separator
    }
    return Array(text.utf8)
  }

  private func values(_ record: Int) -> [String] {
    [
      "2026-11-01T\(10 + record % 14):00:00.000Z", "agent-\(record % 500)", "Agent \(record % 500)",
      "model-\(record % 9)",
      "provider", record % 3 == 0 ? "server" : "", "tool-\(record % 20)", "\(record % 90).\(1000 + record % 9000)",
    ]
  }
}
