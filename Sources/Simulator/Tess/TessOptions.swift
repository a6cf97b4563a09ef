package import Foundation
package import Usage

/// What of Tess' interface differs between workspaces, or is documented nowhere.
package struct TessOptions: Sendable {
  /// What becomes of the row of a chat that is edited.
  package enum Edits: Sendable, CaseIterable {
    /// It stays, and an edited row of the same time joins it.
    case besideOriginal
    /// It gives way to an edited row of the same time.
    case replacesInPlace
    /// It gives way to an edited row of the time of the edit.
    case replacesAtEditTime
  }

  /// How `created_at` is written, in UTC either way.
  package enum CreatedAt: Sendable {
    /// `2026-11-20T19:35:21.000000Z`, as a sibling endpoint has it.
    case microseconds
    /// `2026-11-20 19:35:21`.
    case spaced
  }

  /// How missing or wrong credentials are refused.
  package enum AuthenticationError: Sendable {
    /// 401 `{"message":"Unauthenticated."}`.
    case unauthenticated
    /// 403 `{"error":"Invalid authentication"}`, as the page on errors has it.
    case invalidAuthentication
  }

  /// The workspace that the keys belong to.
  package var workspace: Int64 = 4711
  package var edits = Edits.besideOriginal
  /// Whether an edited row has the credits and status of its original; else it is `failed` and has none.
  package var editedRowsKeepCredits = false
  /// The calendar of `start_date`, `end_date` and of the current day's end.
  package var calendar = LocalCalendar.utc
  /// No answer goes further back than to the start of this day, and none says so.
  package var historyMinDate: Day?
  /// Seconds for which a page is repeated as it was; nil for never.
  package var pageCache: TimeInterval? = 60
  package var createdAt = CreatedAt.microseconds
  package var creditsAsText = false
  /// Whether `id`, `user_id` and `root_id` are strings.
  package var idsAsText = false
  /// Whether `page`, `per_page` and `total` stand beside `items` and `has_more`.
  package var paginationMembers = false
  package var authenticationError = AuthenticationError.unauthenticated
  /// Requests of one key in a second; nil for no limit.
  package var requestsPerSecond: Int?

  package init() {}

  package init(_ change: (inout TessOptions) -> Void) { change(&self) }
}

extension Simulator {
  /// The base URL without a slash at the end; the older one has `/api` behind it.
  package var tessURL: String { url(of: .tess) }
  package var tessKey: String { configuration.keys.tess.min() ?? "" }
  /// For the header `x-workspace-id`.
  package var tessWorkspace: String { String(configuration.tess.workspace) }
}
