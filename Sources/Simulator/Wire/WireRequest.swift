import Foundation
import Usage

/// A request as a vendor's interface sees it.
struct WireRequest: Sendable {
  let method: String
  /// Without the query, decoded.
  let path: String
  let query: [(name: String, value: String)]
  let authorization: String?
  let origin: String?
  let subAccount: String?
  /// `x-workspace-id`.
  let workspaceID: String?
  let body: [UInt8]
  /// By the injected clock.
  var now: Date

  func value(_ name: String) -> String? { query.first { $0.name == name }?.value }

  /// The token of `Authorization: Bearer …`.
  var bearer: String? {
    guard let authorization, authorization.lowercased().hasPrefix("bearer ") else { return nil }
    return String(authorization.dropFirst(7)).trimmingCharacters(in: .whitespaces)
  }
}

/// An answer before faults of transport and the server's own headers.
struct WireAnswer: Sendable {
  var status: Int
  var contentType: String
  var headers: [(name: String, value: String)] = []
  var body: [UInt8]
  /// What follows the body, piece by piece until nil; the length of such an answer is not told in advance.
  var pieces: (@Sendable (_ index: Int) -> [UInt8]?)?

  init(_ status: Int, _ contentType: String, _ body: [UInt8]) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }

  /// Makes all pieces at once, so that they can be spoiled.
  mutating func collect() {
    guard let pieces else { return }
    var index = 0
    while let piece = pieces(index) {
      body += piece
      index += 1
    }
    self.pieces = { _ in nil }
  }

  static func json(_ cell: Cell, status: Int = 200) -> WireAnswer {
    var bytes: [UInt8] = []
    cell.writeJSON(into: &bytes)
    return WireAnswer(status, "application/json; charset=utf-8", bytes)
  }

  static func text(_ status: Int, _ contentType: String, _ text: String) -> WireAnswer {
    WireAnswer(status, contentType, Array(text.utf8))
  }
}

/// One vendor's interface on one port.
protocol VendorInterface: Sendable {
  var service: SimulatedService { get }

  /// - Parameter faults: those that spoil rows; everything else is done by the server.
  func answer(_ request: WireRequest, faults: [Fault]) -> WireAnswer

  /// The vendor's own way to say something went wrong: for faults that imitate it.
  func error(_ kind: VendorError, at now: Date) -> WireAnswer

  /// The same with the seconds to wait in its body, where the vendor puts them there.
  func error(_ kind: VendorError, retryAfter seconds: Int?, at now: Date) -> WireAnswer
}

extension VendorInterface {
  func error(_ kind: VendorError, retryAfter seconds: Int?, at now: Date) -> WireAnswer { error(kind, at: now) }
}

enum VendorError: Sendable {
  case unauthorized, rateLimited, unavailable
}

/// What listens on a port of its own.
package enum SimulatedService: String, CaseIterable, Sendable, Hashable {
  case langdock
  /// Where Langdock's signed download URLs lead.
  case langdockStorage = "langdock-storage"
  case agentPhone = "agentphone"
  case tess
  case dust
}

/// Timestamps of answers.
enum Stamp {
  /// `2026-11-01T00:00:00Z`.
  static func utc(_ date: Date) -> String {
    let (day, second) = LocalCalendar.utc.wallClock(at: date)
    return "\(day)T\(clock(second))Z"
  }

  /// `2026-11-01T00:00:00-04:00`; `Z` where the offset is nought.
  static func local(_ date: Date, in calendar: LocalCalendar) -> String {
    let offset = calendar.timeZone.secondsFromGMT(for: date) / 60
    guard offset != 0 else { return utc(date) }
    let (day, second) = calendar.wallClock(at: date)
    let magnitude = abs(offset)
    return "\(day)T\(clock(second))\(offset < 0 ? "-" : "+")\(two(magnitude / 60)):\(two(magnitude % 60))"
  }

  static func clock(_ second: Int) -> String {
    "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`, as HTTP writes dates.
  static func http(_ date: Date) -> String {
    let (day, second) = LocalCalendar.utc.wallClock(at: date)
    let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let (year, month, dayOfMonth) = day.components
    let date = "\(weekdays[day.weekday - 1]), \(two(dayOfMonth)) \(months[month - 1]) \(year)"
    return "\(date) \(clock(second)) GMT"
  }
}
