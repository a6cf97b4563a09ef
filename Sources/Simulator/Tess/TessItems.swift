import Usage

/// Writes rows as the items of an answer.
struct TessItems {
  let page: TessPage
  let options: TessOptions

  private static let columns = [
    Table.Column("id", .id), Table.Column("created_at", .date), Table.Column("user_id"), Table.Column("type"),
    Table.Column("status"), Table.Column("email"), Table.Column("credits", .count), Table.Column("name", .name),
    Table.Column("slug"), Table.Column("output"), Table.Column("root_id"), Table.Column("execution_origin"),
    Table.Column("source"), Table.Column("used_model"), Table.Column("tokens"), Table.Column("link"),
  ]

  var table: Table { Table(Self.columns, page.rows.map(cells)) }

  private func cells(_ row: TessRow) -> [Cell] {
    let execution = row.execution
    let agent = page.directory.agents[row.agent]
    let person = Int(execution.user)
    let archived = !row.edited && execution.archivedAt <= page.moment
    let succeeded =
      !execution.failed && execution.settledAt <= page.moment && (!row.edited || options.editedRowsKeepCredits)
    let file = archived || row.edited || !succeeded ? nil : TessFile(row, workspace: options.workspace)
    let source = row.edited ? "edited" : archived ? "archived" : "current"
    let tess = page.directory.tess
    return [
      row.edited ? .text("chat-edited-\(execution.id)") : number(execution.id),
      .text(createdAt(row.created)), number(TessUserNumber.of(person)), .text(row.type.rawValue),
      .text(succeeded ? "succeeded" : "failed"), .text(page.directory.people[person].email),
      credits(succeeded ? execution.credits : 0), .text(agent.name), .text(agent.id),
      .text(output(row, archived: archived, file)), root(row),
      .text(orNull: row.edited ? nil : tess.origin(execution)), .text(source),
      .text(orNull: row.edited ? nil : tess.model(execution)),
      tokens(succeeded && !row.edited ? execution.tokens : nil),
      .text(orNull: link(row, agent.id, file, gone: archived || row.edited)),
    ]
  }

  private func number(_ number: Int64) -> Cell {
    options.idsAsText ? .text(String(number)) : .integer(number)
  }

  private func credits(_ micro: Int64) -> Cell {
    options.creditsAsText ? .text(Cell.decimal(micro)) : .micro(micro)
  }

  private func createdAt(_ second: Int64) -> String {
    let day = Day(ordinal: Millis.ordinal(second * 1000))
    let clock = Stamp.clock(Int(second - Int64(day.ordinal) * 86_400))
    return switch options.createdAt {
    case .microseconds: "\(day)T\(clock).000000Z"
    case .spaced: "\(day) \(clock)"
    }
  }

  private func output(_ row: TessRow, archived: Bool, _ file: TessFile?) -> String {
    if row.edited { return "This item was edited" }
    if archived { return "This item was deleted" }
    switch row.type {
    case .image, .video, .voiceover: return file?.output ?? ""
    case .chat, .text, .code: return "This content is only available on Tess"
    }
  }

  private func root(_ row: TessRow) -> Cell {
    guard row.type == .chat, !row.edited, let root = row.execution.root else { return .null }
    return number(root)
  }

  private func tokens(_ tokens: Execution.Tokens?) -> Cell {
    guard let tokens else { return .null }
    let (input, output) = (Int64(tokens.input), Int64(tokens.output))
    return .object([
      Cell.Field("input", .integer(input)), Cell.Field("output", .integer(output)),
      Cell.Field("total", .integer(input + output)),
    ])
  }

  /// - Parameter gone: whether there is nothing left to open.
  private func link(_ row: TessRow, _ slug: String, _ file: TessFile?, gone: Bool) -> String? {
    if gone { return nil }
    guard row.type == .chat else { return file?.link }
    return "/dashboard/user/ai/chat/ai-chat/\(slug)?_chat_id=\(row.execution.root ?? row.execution.id)"
  }
}

/// Where an image, a video or a recording is stored: signed URLs, which are secrets.
private struct TessFile {
  let output: String
  let link: String

  /// - Returns: nil for types that make no files.
  init?(_ row: TessRow, workspace: Int64) {
    let ending: String
    switch row.type {
    case .image: ending = "png"
    case .video: ending = "mp4"
    case .voiceover: ending = "mp3"
    case .chat, .text, .code: return nil
    }
    let path = "\(workspace)/\(row.type.rawValue)/\(row.execution.id).\(ending)"
    func signed(_ purpose: String) -> String {
      let signature = String(StableHash.fnv1a("\(purpose) \(path)".utf8), radix: 16)
      return "https://files.tess.example/\(path)?X-Goog-Expires=604800&X-Goog-Signature=\(purpose)-\(signature)"
    }
    output = signed("output")
    link = signed("link")
  }
}
