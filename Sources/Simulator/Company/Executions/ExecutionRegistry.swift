import Synchronization

/// How executions are numbered: by the millisecond in which they become visible, then by lane, then in turn.
///
/// Below 2^53 until the year 2069, so that no reader of JSON loses a digit.
enum ExecutionNumber {
  /// 2000-01-01. Milliseconds since 1970.
  private static let epoch: Int64 = 946_684_800_000
  /// The lane of scripted executions; those below belong to the seeded agents.
  static let scriptedLane = 31

  static func first(at visible: Int64, lane: Int) -> Int64 {
    max(0, visible - epoch) << 12 | Int64(lane) << 7
  }

  /// The next one of the lane, in the next millisecond if this one's are used up.
  static func next(_ number: Int64) -> Int64 { number & 127 == 127 ? number - 127 + 4096 : number + 1 }

  static func visible(_ number: Int64) -> Int64 { number >> 12 + epoch }
}

/// Where scripted executions are, and the numbers that they have.
final class ExecutionRegistry: Sendable {
  struct Place: Sendable {
    let stream: Int
    /// Ordinal of the UTC day.
    let day: Int
  }

  private struct State {
    var places: [Int64: Place] = [:]
    /// The number to try next, by moment.
    var cursors: [Int64: Int64] = [:]
    var longestEdit = ExecutionRegistry.longestSeededEdit
  }

  /// UTC days from an execution to its edit, in the seeded company: 20 hours late and 72 hours on at most.
  static let longestSeededEdit = 4

  private let state = Mutex(State())

  /// UTC days from any execution to its edit, at most.
  var longestEdit: Int { state.withLock(\.longestEdit) }

  func place(of number: Int64) -> Place? { state.withLock { $0.places[number] } }

  /// Numbers `executions`, which are of one stream.
  func number(_ executions: inout [Execution], of stream: Int) {
    state.withLock { state in
      for index in executions.indices {
        let times = executions[index].times
        var number =
          state.cursors[times.visible]
          ?? ExecutionNumber.first(at: times.visible, lane: ExecutionNumber.scriptedLane)
        while state.places[number] != nil { number = ExecutionNumber.next(number) }
        state.places[number] = Place(stream: stream, day: Millis.ordinal(times.occurred))
        state.cursors[times.visible] = ExecutionNumber.next(number)
        executions[index].id = number
      }
    }
  }

  func noteEdit(after days: Int) {
    state.withLock { $0.longestEdit = max($0.longestEdit, days) }
  }
}
