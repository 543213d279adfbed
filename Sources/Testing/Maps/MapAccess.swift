import EBPF
import EBPFProgram
import Testing

/// A map of a world, and where in the test it was asked for.
struct MapAccess {
    let state: WorldState
    /// `nil` if the world has none; the test is told.
    let map: EBPF.AnyMap?
    let location: SourceLocation

    /// Does something to the map; what fails is an issue of the test.
    @discardableResult
    func attempt<Result>(_ body: (EBPF.AnyMap) throws -> Result) -> Result? {
        defer { state.tell(location) }
        guard let map else { return nil }
        do {
            return try body(map)
        } catch {
            state.reports.add("\(error)")
            return nil
        }
    }
}

extension TestWorld {
    /// The map that a global declares.
    func access<Map: ProgramMap & ~Copyable>(
        _ global: borrowing Map, _ location: SourceLocation
    ) -> MapAccess {
        let place = unsafe UInt(bitPattern: global.address)
        return MapAccess(state: state, map: state.map(at: place), location: location)
    }
}
