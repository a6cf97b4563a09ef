/// What of Dust's interface has changed over time, differs between workspaces, or is documented nowhere.
package struct DustOptions: Sendable {
  /// The tables of `analytics/export`.
  package enum Table: String, CaseIterable, Sendable, Hashable {
    case usageMetrics = "usage_metrics"
    case activeUsers = "active_users"
    case source, agents, users, skills
    case skillUsage = "skill_usage"
    case toolUsage = "tool_usage"
    case messages, feedback
  }

  /// The workspace's id in every path.
  package var workspace = "grbWksp001"
  /// Older deployments have fewer tables and answer 400 for the others.
  package var tables = Set(Table.allCases)
  /// A deployment from before `format` was read: every answer is CSV.
  package var csvOnly = false

  // Columns.
  /// `credits` of `agents`, `users` and `messages`.
  package var creditsColumn = true
  /// `userId` of `users`, which the oldest shape lacks.
  package var userIDColumn = true
  /// `userStatus` and `lastLoginAt` of `users`.
  package var userStatusColumns = true
  /// Columns of `messages` since July 2026: parent message, tags, tools, skills, model and its resolution.
  package var messageDetailColumns = true
  /// Whether `feedback` has `conversationId` after `assistantName`.
  package var feedbackConversationID = false
  /// A column of the future at the end of every table.
  package var unknownColumn = false
  /// Every table's columns the other way round.
  package var reversedColumns = false
  /// Whether the consumption export says `creditsDirect` for `creditsAction`, as in its first weeks.
  package var creditsDirect = false
  /// Between the addresses of `editorEmails` in CSV; one version has `,`.
  package var editorSeparator = "; "

  // Flags.
  /// `consumption_export_api`.
  package var consumptionEnabled = true
  /// `message_export_from_consumption_index`: `messages` are the billed ones only.
  package var messagesFromConsumptionIndex = false
  /// Whether the deprecated `workspace-usage` still exists.
  package var workspaceUsageAlive = false
  /// `usage_data_api`, which that needs.
  package var usageDataEnabled = true
  /// Whether the workspace has moved to the other region.
  package var relocated = false

  /// Requests in a minute; nil for no limit.
  package var requestsPerMinute: Int?
  /// Whether a refusal for too many requests says when to come back.
  package var sendsRetryAfter = false
  /// In place of the company's lines the consumption export makes up so many, of about 350 bytes each, in constant
  /// memory; then it ends with the error, if there is one. See ``syntheticConsumptionTruth(lines:)``.
  package var syntheticConsumption: (lines: Int, errorAtEnd: String?)?

  package init() {}

  package init(_ change: (inout DustOptions) -> Void) { change(&self) }
}

/// The credentials that the simulated Dust knows.
package struct DustKeys: Sendable {
  package var admin: Set<String> = ["sk-dust-simulated"]
  /// Good keys whose role is not admin.
  package var withoutAdmin: Set<String> = ["sk-dust-builder"]
  /// Good keys of other workspaces.
  package var ofOtherWorkspaces: Set<String> = ["sk-dust-elsewhere"]

  package init() {}

  package init(_ change: (inout DustKeys) -> Void) { change(&self) }
}
