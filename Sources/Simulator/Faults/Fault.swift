package import Foundation

/// Something that goes wrong with an answer, on demand.
package enum Fault: Sendable, Equatable {
  /// How a refusal says when to come back.
  package enum RetryAfter: Sendable, Equatable {
    case none
    /// In the header, and in the body too where the vendor puts them there, as Tess does.
    case seconds(Int)
    /// In the header alone.
    case headerSeconds(Int)
    /// In the body alone; nowhere if the vendor does not put them there.
    case bodySeconds(Int)
    /// As an HTTP date, so many seconds after the injected clock's now.
    case date(in: TimeInterval)

    var inBody: Int? {
      switch self {
      case .seconds(let seconds), .bodySeconds(let seconds): seconds
      case .none, .headerSeconds, .date: nil
      }
    }
  }

  package enum DelayClock: Sendable, Equatable {
    /// The machine's time.
    case real
    /// The simulator's injected clock.
    case injected
  }

  // Late or never.
  case delay(TimeInterval, DelayClock = .real)
  /// No answer until ``Faults/release()`` is called, the client goes away or the simulator stops.
  case hang

  // Something else instead of the answer.
  case status(Int, body: String = "", contentType: String = "text/plain")
  case unauthorized
  case rateLimited(RetryAfter)
  case unavailable(RetryAfter)
  /// A page as proxies show it, with this status (200 or 502).
  case html(status: Int)
  /// 200 and bytes that are not JSON, though they claim to be.
  case garbage
  /// To another host; nil for `localhost` on the storage's port, where a leaked credential is recorded.
  case redirect(to: String? = nil)
  /// To itself, for ever.
  case redirectLoop

  // The answer's bytes.
  /// The whole length is promised, this share of it (0...1) is sent, then the connection is closed.
  case connectionCut(keeping: Double)
  /// This share of the body (0...1), with a length to match: nothing in the transport tells.
  case bodyCut(keeping: Double)
  /// `Content-Encoding: gzip`, asked for or not.
  case gzip
  /// A few kilobytes of gzip that expand to so many bytes.
  case gzipBomb(expandedBytes: Int)

  // The answer's rows.
  case invalidUTF8InID
  case invalidUTF8InName
  case emptyID
  case missingIDColumn
  case missingCountColumn
  case extraColumns
  case reorderedColumns
  case numbersAsStrings
  case negativeCount
  case nonNumericCount
  /// 2^53 + 1.
  case hugeCount
  /// Beyond 64 bits.
  case overflowingCount
  /// The first row, once more at the end.
  case duplicateRow
  /// Every row's period is ten days before the one asked for.
  case datedOutsideWindow
  /// Every row's period is ten days after the injected clock's today.
  case datedInFuture
  /// Every count is this many per cent of the true one: a day told anew.
  case restated(percent: Int)

  // The answer's form: CSV, or JSON where it applies.
  case byteOrderMark
  case carriageReturns
  case raggedLastRow
  case errorTrailer
  case recordCountTooLarge(by: Int)
  /// Dust's consumption export breaks off with this line, though its status says that all is well.
  case lateError(line: String = "ERROR: Export timed out.")

  /// Whether the vendor's interface applies it while it makes the rows.
  var spoilsRows: Bool {
    switch self {
    case .delay, .hang, .status, .unauthorized, .rateLimited, .unavailable, .html, .garbage, .redirect, .redirectLoop,
      .connectionCut, .bodyCut, .gzip, .gzipBomb:
      false
    default: true
    }
  }
}
