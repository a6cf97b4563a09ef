/// A refusal by Tess.
enum TessRefusal: Error {
  /// `{"message": …}`.
  case message(Int, String)
  /// `{"error": …}`, with `retry_after` in seconds if it is known.
  case error(Int, String, retryAfter: Int? = nil)
  /// Laravel's 422: what is wrong by parameter, in the order of the rules.
  case invalid([Fault])

  struct Fault {
    let parameter: String
    let message: String

    init(_ parameter: String, _ message: String) {
      self.parameter = parameter
      self.message = message
    }
  }

  static let noAbility = TessRefusal.message(403, "Invalid ability provided.")
  static let noAccess = TessRefusal.message(403, "No access to this workspace.")
  static let foreignUser = TessRefusal.message(403, "No permission to see what others ran.")
  static let unexpected = TessRefusal.error(500, "Internal server error")

  static func unauthorized(_ shape: TessOptions.AuthenticationError) -> TessRefusal {
    switch shape {
    case .unauthenticated: .message(401, "Unauthenticated.")
    case .invalidAuthentication: .error(403, "Invalid authentication")
    }
  }

  static func rateLimited(_ seconds: Int?) -> TessRefusal {
    .error(429, "Rate limit exceeded", retryAfter: seconds)
  }

  var answer: WireAnswer {
    let (status, fields) = content
    var answer = WireAnswer.json(.object(fields), status: status)
    answer.contentType = "application/json"
    return answer
  }

  private var content: (Int, [Cell.Field]) {
    switch self {
    case .message(let status, let message): (status, [Cell.Field("message", .text(message))])
    case .error(let status, let error, let seconds):
      (
        status,
        [Cell.Field("error", .text(error))] + (seconds.map { [Cell.Field("retry_after", .integer(Int64($0)))] } ?? [])
      )
    case .invalid(let faults): (422, Self.invalid(faults))
    }
  }

  private static func invalid(_ faults: [Fault]) -> [Cell.Field] {
    var summary = faults.first?.message ?? ""
    let more = faults.count - 1
    if more > 0 { summary += " (and \(more) more error\(more == 1 ? "" : "s"))" }
    var fields: [Cell.Field] = []
    for parameter in faults.map(\.parameter) where !fields.contains(where: { $0.name == parameter }) {
      let messages = faults.filter { $0.parameter == parameter }.map { Cell.text($0.message) }
      fields.append(Cell.Field(parameter, .list(messages)))
    }
    return [Cell.Field("message", .text(summary)), Cell.Field("errors", .object(fields))]
  }
}
