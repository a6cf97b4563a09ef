/// The keys of records, and which of them followed which.
///
/// A provider writes the keys of each record in the same order. So a key is compared with the one that stood in its place
/// the last time, wanted or not, a word at a time and its closing quote with it: where they are equal, it has been found
/// and checked in one go.
struct JSONKeys: Sendable {
  /// A key of one object; of others with that name in other objects there are entries of their own.
  private struct Entry {
    let object: Int
    let name: PackedNames.Name
    /// -1: not wanted.
    var column = -1
    /// The object that holds more of what is wanted, -1: none.
    var child = -1
    /// The key that followed the last time, -1: none has.
    var next = -1
  }

  /// The record, or an object within it that holds something wanted.
  private struct Object {
    /// The entry under which it stands, -1: the record's own.
    let entry: Int
    /// An entry that stands before its first key, and is none itself.
    let head: Int
    /// The record in which it was met last.
    var record = 0
  }

  private var entries: [Entry] = []
  private var objects: [Object] = []
  private var names = PackedNames()
  private var object = 0
  /// The last key that was found in the current object.
  private var current = 0
  /// Whether the last key has an entry at all; one without is not wanted.
  private var isKnown = false
  private var record = 0
  /// How many unwanted keys may still be kept: each is compared with a key that is out of order.
  private var room = 128
  private static let longestKept = 64

  /// - Parameter columns: a dot leads into an object. Of a name that stands there twice, the first column is read.
  init(columns: [String]) {
    addObject(under: -1)
    for (column, name) in columns.enumerated() {
      let parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      var object = 0
      for (level, part) in parts.enumerated() {
        let key = Array(part)
        let entry = index(of: key.span, in: object) ?? add(key.span, to: object)
        if level == parts.count - 1 {
          if entries[entry].column < 0 { entries[entry].column = column }
        } else {
          if entries[entry].child < 0 { entries[entry].child = addObject(under: entry) }
          object = entries[entry].child
        }
      }
    }
  }

  /// The column of the last key, -1 if it is not wanted.
  var column: Int { isKnown ? entries[current].column : -1 }

  mutating func beginRecord() {
    record += 1
    object = 0
    current = objects[0].head
  }

  /// Enters the object that is the value of the last key.
  ///
  /// - Returns: false if nothing of it is wanted.
  mutating func enter() -> Bool {
    let child = entries[current].child
    guard isKnown, child >= 0 else { return false }
    objects[child].record = record
    object = child
    current = objects[child].head
    return true
  }

  /// Leaves the current object.
  ///
  /// - Returns: false if it is the record.
  mutating func leave() -> Bool {
    guard object > 0 else { return false }
    current = objects[object].entry
    object = entries[current].object
    return true
  }

  /// Whether anything is wanted of objects within the record.
  var hasChildren: Bool { objects.count > 1 }

  /// Whether the last key is there for the second time, and the first had fields that no longer count.
  var replacesObject: Bool {
    let child = entries[current].child
    return isKnown && child >= 0 && objects[child].record == record
  }

  /// The columns within the object that the last key leads to.
  var replacedColumns: [Int] {
    var inside: Set<Int> = [entries[current].child]
    var columns: [Int] = []
    // Children have been added after their parents.
    for entry in entries where inside.contains(entry.object) {
      if entry.column >= 0 { columns.append(entry.column) }
      if entry.child >= 0 { inside.insert(entry.child) }
    }
    return columns
  }

  /// Takes the key that begins behind a quote at `place`, if it is the one that followed the last time.
  ///
  /// - Parameter column: becomes the key's column, -1 if it is not wanted.
  /// - Returns: the place behind its closing quote, nil if it is another one or too near to the end to tell.
  @inline(__always)
  mutating func follow(_ bytes: Span<UInt8>, at place: Int, _ column: inout Int) -> Int? {
    let next = entries[current].next
    guard next >= 0 else { return nil }
    let entry = entries[next]
    guard names.stands(entry.name, in: bytes, at: place) else { return nil }
    current = next
    isKnown = true
    column = entry.column
    return place &+ entry.name.length
  }

  /// Takes a key that is another one than last time.
  ///
  /// - Parameter name: without escapes; `isEscaped` tells whether it had any.
  mutating func find(_ name: Span<UInt8>, isEscaped: Bool) {
    let entry = index(of: name, in: object) ?? keep(name, isEscaped: isEscaped)
    isKnown = entry != nil
    guard let entry else { return }
    // Only as it is written may it be found a word at a time.
    if !isEscaped { entries[current].next = entry }
    current = entry
  }

  private func index(of name: Span<UInt8>, in object: Int) -> Int? {
    entries.indices.first { entries[$0].object == object && names.isEqual(entries[$0].name, to: name) }
  }

  private mutating func keep(_ name: Span<UInt8>, isEscaped: Bool) -> Int? {
    guard room > 0, !isEscaped, name.count <= JSONKeys.longestKept else { return nil }
    room -= 1
    return add(name, to: object)
  }

  private mutating func add(_ name: Span<UInt8>, to object: Int) -> Int {
    entries.append(Entry(object: object, name: names.append(name)))
    return entries.count - 1
  }

  @discardableResult
  private mutating func addObject(under entry: Int) -> Int {
    // Its head is a key of no object, so that no search finds it.
    let none: [UInt8] = []
    objects.append(Object(entry: entry, head: add(none.span, to: -1)))
    return objects.count - 1
  }
}
