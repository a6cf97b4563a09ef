/// A refusal in Dust's words: `{"error":{"type":…,"message":…}}`.
struct DustRefusal: Error {
  let status: Int
  let type: String
  let message: String

  init(_ status: Int, _ type: String, _ message: String) {
    self.status = status
    self.type = type
    self.message = message
  }

  static let unauthenticated = DustRefusal(
    401, "not_authenticated", "The request does not have valid authentication credentials.")
  static let malformed = DustRefusal(
    401, "malformed_authorization_header_error", "The authorization header is not of the form Bearer sk-….")
  static let invalidKey = DustRefusal(401, "invalid_api_key_error", "The API key provided is invalid or disabled.")
  static let otherWorkspace = DustRefusal(
    401, "workspace_auth_error", "Only users of the workspace can access this content.")
  static let notAdmin = DustRefusal(403, "workspace_auth_error", "Only admin users can perform this action.")
  static let noWorkspace = DustRefusal(404, "workspace_not_found", "The workspace was not found.")
  static let relocated = DustRefusal(
    404, "workspace_not_found", "The workspace was not found. [relocation-done]")
  static let noPath = DustRefusal(404, "path_not_found", "The path was not found.")
  static let rateLimited = DustRefusal(429, "rate_limit_error", "The rate limit has been exceeded.")
  static let unavailable = DustRefusal(503, "service_unavailable", "The service is temporarily unavailable.")

  static func method(expected: String) -> DustRefusal {
    DustRefusal(
      405, "method_not_supported_error", "The method passed is not supported, \(expected) is expected.")
  }

  static func query(_ fault: String) -> DustRefusal {
    DustRefusal(400, "invalid_request_error", "Invalid query parameters: \(fault)")
  }

  static func body(_ fault: String) -> DustRefusal {
    DustRefusal(400, "invalid_request_error", "Invalid request body: \(fault)")
  }

  /// What the vendor's database driver says to a day that is none.
  static func noSuchDay(_ text: String) -> DustRefusal {
    DustRefusal(500, "internal_server_error", "Unhandled internal server error: Invalid time value \(text)")
  }

  var answer: WireAnswer {
    let error = [Cell.Field("type", .text(type)), Cell.Field("message", .text(message))]
    return .json(.object([Cell.Field("error", .object(error))]), status: status)
  }
}
