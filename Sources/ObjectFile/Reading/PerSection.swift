/// Lists of things, one for each section of a file.
///
/// An array of arrays, because sections are numbered without gaps. Dictionaries would do, too, but
/// Swift makes each type of dictionary when it is first used, and looks for `Hashable` among all
/// conformances of the process then: for a small object that took longer than all the rest.
package struct PerSection<Element> {
    private var lists: [[Element]] = []

    /// Nothing in any section.
    package init() {}

    /// What there is in a section; empty for sections that nothing was added to.
    package subscript(section: Int) -> [Element] {
        get { lists.indices.contains(section) ? lists[section] : [] }
        set {
            grow(to: section)
            lists[section] = newValue
        }
    }

    /// Adds something to a section.
    package mutating func append(_ element: Element, to section: Int) {
        grow(to: section)
        lists[section].append(element)
    }

    /// Changes all lists.
    mutating func transform(_ body: ([Element]) -> [Element]) {
        for index in lists.indices where !lists[index].isEmpty { lists[index] = body(lists[index]) }
    }

    private mutating func grow(to section: Int) {
        while lists.count <= section { lists.append([]) }
    }
}

extension PerSection: Sendable where Element: Sendable {}
