package import Usage

/// Who and what the company has: everything that events point to, by index.
package struct Directory: Sendable {
  package struct Agent: Sendable, Hashable {
    package let id: String
    package var name: String
    package let provider: ProviderKind
    package let team: String
    package var description: String
    /// Index of the person who owns it.
    package var owner: Int
    /// The first day on which it is used.
    package var since: Day
    /// Milliseconds since 1970; AgentPhone hands its totals to "Unassigned" from then on.
    package var deleted: Int64?
  }

  package struct Person: Sendable, Hashable {
    package let id: String
    package let name: String
    package let email: String
    package let team: String
    package let joined: Day
  }

  package struct Model: Sendable, Hashable {
    package let name: String
    package let provider: String
    /// Whether the company pays the model's maker itself.
    package let ownKeys: Bool
    package let prices: Prices

    package var deployment: String { ownKeys ? "\(provider)-\(name)-own" : "" }
  }

  /// Millionths of a US dollar for a million tokens.
  package struct Prices: Sendable, Hashable {
    package let input: UInt64
    package let cached: UInt64
    package let output: UInt64
  }

  package struct Project: Sendable, Hashable {
    package let id: String
    package let name: String
    package let owner: Int
  }

  package struct APIKey: Sendable, Hashable {
    package let id: String
    package let name: String
  }

  package struct PhoneNumber: Sendable, Hashable {
    package let id: String
    /// E.164; from the ranges set aside for fiction.
    package let number: String
    package let country: String
    package let status: String
    package var agent: Int?
  }

  /// A source of events: what they have in common.
  package enum Producer: Sendable, Hashable {
    case agent(Int)
    case project(Int)
    case apiKey(Int)
    /// Chats that belong to neither an agent nor a project.
    case chat
    /// Phone traffic of numbers without an agent.
    case unassigned
  }

  package struct Stream: Sendable {
    /// Index in ``Directory/streams``.
    package let id: Int
    package let provider: ProviderKind
    package let producer: Producer
    let profile: TrafficProfile?
  }

  package var agents: [Agent] = []
  package var people: [Person] = []
  package var models: [Model] = []
  package var projects: [Project] = []
  package var apiKeys: [APIKey] = []
  package var numbers: [PhoneNumber] = []
  package var tess = TessDirectory()
  package private(set) var streams: [Stream] = []

  package func agent(_ id: String, of provider: ProviderKind) -> Int? {
    agents.firstIndex { $0.provider == provider && $0.id == id }
  }

  package func streams(of provider: ProviderKind) -> [Stream] { streams.filter { $0.provider == provider } }

  func stream(of provider: ProviderKind, _ producer: Producer) -> Int? {
    streams.firstIndex { $0.provider == provider && $0.producer == producer }
  }

  /// The stream of a producer, made if there is none.
  @discardableResult
  mutating func addStream(of provider: ProviderKind, _ producer: Producer, profile: TrafficProfile? = nil) -> Int {
    if let known = stream(of: provider, producer) { return known }
    streams.append(Stream(id: streams.count, provider: provider, producer: producer, profile: profile))
    return streams.count - 1
  }

  /// Changes the profiles of the seeded streams, before the first event.
  mutating func mapProfiles(_ change: (Stream, inout TrafficProfile) -> Void) {
    streams = streams.map { stream in
      guard var profile = stream.profile else { return stream }
      change(stream, &profile)
      return Stream(id: stream.id, provider: stream.provider, producer: stream.producer, profile: profile)
    }
  }
}
