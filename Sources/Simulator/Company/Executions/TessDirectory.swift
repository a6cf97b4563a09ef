import Usage

/// What only Tess executions point to, by index.
package struct TessDirectory: Sendable {
  /// Language models first, then those of images, videos and voices.
  package var models = [
    "tess-6", "gpt-5.2", "claude-sonnet-4.6", "gemini-3-pro", "mistral-large-3", "flux-2-pro", "veo-3.1", "eleven-v3",
  ]
  package var origins = ["web", "api", "whatsapp", "n8n"]
  /// By the agent's index; agents without an entry are chats.
  package var types: [Int: TessAgentType] = [:]

  package func type(of agent: Int) -> TessAgentType { types[agent] ?? .chat }

  package func model(_ execution: Execution) -> String? {
    execution.model == Execution.none ? nil : models[Int(execution.model)]
  }

  package func origin(_ execution: Execution) -> String? {
    execution.origin == Execution.none ? nil : origins[Int(execution.origin)]
  }

  mutating func findModel(_ name: String) -> UInt16 { Self.find(name, in: &models) }

  mutating func findOrigin(_ name: String) -> UInt16 { Self.find(name, in: &origins) }

  private static func find(_ name: String, in names: inout [String]) -> UInt16 {
    if let known = names.firstIndex(of: name) { return UInt16(known) }
    names.append(name)
    return UInt16(names.count - 1)
  }
}

/// The numbers by which Tess knows people.
enum TessUserNumber {
  private static let first: Int64 = 1001

  static func of(_ person: Int) -> Int64 { first + Int64(person) }

  /// The person's index, which may be nobody's.
  static func person(_ number: Int64) -> Int { Int(number.subtractingReportingOverflow(first).partialValue) }
}

extension Directory {
  mutating func findTessAgent(_ slug: String, type: TessAgentType = .chat, since: Day) -> Int {
    if let known = agent(slug, of: .tess) { return known }
    let index = findAgent(slug, of: .tess, since: since)
    tess.types[index] = type
    return index
  }
}
