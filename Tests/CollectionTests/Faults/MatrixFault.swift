import Simulator
import Usage

/// A fault, and what must come of it.
struct MatrixFault: Sendable {
  /// What a collector may answer a fault with.
  enum Expectation: Hashable, Sendable {
    /// The answer is refused for one of these reasons.
    case failure(Set<String>)
    /// Rows are refused for this reason, and the others count.
    case rows(String)
    /// It is read as if there were no fault.
    case read
  }

  let name: String
  let fault: Fault
  let expectation: Expectation
  /// Whether it is no fault of the one collector: nothing of its workspace is asked for until it is over.
  var stopsWorkspace = false
  /// Whether more is told than there is: a counter may keep what was told too much.
  var inflates = false

  private init(
    _ name: String, _ fault: Fault, _ expectation: Expectation, stopsWorkspace: Bool = false, inflates: Bool = false
  ) {
    (self.name, self.fault, self.expectation) = (name, fault, expectation)
    (self.stopsWorkspace, self.inflates) = (stopsWorkspace, inflates)
  }

  private static func failure(
    _ name: String, _ fault: Fault, _ reasons: String..., stops: Bool = false
  ) -> MatrixFault {
    MatrixFault(name, fault, .failure(Set(reasons)), stopsWorkspace: stops)
  }

  private static let instead = [
    failure("401", .unauthorized, "auth", stops: true),
    failure("403", .status(403), "auth", stops: true),
    failure("429", .rateLimited(.none), "rate_limited", stops: true),
    failure("429, seconds", .rateLimited(.seconds(17)), "rate_limited", stops: true),
    failure("429, date", .rateLimited(.date(in: 90)), "rate_limited", stops: true),
    failure("429, header alone", .rateLimited(.headerSeconds(5)), "rate_limited", stops: true),
    failure("429, body alone", .rateLimited(.bodySeconds(5)), "rate_limited", stops: true),
    failure("503", .unavailable(.none), "server", stops: true),
    failure("503, date", .unavailable(.date(in: 90)), "server", stops: true),
    failure("500", .status(500, body: "boom"), "server"),
    failure("400", .status(400), "server"),
    failure("204", .status(204), "decode"),
    failure("web page, 200", .html(status: 200), "decode", "schema"),
    failure("web page, 502", .html(status: 502), "server"),
    failure("garbage", .garbage, "decode", "schema"),
    failure("redirect elsewhere", .redirect(), "server"),
    failure("redirect loop", .redirectLoop, "server"),
    failure("connection cut", .connectionCut(keeping: 0.5), "network", "decode"),
    failure("body cut", .bodyCut(keeping: 0.47), "decode"),
  ]

  private static let rows = [
    MatrixFault("invalid UTF-8 in id", .invalidUTF8InID, .rows("invalid_utf8")),
    MatrixFault("empty id", .emptyID, .rows("missing_id")),
    MatrixFault("negative count", .negativeCount, .rows("negative")),
    MatrixFault("count no number", .nonNumericCount, .rows("not_a_number")),
    MatrixFault("count of 2^53 + 1", .hugeCount, .rows("too_large")),
    MatrixFault("count beyond 64 bits", .overflowingCount, .rows("too_large")),
    MatrixFault("dated outside the window", .datedOutsideWindow, .rows("outside_window")),
    MatrixFault("dated in the future", .datedInFuture, .rows("future")),
    failure("no id column", .missingIDColumn, "schema"),
    failure("no count column", .missingCountColumn, "schema"),
    failure("ragged last row", .raggedLastRow, "decode"),
    failure("error trailer", .errorTrailer, "decode"),
    failure("fewer rows than told", .recordCountTooLarge(by: 1), "decode"),
    failure("error in mid-stream", .lateError(), "decode"),
  ]

  private static let harmless = [
    MatrixFault("slow answer", .delay(0.01), .read),
    MatrixFault("gzip unasked for", .gzip, .read),
    MatrixFault("invalid UTF-8 in name", .invalidUTF8InName, .read),
    MatrixFault("extra columns", .extraColumns, .read),
    MatrixFault("columns reordered", .reorderedColumns, .read),
    MatrixFault("numbers as strings", .numbersAsStrings, .read),
    MatrixFault("byte order mark", .byteOrderMark, .read),
    MatrixFault("CRLF", .carriageReturns, .read),
    MatrixFault("restated downwards", .restated(percent: 50), .read),
    MatrixFault("row twice", .duplicateRow, .read, inflates: true),
    MatrixFault("restated upwards", .restated(percent: 150), .read, inflates: true),
  ]

  static let all = instead + rows + harmless
}
