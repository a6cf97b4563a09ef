import Foundation
import Usage

/// A refusal by AgentPhone.
enum AgentPhoneRefusal: Error {
  case failure(status: Int, code: String, type: String, message: String)
  /// FastAPI's 422.
  case invalid(parameter: String, message: String, type: String)

  static let unauthorized = AgentPhoneRefusal.failure(
    status: 401, code: "UNAUTHORIZED", type: "authentication_error", message: "Invalid or missing API key")

  static func notFound(_ what: String) -> AgentPhoneRefusal {
    .failure(status: 404, code: "NOT_FOUND", type: "not_found_error", message: "\(what) not found")
  }

  func answer(_ envelope: AgentPhoneOptions.ErrorEnvelope) -> WireAnswer {
    switch self {
    case .invalid(let parameter, let message, let type):
      let fault = Cell.object([
        Cell.Field("loc", .list([.text("query"), .text(parameter)])), Cell.Field("msg", .text(message)),
        Cell.Field("type", .text(type)),
      ])
      return .json(.object([Cell.Field("detail", .list([fault]))]), status: 422)
    case .failure(let status, let code, let type, let message):
      switch envelope {
      case .detail: return .json(.object([Cell.Field("detail", .text(message))]), status: status)
      case .message: return .json(.object([Cell.Field("message", .text(message))]), status: status)
      case .nested:
        let error = [
          Cell.Field("message", .text(message)), Cell.Field("code", .text(code)), Cell.Field("type", .text(type)),
          Cell.Field("details", .list([])),
        ]
        return .json(.object([Cell.Field("error", .object(error))]), status: status)
      }
    }
  }
}

/// AgentPhone's `GET /v1/usage…`.
struct AgentPhoneInterface: VendorInterface {
  let service = SimulatedService.agentPhone
  let options: AgentPhoneOptions
  let keys: SimulatorKeys
  let limiter: MinuteLimiter
  private let master: PhoneBook
  private let subAccounts: [String: PhoneBook]

  init(company: Company, options: AgentPhoneOptions, keys: SimulatorKeys) {
    self.options = options
    self.keys = keys
    limiter = MinuteLimiter(options.requestsPerMinute)
    master = PhoneBook(company)
    subAccounts = options.subAccounts.mapValues(PhoneBook.init)
  }

  func error(_ kind: VendorError, at now: Date) -> WireAnswer {
    let refusal: AgentPhoneRefusal =
      switch kind {
      case .unauthorized: .unauthorized
      case .rateLimited:
        .failure(
          status: 429, code: "RATE_LIMIT_EXCEEDED", type: "rate_limit_error",
          message: "Rate limit exceeded. Limit: \(options.requestsPerMinute ?? 60) requests per 60s")
      case .unavailable:
        .failure(
          status: 503, code: "SERVICE_UNAVAILABLE", type: "api_error", message: "Service temporarily unavailable")
      }
    return refusal.answer(options.errorEnvelope)
  }

  func answer(_ request: WireRequest, faults: [Fault]) -> WireAnswer {
    do {
      guard keys.agentPhone.contains(request.bearer ?? "") else { throw AgentPhoneRefusal.unauthorized }
      if let wait = limiter.admit(request.now) {
        var refusal = error(.rateLimited, at: request.now)
        refusal.headers.append(("Retry-After", String(wait)))
        return refusal
      }
      guard request.method == "GET" else {
        throw AgentPhoneRefusal.failure(
          status: 405, code: "METHOD_NOT_ALLOWED", type: "invalid_request_error", message: "Method Not Allowed")
      }
      let report = AgentPhoneReport(book: try book(request), options: options, now: request.now, faults: faults)
      switch request.path {
      case "/v1/usage": return report.account()
      case "/v1/usage/daily": return report.daily(try number("days", in: request, 1...365, default: 30))
      case "/v1/usage/monthly": return report.monthly(try number("months", in: request, 1...24, default: 6))
      case "/v1/usage/by-number": return report.byNumber()
      case "/v1/usage/by-agent": return report.byAgent(try period(request), in: try calendar(request))
      default: throw AgentPhoneRefusal.notFound("Resource")
      }
    } catch let refusal as AgentPhoneRefusal {
      return refusal.answer(options.errorEnvelope)
    } catch {
      return .text(500, "text/plain", "Internal Server Error")
    }
  }

  private func book(_ request: WireRequest) throws -> PhoneBook {
    guard let id = request.subAccount else { return master }
    guard let book = subAccounts[id] else { throw AgentPhoneRefusal.notFound("Sub-account") }
    return book
  }

  private func number(
    _ name: String, in request: WireRequest, _ range: ClosedRange<Int>, default usual: Int
  ) throws -> Int {
    guard let text = request.value(name) else { return usual }
    guard let number = Int(text) else {
      throw AgentPhoneRefusal.invalid(
        parameter: name, message: "Input should be a valid integer, unable to parse string as an integer",
        type: "int_parsing")
    }
    guard number >= range.lowerBound else {
      let message = "Input should be greater than or equal to \(range.lowerBound)"
      throw AgentPhoneRefusal.invalid(parameter: name, message: message, type: "greater_than_equal")
    }
    guard number <= range.upperBound else {
      let message = "Input should be less than or equal to \(range.upperBound)"
      throw AgentPhoneRefusal.invalid(parameter: name, message: message, type: "less_than_equal")
    }
    return number
  }

  private func period(_ request: WireRequest) throws -> CalendarPeriod {
    guard let text = request.value("period") else {
      throw AgentPhoneRefusal.invalid(parameter: "period", message: "Field required", type: "missing")
    }
    guard let period = CalendarPeriod(rawValue: text), [.week, .month, .year].contains(period) else {
      throw AgentPhoneRefusal.invalid(
        parameter: "period", message: "Input should be 'week', 'month' or 'year'", type: "enum")
    }
    return period
  }

  private func calendar(_ request: WireRequest) throws -> LocalCalendar {
    guard let zone = request.value("tz"), !zone.isEmpty else { return .utc }
    guard let calendar = LocalCalendar(zone: zone) else {
      throw AgentPhoneRefusal.invalid(
        parameter: "tz", message: "Value error, '\(zone)' is not an IANA time zone", type: "value_error")
    }
    return calendar
  }
}
