import Usage

/// Reads a window's events out of the log.
struct LangdockScan {
  let company: Company
  let directory: Directory
  let window: ExportWindow

  init(_ company: Company, _ window: ExportWindow) {
    self.company = company
    self.window = window
    directory = company.directory
  }

  /// Calls `body` with each event that counts.
  func forEach(_ body: (Directory.Producer, Message) -> Void) {
    let first = max(Millis.ordinal(window.from), company.messages.firstDay.ordinal)
    // Nothing that lies in the future is visible.
    let last = Millis.ordinal(min(window.through, window.now))
    guard first <= last else { return }
    for stream in directory.streams where stream.provider == .langdock {
      for ordinal in first...last {
        for message in company.messages.events(of: stream.id, on: Day(ordinal: ordinal)) {
          let times = message.times
          if times.occurred >= window.from && times.occurred <= window.through && times.counts(at: window.now) {
            body(stream.producer, message)
          }
        }
      }
    }
  }

  /// How many rows an export of the window scans.
  func count() -> Int {
    var count = 0
    forEach { _, _ in count += 1 }
    return count
  }

  /// What a row is about: an index of the directory, and one of what the export is grouped by, or 0.
  struct Key {
    let entity: Int
    let group: Int
  }

  /// As many groups as there can be.
  var groups: Int { max(directory.models.count, MessageSource.allCases.count) }

  /// One `Tally` for each row, in the order of the keys.
  func tally<Tally>(
    _ make: () -> Tally, by key: (Directory.Producer, Message) -> Key?,
    add: (Tally, Directory.Producer, Message) -> Void
  ) -> [(key: Key, value: Tally)] {
    let groups = groups
    var tallies: [Tally?] = []
    forEach { producer, message in
      guard let key = key(producer, message) else { return }
      let place = key.entity * groups + key.group
      while tallies.count <= place { tallies.append(nil) }
      if let tally = tallies[place] {
        add(tally, producer, message)
      } else {
        let tally = make()
        tallies[place] = tally
        add(tally, producer, message)
      }
    }
    return tallies.enumerated().compactMap { place, tally in
      tally.map { (Key(entity: place / groups, group: place % groups), $0) }
    }
  }

  /// - Parameter distinct: whether users and conversations are counted too.
  func usage(
    distinct: Bool = false, by key: (Directory.Producer, Message) -> Key?
  ) -> [(key: Key, value: UsageTally)] {
    let ownKeys = directory.models.map(\.ownKeys)
    return tally(UsageTally.init, by: key) { tally, _, message in
      tally.add(message, ownKeys: ownKeys[Int(message.model)])
      guard distinct else { return }
      tally.users.insert(UInt32(message.user))
      tally.conversations.insert(message.conversation)
    }
  }
}
