import Yams

/// A parser's complaint in words that help, without a line of the file.
enum SyntaxMessage {
  /// - Parameter text: what was parsed, to see whether a tab is to blame.
  static func fault(_ error: YamlError, in text: ScalarLines) -> DocumentFault {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let place = Place(mark)
      return DocumentFault(place, message(problem, context, tab: text.isIndentedByTab(at: place)))
    case .duplicatedKeysInMapping(_, let context):
      return DocumentFault(Place(context.mark), "this key is given more than once in its mapping: keep one")
    case .no, .memory, .reader, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      // The text has been checked, so that the reader has nothing to complain of; memory is not the file's fault.
      return DocumentFault(.start, "the file could not be parsed as YAML")
    }
  }

  /// `problem` and the context are fixed words of libyaml's.
  private static func message(_ problem: String, _ context: YamlError.Context?, tab: Bool) -> String {
    if tab { return "a tab must not indent YAML: use spaces" }
    if problem.hasPrefix("but found another document") {
      return "a second document begins here: the configuration must be a single one"
    }
    if problem.hasPrefix("Maximum nesting level") { return tooDeep }
    let start = context.map { " (\($0.text), which begins at \($0.mark.line):\($0.mark.column))" } ?? ""
    return "not valid YAML: \(problem)\(start)\(hints[problem].map { "; \($0)" } ?? "")"
  }

  static let tooDeep = "this is nested too deeply for a configuration"

  private static let hints = [
    "mapping values are not allowed in this context":
      "check the indentation, or put a value that holds `: ` in quotes",
    "did not find expected key": "check the indentation of this line, and of the quotes and brackets before it",
    "could not find expected ':'": "write `key: value`, with a space after the colon",
    "found character that cannot start any token": "put a value that begins with this character in quotes",
    "found unexpected end of stream": "close the quotes",
    "did not find expected ',' or ']'": "close the bracket, or separate the items by commas",
    "did not find expected ',' or '}'": "close the brace, or separate the entries by commas",
    "did not find expected '-' indicator": "check the indentation of this line",
  ]
}
