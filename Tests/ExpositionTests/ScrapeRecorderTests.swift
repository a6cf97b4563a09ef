import Exposition
import Testing

@Suite("A recording of scrapes")
struct ScrapeRecorderTests {
  private static let agents = FamilyMetadata(Samples.messages)
  private static let users = FamilyMetadata(Samples.users)
  private static let duration = FamilyMetadata(Samples.duration)

  /// A part of a body with so many messages by agent.
  private static func run(_ messages: KeyValuePairs<String, Int64>) -> EncodedRun {
    var lines = SampleWriter(Samples.messages)
    for (agent, count) in messages { lines.sample(LabelSet([Label("agent_id", agent)]), .integer(count)) }
    return run(agents, lines)
  }

  private static func run(_ metadata: FamilyMetadata, _ lines: SampleWriter) -> EncodedRun {
    Document([Section(metadata: metadata, pieces: [lines.finish()])]).encoded(.openMetrics, .identity)
  }

  private static func text(
    _ recorder: ScrapeRecorder, at timestamps: [Int64], adding labels: LabelSet = .none
  ) -> [String] {
    var bytes: [UInt8] = []
    recorder.text(at: timestamps, adding: labels) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private static func samples(_ recorder: ScrapeRecorder, at timestamps: [Int64]) -> [String] {
    text(recorder, at: timestamps).filter { !$0.hasPrefix("#") }
      .map { $0.replacing("agentusage_agent_messages_total", with: "") }
  }

  @Test("has each series by itself, repeats what did not change, and ends with # EOF")
  func repeats() {
    var recorder = ScrapeRecorder(parts: 1)
    for count in [3, 4] as [Int64] {
      recorder.beginTick()
      recorder.take(Self.run(["a": count, "b": 7]), as: 0)
      recorder.beginTick()
    }
    #expect(recorder.seriesCount == 2 && recorder.ticks == 4)
    let expected =
      ["3 10", "3 20", "4 30.5", "4 40"].map { #"{agent_id="a"} \#($0)"# }
      + ["7 10", "7 20", "7 30.5", "7 40"].map { #"{agent_id="b"} \#($0)"# }
    #expect(Self.samples(recorder, at: [10_000, 20_000, 30_500, 40_000]) == expected)
    let text = Self.text(recorder, at: [10_000])
    #expect(text.filter { $0.hasPrefix("# TYPE") } == ["# TYPE agentusage_agent_messages counter"])
    #expect(text.filter { $0.hasPrefix("# HELP") }.count == 1)
    #expect(text.last == "# EOF" && text.count == 5)
  }

  @Test("has no samples of a series where it was gone, and goes on with it when it is back")
  func gaps() {
    var recorder = ScrapeRecorder(parts: 1)
    for scrape in [["a": 1], [:], [:], ["b": 2], ["a": 1, "b": 3]] as [KeyValuePairs<String, Int64>] {
      recorder.beginTick()
      recorder.take(Self.run(scrape), as: 0)
    }
    #expect(
      Self.samples(recorder, at: [1000, 2000, 3000, 4000, 5000]) == [
        #"{agent_id="a"} 1 1"#, #"{agent_id="a"} 1 5"#, #"{agent_id="b"} 2 4"#, #"{agent_id="b"} 3 5"#,
      ])
  }

  @Test("keeps a part as it was while another one is told anew")
  func parts() {
    var recorder = ScrapeRecorder(parts: 2)
    recorder.beginTick()
    recorder.take(Self.run(["a": 1]), as: 0)
    var users = SampleWriter(Samples.users)
    users.sample(.none, .real(2.5))
    for _ in 1...2 {
      let run = Self.run(Self.users, users)
      recorder.take(run, as: 1)
      recorder.beginTick()
    }
    #expect(
      Self.text(recorder, at: [1000, 2000]).filter { !$0.hasPrefix("#") } == [
        #"agentusage_agent_messages_total{agent_id="a"} 1 1"#, #"agentusage_agent_messages_total{agent_id="a"} 1 2"#,
        "agentusage_agent_active_users 2.5 1", "agentusage_agent_active_users 2.5 2",
      ])
  }

  @Test("keeps the lines of a histogram together at each moment, and leaves out what it is told to")
  func histograms() {
    var recorder = ScrapeRecorder(parts: 1, excluding: ["agentusage_agent_messages_total"])
    var histogram = Histogram(bounds: [1])
    for value in [0.5, 3] {
      histogram.observe(value)
      var lines = SampleWriter(Samples.duration)
      lines.histogram(LabelSet([Label("provider", "dust")]), histogram)
      lines.histogram(LabelSet([Label("provider", "tess")]), histogram)
      let run = Self.run(Self.duration, lines)
      recorder.beginTick()
      recorder.take(run, as: 0)
    }
    let moments = Self.text(recorder, at: [1000, 2000]).filter { $0.contains("dust") }.compactMap { $0.last }
    #expect(moments == ["1", "1", "1", "1", "2", "2", "2", "2"])
    let before = recorder.seriesCount
    recorder.beginTick()
    recorder.take(Self.run(["a": 1]), as: 0)
    #expect(recorder.seriesCount == before)
    #expect(!Self.text(recorder, at: [1000, 2000, 3000]).contains { $0.contains("agent_messages") })
  }

  @Test("adds labels behind those of a series, and to one that has none")
  func labels() {
    var recorder = ScrapeRecorder(parts: 1)
    var users = SampleWriter(Samples.users)
    users.sample(.none, .integer(1))
    users.sample(LabelSet([Label("name", #"say "} 9" \ x"#)]), .integer(2))
    let run = Self.run(Self.users, users)
    recorder.beginTick()
    recorder.take(run, as: 0)
    let labels = LabelSet([Label("job", "j"), Label("instance", "h:1")])
    #expect(
      Self.text(recorder, at: [1000], adding: labels).filter { !$0.hasPrefix("#") } == [
        #"agentusage_agent_active_users{job="j",instance="h:1"} 1 1"#,
        #"agentusage_agent_active_users{name="say \"} 9\" \\ x",job="j",instance="h:1"} 2 1"#,
      ])
  }
}
