/// Values by index, each of them once.
package struct Interned<Value: Hashable & Sendable>: Sendable {
  package private(set) var values: [Value] = []
  private var indices: [Value: Int] = [:]

  package init() {}

  package subscript(index: Int) -> Value { values[index] }

  /// The index of `value`, which is taken in if it is new.
  mutating func index(of value: Value) -> Int {
    if let known = indices[value] { return known }
    indices[value] = values.count
    values.append(value)
    return values.count - 1
  }

  func find(_ value: Value) -> Int? { indices[value] }
}
