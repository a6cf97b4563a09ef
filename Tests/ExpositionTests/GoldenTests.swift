import Exposition
import Testing

struct GoldenTests {
  static let samples = (
    messages: """
    agentusage_agent_messages_total{provider="dust",workspace="acme",agent_id="a"} 12
    agentusage_agent_messages_total{provider="dust",workspace="acme"} 0
    agentusage_agent_messages_total{provider="dust",workspace="acme",agent_id="say \\"hi\\"\\\\\\n"} 9007199254740992

    """,
    seconds: "agentusage_call_seconds_total 0.006145\n",
    users: "agentusage_agent_active_users{provider=\"dust\",workspace=\"acme\"} 2.5\n",
    duration: """
    scrape_duration_seconds_bucket{le="0.005"} 1
    scrape_duration_seconds_bucket{le="1.0"} 3
    scrape_duration_seconds_bucket{le="10.0"} 4
    scrape_duration_seconds_bucket{le="+Inf"} 5
    scrape_duration_seconds_sum 103.251
    scrape_duration_seconds_count 5

    """
  )

  @Test func text() {
    let expected = """
      # HELP agentusage_agent_messages_total Messages of an "agent" \\\\ line\\nfeed.
      # TYPE agentusage_agent_messages_total counter
      \(Self.samples.messages)\
      # HELP agentusage_call_seconds_total Time on the phone.
      # TYPE agentusage_call_seconds_total counter
      \(Self.samples.seconds)\
      # HELP agentusage_agent_active_users Distinct users.
      # TYPE agentusage_agent_active_users gauge
      \(Self.samples.users)\
      # HELP scrape_duration_seconds How long.
      # TYPE scrape_duration_seconds histogram
      \(Self.samples.duration)
      """
    #expect(String(decoding: Samples.body(Samples.sections, .text), as: UTF8.self) == expected)
  }

  @Test func openMetrics() {
    let expected = """
      # TYPE agentusage_agent_messages counter
      # HELP agentusage_agent_messages Messages of an \\"agent\\" \\\\ line\\nfeed.
      \(Self.samples.messages)\
      # TYPE agentusage_call_seconds counter
      # UNIT agentusage_call_seconds seconds
      # HELP agentusage_call_seconds Time on the phone.
      \(Self.samples.seconds)\
      # TYPE agentusage_agent_active_users gauge
      # HELP agentusage_agent_active_users Distinct users.
      \(Self.samples.users)\
      # TYPE scrape_duration_seconds histogram
      # UNIT scrape_duration_seconds seconds
      # HELP scrape_duration_seconds How long.
      \(Self.samples.duration)\
      # EOF

      """
    #expect(String(decoding: Samples.body(Samples.sections, .openMetrics), as: UTF8.self) == expected)
  }

  @Test func documentsCountTheirSamplesAndLeaveOutEmptyFamilies() {
    let document = Document(Samples.sections)
    #expect(document.samples == 11)
    #expect(document.sections.count == 4)
    #expect(document.encoded(.openMetrics, .gzip).samples == 11)
    #expect(Document.empty.encoded(.text, .identity) == .empty)
  }

  @Test(arguments: ExpositionFormat.allCases)
  func anEmptyBodyIsValid(_ format: ExpositionFormat) throws {
    #expect(try StrictParser.parse(Samples.body([], format), format).isEmpty)
    #expect(try StrictParser.parse(Gunzip.oneMember(Samples.body([], format, .gzip)), format).isEmpty)
  }
}
