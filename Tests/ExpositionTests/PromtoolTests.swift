import Exposition
import Foundation
import Testing

enum Promtool {
  static let program: URL? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { URL(fileURLWithPath: String($0)).appendingPathComponent("promtool") }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }

  /// What `promtool check metrics` says of a body; nothing is best.
  static func complaints(_ body: [UInt8]) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = program
    process.arguments = ["check", "metrics"]
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(body))
    try input.fileHandleForWriting.close()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }
}

/// Prometheus' own parser and linter, on machines that have it.
@Suite(.enabled(if: Promtool.program != nil, "there is no promtool in the PATH"))
struct PromtoolTests {
  @Test func nothingToComplainAbout() throws {
    let answer = try Promtool.complaints(Samples.body(Samples.sections, .text))
    #expect(answer.status == 0)
    #expect(answer.text.isEmpty)
  }

  @Test func everyCharacterIsReadInALabel() throws {
    let scalars = (0..<0x300).compactMap(Unicode.Scalar.init).map(String.init) + ["🤖", "\u{202E}", "\u{FFFD}"]
    let piece = Samples.piece(Samples.messages, scalars.map { (LabelSet([Label("name", $0)]), .micros(1)) })
    let answer = try Promtool.complaints(Samples.body([Section(family: Samples.messages, pieces: [piece])], .text))
    #expect(answer.status == 0)
    #expect(answer.text.isEmpty)
  }
}
