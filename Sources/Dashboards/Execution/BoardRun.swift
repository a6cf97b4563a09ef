/// A query of a panel with what was answered.
package struct PanelAnswer: Sendable {
  package let target: Board.Target
  package let query: PreparedQuery
  package let series: [QueriedSeries]

  package init(target: Board.Target, query: PreparedQuery, series: [QueriedSeries]) {
    self.target = target
    self.query = query
    self.series = series
  }
}

/// A board over a range, with its variables chosen: what Grafana does when it is opened.
package struct BoardRun: Sendable {
  /// What is chosen in the lists; where fewer can be, the first.
  package enum Pick: String, Sendable, CaseIterable {
    case all, two, one
  }

  package let board: Board
  package let span: TimeSpan
  package let interpolation: Interpolation
  private let api: PrometheusAPI
  private let scrapeInterval: Double
  /// Of the window, in pixels.
  private let width: Double

  /// Asks for the variables' lists, one after the other, and chooses.
  ///
  /// - Parameters:
  ///   - now: seconds since 1970.
  ///   - scrapeInterval: seconds, as set in the data source.
  ///   - preferred: chosen in lists of one value that have them, by the variable's name.
  /// - Throws: ``ExecutionFault`` if a query fails.
  package init(
    _ board: Board, on api: PrometheusAPI, now: Double, scrapeInterval: Double, width: Double = 1600, pick: Pick,
    preferred: [String: String] = [:]
  ) async throws(ExecutionFault) {
    self.board = board
    self.api = api
    self.scrapeInterval = scrapeInterval
    self.width = width
    span = try TimeSpan(from: board.time.from, to: board.time.to, now: now)
    var interpolation = Interpolation()
    for variable in board.variables {
      let options = try await Self.options(of: variable, on: api, over: span, interpolation)
      let choice = Self.choice(variable, options, pick, preferred[variable.name])
      interpolation.add(Interpolation.Entry(variable, options: options, choice: choice))
    }
    self.interpolation = interpolation
  }

  /// The values chosen of a variable; nil for all, or if there is no such variable.
  package func picked(_ name: String) -> Set<String>? {
    guard case .values(let values) = interpolation.entries.first(where: { $0.name == name })?.choice else { return nil }
    return Set(values)
  }

  package func answers(to panel: Board.Panel) async throws(ExecutionFault) -> [PanelAnswer] {
    var answers: [PanelAnswer] = []
    for target in panel.targets ?? [] where target.hide != true {
      let query = prepared(target, of: panel)
      do {
        answers.append(PanelAnswer(target: target, query: query, series: try await api.answer(query)))
      } catch {
        throw ExecutionFault("\(board.title) / \(panel.title) / \(target.refId): \(error)")
      }
    }
    return answers
  }

  /// The marks of an annotation: series whose samples are moments.
  package func marks(of annotation: Board.Annotation) async throws(ExecutionFault) -> [QueriedSeries] {
    guard let expression = annotation.expr else { return [] }
    let step = annotation.step.flatMap(GrafanaDuration.parse) ?? 60
    return try await api.answer(
      PreparedQuery(expression: interpolation(expression), step: step, isInstant: false, span: span))
  }

  package func prepared(_ target: Board.Target, of panel: Board.Panel) -> PreparedQuery {
    PreparedQuery(
      target, of: panel, over: span, scrapeInterval: scrapeInterval,
      width: width * Double(panel.gridPos.w) / Double(Grid.columns), interpolation)
  }

  private static func options(
    of variable: Board.Variable, on api: PrometheusAPI, over span: TimeSpan, _ interpolation: Interpolation
  ) async throws(ExecutionFault) -> [VariableOption] {
    switch variable.type {
    case "datasource": return [VariableOption(text: "Prometheus", value: "prometheus")]
    case "custom":
      return variable.query.split(separator: ",").map { VariableOption(text: String($0), value: String($0)) }
    case "query":
      let lines = try await lines(of: VariableQuery(interpolation(variable.query)), on: api, over: span)
      return try VariableOption.options(of: lines, regex: variable.regex)
    default: throw ExecutionFault("the variable \(variable.name) is of the unsupported type \(variable.type)")
    }
  }

  private static func lines(
    of query: VariableQuery, on api: PrometheusAPI, over span: TimeSpan
  ) async throws(ExecutionFault) -> [String] {
    switch query {
    case .labelValues(let label, let selector):
      return try await api.labelValues(label, of: selector, over: span)
    case .queryResult(let expression):
      return try await api.query(expression, at: span.end).map { series in
        let labels = series.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }
        return "{\(labels.joined(separator: ","))} \(series.samples.last?.value ?? .nan) \(Int(span.end * 1000))"
      }
    }
  }

  private static func choice(
    _ variable: Board.Variable, _ options: [VariableOption], _ pick: Pick, _ preferred: String?
  ) -> Choice {
    if variable.includeAll && pick == .all { return .all }
    if variable.multi && pick == .two { return .values(options.prefix(2).map(\.value)) }
    let wanted = options.first { $0.text == preferred || $0.value == preferred }
    return .values([(wanted ?? options.first)?.value].compactMap { $0 })
  }
}
