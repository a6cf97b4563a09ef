import Foundation
import Usage

/// The lines of the consumption export: one for each call to a model or a tool, with what was billed for it.
struct ConsumptionLines: Sendable {
  let book: DustBook
  let filter: ConsumptionFilter
  /// Milliseconds since 1970.
  let now: Int64
  private var directory: Directory
  private var dust: DustDirectory

  init(_ book: DustBook, _ filter: ConsumptionFilter, at now: Date) {
    self.book = book
    self.filter = filter
    self.now = Millis.of(now)
    directory = book.company.directory
    dust = book.company.dust.directory
  }

  static func columns(_ options: DustOptions) -> [Table.Column] {
    let names = [
      "completedAt", "conversationId", "spaceId", "agentMessageId", "consumptionType", "agentId", "agentName",
      "agentVersion", "agentTagIds", "agentRootId", "agentParentId", "agentDepth", "modelProviderId", "modelId",
      "modelName", "modelReasoningEffort", "modelResolutionMethod", "userId", "userName", "userGroupIds",
      "userGroupNames", "triggerId", "contextOrigin", "apiKeyName", "toolName", "toolServerName", "toolDisplayName",
      "toolParentServerName", "toolActionId", "attributedSkillIds", "attributedSkillNames", "creditsSystem",
      "creditsInput", "creditsOutput", "creditsReasoning", options.creditsDirect ? "creditsDirect" : "creditsAction",
      "totalCredits", "usageType", "status", "stepIndex", "executionTimeMs",
    ]
    let roles: [String: Table.Column.Role] = [
      "completedAt": .date, "agentId": .id, "agentName": .name, "totalCredits": .count,
    ]
    return names.map { Table.Column($0, roles[$0] ?? .other) }
  }

  /// The lines of `from..<end`, by completion and message.
  func rows(from: Int64, to end: Int64) -> [[Cell]] {
    var found: [(id: String, agent: Int, message: DustMessage)] = []
    book.forEachMessage(from: from, to: end, at: now) { agent, message in
      if !message.failed { found.append((DustID.message(agent: agent, message), agent, message)) }
    }
    found.sort { ($0.message.times.occurred, $0.id) < ($1.message.times.occurred, $1.id) }
    var lines = self
    // Read after the events, so that they hold all that those point to.
    lines.directory = book.company.directory
    lines.dust = book.company.dust.directory
    return found.flatMap { lines.rows($0.id, $0.agent, $0.message) }
  }

  private func rows(_ id: String, _ agent: Int, _ message: DustMessage) -> [[Cell]] {
    let run = dust.runs[Int(message.run)]
    return run.calls.indices.compactMap { step in
      guard filter.admits({ values($0, agent, message, run, step) }) else { return nil }
      var row: [Cell] = [
        .text(DustID.instant(message.times.occurred)), .text(DustID.conversation(message.conversation)),
        .text("vlt_company"), .text(id), .text(run.tool(step) == nil ? "llm" : "tool"),
      ]
      row += agentCells(agent, message) + modelCells(run, step) + userCells(message)
      row += toolCells(id, run, step) + skillCells(run.calls[step])
      let extra = step == 0 ? Int64(message.extraCredits) : 0
      row += creditCells(Int64(run.calls[step].credits) + extra, tool: run.tool(step) != nil)
      let usage = message.user == DustMessage.none ? "programmatic" : "user"
      let duration = run.tool(step) == nil ? 0 : 120 + Int64(message.serial % 900)
      return row + [.text(usage), .text("succeeded"), .integer(Int64(step)), .integer(duration)]
    }
  }

  private func agentCells(_ index: Int, _ message: DustMessage) -> [Cell] {
    let agent = directory.agents[index]
    let tags = dust.traits[agent.id]?.tags ?? []
    let called = ["run_agent", "agent_handover"].contains(origin(message))
    return [
      .text(agent.id), .text(agent.name), .text("1"), .text(tags.joined(separator: "; ")),
      .text(called ? "dust" : agent.id), .text(called ? "dust" : ""), .integer(called ? 1 : 0),
    ]
  }

  private func modelCells(_ run: DustRun, _ step: Int) -> [Cell] {
    guard run.tool(step) == nil, let model = run.model.map({ dust.models[$0] }) else {
      return Array(repeating: .text(""), count: 5)
    }
    return [.text(model.provider), .text(model.id), .text(model.id), .text("light"), .text("explicit")]
  }

  private func userCells(_ message: DustMessage) -> [Cell] {
    let person = person(message)
    let apiKey = message.apiKey == DustMessage.none ? "" : dust.apiKeys[Int(message.apiKey)]
    return [
      .text(person?.id ?? ""), .text(person?.name ?? ""), .text(person.map(Self.group) ?? ""),
      .text(person?.team ?? ""), .text(""), .text(origin(message) ?? ""), .text(apiKey),
    ]
  }

  private func toolCells(_ id: String, _ run: DustRun, _ step: Int) -> [Cell] {
    guard let tool = run.tool(step).map({ dust.tools[$0] }) else { return Array(repeating: .text(""), count: 5) }
    return [
      .text(tool.name), .text(tool.server), .text(tool.server.replacing("_", with: " ").capitalized), .text(""),
      .text("\(id.replacing("msg", with: "act"))\(step)"),
    ]
  }

  private func skillCells(_ call: DustRun.Call) -> [Cell] {
    let skills = call.skills.map { dust.skills[$0] }
    return [
      .text(skills.map(\.id).joined(separator: "; ")),
      .text(skills.map { $0.name ?? $0.id }.joined(separator: "; ")),
    ]
  }

  /// The parts are gross and need not add up to the total, which is what was billed.
  private func creditCells(_ billed: Int64, tool: Bool) -> [Cell] {
    let parts = tool ? [0, 0, 0, 0, billed] : [billed / 10, billed * 2 / 5, billed * 11 / 20, billed / 50, 0]
    return (parts + [billed]).map { .hundredths($0) }
  }

  private func person(_ message: DustMessage) -> Directory.Person? {
    message.user == DustMessage.none ? nil : directory.people[Int(message.user)]
  }

  private static func group(_ person: Directory.Person) -> String { "grp_\(person.team)" }

  private func origin(_ message: DustMessage) -> String? {
    message.origin == DustMessage.none ? nil : dust.origins[Int(message.origin)]
  }

  /// What a line has for a key of the filter.
  private func values(
    _ key: String, _ agent: Int, _ message: DustMessage, _ run: DustRun, _ step: Int
  ) -> [String] {
    switch key {
    case "agents": [directory.agents[agent].id]
    case "users": person(message).map { [$0.id] } ?? []
    case "groups": person(message).map { [Self.group($0)] } ?? []
    case "api_keys": message.apiKey == DustMessage.none ? [] : [dust.apiKeys[Int(message.apiKey)]]
    case "sources": origin(message).map { [$0] } ?? []
    case "skills": run.calls[step].skills.map { dust.skills[$0].id }
    case "tags": dust.traits[directory.agents[agent].id]?.tags ?? []
    case "models": run.tool(step) == nil ? run.model.map { [dust.models[$0].id] } ?? [] : []
    default: run.tool(step).map { [dust.tools[$0].server] } ?? []
    }
  }
}

extension DustRun {
  /// The tool that a call is made to; nil for the model.
  fileprivate func tool(_ step: Int) -> Int? {
    if case .tool(let tool) = calls[step].kind { tool } else { nil }
  }
}
