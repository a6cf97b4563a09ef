import Foundation
import Synchronization
import Usage

/// Where finished exports wait: signed URLs on another port, as of an S3 bucket.
final class LangdockStorage: Sendable {
  private struct File {
    let table: Table
    /// Milliseconds since 1970.
    let expires: Int64
  }

  private struct State {
    var files: [String: File] = [:]
    var serial: UInt64 = 0
  }

  private let state = Mutex(State())
  let options: LangdockOptions
  /// The storage's own base URL, known once it listens.
  let baseURL: @Sendable () -> String

  init(_ options: LangdockOptions, baseURL: @escaping @Sendable () -> String) {
    self.options = options
    self.baseURL = baseURL
  }

  /// - Returns: the file's path and its signed URL.
  func store(_ table: Table, folder: String, name: String, now: Date) -> (path: String, url: String) {
    let moment = Millis.of(now)
    let path = state.withLock { state in
      state.serial += 1
      let hash = String(StableHash.fnv1a("\(name)/\(state.serial)".utf8) >> 32, radix: 16)
      let path = "\(folder)/\(name)-\(String(repeating: "0", count: 8 - hash.count) + hash).csv"
      state.files = state.files.filter { $0.value.expires > moment }
      state.files[path] = File(table: table, expires: moment + Int64(options.downloadLifetime) * 1000)
      return path
    }
    let issued = Stamp.utc(now).filter { $0 != "-" && $0 != ":" }
    let signature = sign(path, issued, options.downloadLifetime)
    let query =
      "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=\(issued)&X-Amz-Expires=\(options.downloadLifetime)"
      + "&X-Amz-SignedHeaders=host&X-Amz-Signature=\(signature)"
    return (path, "\(baseURL())/langdock-exports/\(path)?\(query)")
  }

  /// A stand-in for a signature: nobody but the storage can check it.
  private func sign(_ path: String, _ issued: String, _ lifetime: Int) -> String {
    (0..<4).map { round in
      let hash = String(StableHash.fnv1a("storage secret \(round) \(path) \(issued) \(lifetime)".utf8), radix: 16)
      return String(repeating: "0", count: 16 - hash.count) + hash
    }.joined()
  }

  /// - Returns: the file, or the refusal in S3's words.
  fileprivate func fetch(_ request: WireRequest) -> Result<Table, Refusal> {
    guard request.authorization == nil else {
      return .failure(
        Refusal(
          400, "InvalidArgument",
          "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string "
            + "parameter or the Authorization header should be specified"))
    }
    let prefix = "/langdock-exports/"
    guard request.path.hasPrefix(prefix), let given = request.value("X-Amz-Signature") else {
      return .failure(Refusal(403, "AccessDenied", "Access Denied"))
    }
    let path = String(request.path.dropFirst(prefix.count))
    let lifetime = Int(request.value("X-Amz-Expires") ?? "") ?? 0
    guard given == sign(path, request.value("X-Amz-Date") ?? "", lifetime) else {
      let message = "The request signature we calculated does not match the signature you provided. "
      return .failure(Refusal(403, "SignatureDoesNotMatch", message + "Check your key and signing method."))
    }
    return state.withLock { state in
      guard let file = state.files[path], file.expires > Millis.of(request.now) else {
        return .failure(Refusal(403, "AccessDenied", "Request has expired"))
      }
      if options.downloadsOnce { state.files[path] = nil }
      return .success(file.table)
    }
  }

  struct Refusal: Error {
    let status: Int
    let code: String
    let message: String

    init(_ status: Int, _ code: String, _ message: String) {
      self.status = status
      self.code = code
      self.message = message
    }

    var answer: WireAnswer {
      .text(
        status, "application/xml",
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Error><Code>\(code)</Code><Message>\(message)</Message><RequestId>0A1B2C3D4E5F6789</RequestId></Error>
        """)
    }
  }
}

/// The storage's port.
struct LangdockStorageInterface: VendorInterface {
  let service = SimulatedService.langdockStorage
  let storage: LangdockStorage

  func answer(_ request: WireRequest, faults: [Fault]) -> WireAnswer {
    guard request.method == "GET" else {
      return LangdockStorage.Refusal(405, "MethodNotAllowed", "The specified method is not allowed").answer
    }
    switch storage.fetch(request) {
    case .success(var table):
      table.apply(faults, today: LocalCalendar.utc.day(at: request.now))
      return WireAnswer(200, "text/csv", table.csv)
    case .failure(let refusal): return refusal.answer
    }
  }

  func error(_ kind: VendorError, at now: Date) -> WireAnswer {
    switch kind {
    case .unauthorized: LangdockStorage.Refusal(403, "AccessDenied", "Access Denied").answer
    case .rateLimited, .unavailable:
      LangdockStorage.Refusal(503, "SlowDown", "Please reduce your request rate.").answer
    }
  }
}
