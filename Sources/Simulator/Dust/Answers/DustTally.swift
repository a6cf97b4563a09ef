/// A set of small numbers, as of people by their indices.
struct IndexSet: Sendable {
  private var words: [UInt64] = []

  mutating func insert(_ index: Int) {
    let word = index >> 6
    while words.count <= word { words.append(0) }
    words[word] |= 1 << UInt64(index & 63)
  }

  mutating func formUnion(_ other: IndexSet) {
    while words.count < other.words.count { words.append(0) }
    for (word, bits) in other.words.enumerated() { words[word] |= bits }
  }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
}

/// Values by small indices; those that nobody changed are empty.
struct Slots<Value: Sendable>: Sendable {
  private let empty: Value
  private(set) var values: [Value] = []

  init(_ empty: Value) {
    self.empty = empty
  }

  mutating func update(_ index: Int, _ change: (inout Value) -> Void) {
    while values.count <= index { values.append(empty) }
    change(&values[index])
  }

  subscript(index: Int) -> Value { values.indices.contains(index) ? values[index] : empty }
}

/// What one agent, or all of them, did in one or more days. Only what is billed counts.
struct DustTally: Sendable {
  /// What one person did.
  struct Person: Sendable {
    var messages: Int64 = 0
    /// Hundredths of a credit.
    var credits: Int64 = 0
    /// Milliseconds since 1970.
    var last = Int64.min
    var activeDays: Int64 = 0
  }

  /// Calls of one tool, or for one skill.
  struct Use: Sendable {
    var executions: Int64 = 0
    var users = IndexSet()
  }

  var messages: Int64 = 0
  /// Hundredths of a credit.
  var credits: Int64 = 0
  var users = IndexSet()
  var conversations: Set<UInt32> = []
  /// By index of the ``Directory``.
  var people = Slots(Person())
  /// Messages by ``DustDirectory/origins``, from index 1 on; 0 stands for no origin.
  var origins = Slots(Int64(0))
  /// By ``DustDirectory/tools`` and ``DustDirectory/skills``.
  var tools = Slots(Use())
  var skills = Slots(Use())

  mutating func add(_ message: DustMessage, _ run: DustRun) {
    let billed = run.calls.reduce(Int64(message.extraCredits)) { $0 + Int64($1.credits) }
    messages += 1
    credits += billed
    conversations.insert(message.conversation)
    origins.update(message.origin == DustMessage.none ? 0 : Int(message.origin) + 1) { $0 += 1 }
    let user = message.user == DustMessage.none ? nil : Int(message.user)
    if let user {
      users.insert(user)
      people.update(user) { person in
        person.messages += 1
        person.credits += billed
        person.last = max(person.last, message.times.occurred)
        person.activeDays = 1
      }
    }
    for call in run.calls {
      guard case .tool(let tool) = call.kind else { continue }
      tools.update(tool) { $0.add(user) }
      for skill in call.skills { skills.update(skill) { $0.add(user) } }
    }
  }

  /// Takes in what others did on the same day, or the same ones on other days.
  ///
  /// - Parameter sameDay: whether a person who is in both was active on one day only.
  mutating func add(_ other: DustTally, sameDay: Bool) {
    messages += other.messages
    credits += other.credits
    users.formUnion(other.users)
    conversations.formUnion(other.conversations)
    for (index, more) in other.people.values.enumerated() where more.messages > 0 {
      people.update(index) { person in
        person.messages += more.messages
        person.credits += more.credits
        person.last = max(person.last, more.last)
        person.activeDays = sameDay ? max(person.activeDays, more.activeDays) : person.activeDays + more.activeDays
      }
    }
    for (index, more) in other.origins.values.enumerated() { origins.update(index) { $0 += more } }
    for (index, more) in other.tools.values.enumerated() { tools.update(index) { $0.add(more) } }
    for (index, more) in other.skills.values.enumerated() { skills.update(index) { $0.add(more) } }
  }
}

extension DustTally.Use {
  fileprivate mutating func add(_ user: Int?) {
    executions += 1
    if let user { users.insert(user) }
  }

  mutating func add(_ other: DustTally.Use) {
    executions += other.executions
    users.formUnion(other.users)
  }
}
