import Foundation
import TestSupport

/// OpenMetrics with timestamps as a parser reads it. Strict about the order of what it reads.
struct TimedDocument: Sendable {
  struct Sample: Sendable, Hashable {
    let time: Double
    let value: Double
  }

  struct Malformed: Error, CustomStringConvertible {
    let description: String
  }

  private(set) var series: [Scrape.Series: [Sample]] = [:]
  /// Sample names, in the order in which they come.
  private(set) var names: [String] = []

  /// - Throws: ``Malformed`` where a series comes in two runs, time does not rise, or the end is missing.
  init(_ text: String) throws {
    guard text.hasSuffix("# EOF\n") else { throw Malformed(description: "no end") }
    var current: Substring = ""
    var seen: Set<Substring> = []
    var parsed: [Substring: Scrape.Series] = [:]
    var samples: [Substring: [Sample]] = [:]
    for line in text.dropLast(6).split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ")
      guard words.count >= 3, let value = Double(words[words.count - 2]), let time = Double(words[words.count - 1])
      else {
        throw Malformed(description: String(line))
      }
      let identity = line.dropLast(words[words.count - 2].count + words[words.count - 1].count + 2)
      if identity != current {
        guard seen.insert(identity).inserted else { throw Malformed(description: "in two runs: \(identity)") }
        current = identity
        let scrape = try Scrape("\(identity) 1\n")
        parsed[identity] = scrape.samples.keys.first
        if let name = parsed[identity]?.name, names.last != name { names.append(name) }
      }
      if let last = samples[identity]?.last, last.time >= time {
        throw Malformed(description: "time stands still: \(line)")
      }
      samples[identity, default: []].append(Sample(time: time, value: value))
    }
    for (identity, list) in samples { if let key = parsed[identity] { series[key] = list } }
    guard Set(names).count == names.count else { throw Malformed(description: "a family in two runs") }
  }

  /// The value of a series at an instant at which it has a sample.
  func value(_ name: String, _ labels: [String: String], at time: Double) -> Double? {
    series[Scrape.Series(name, labels)]?.first { $0.time == time }?.value
  }
}
