public import EBPFMaps
public import EBPFObjectFile
public import OrderedCollections

/// An object's programs and maps in a user-space host.
///
/// The maps keep their place among the host's as long as the object or one of its programs lives.
public final class UserSpaceObject: Sendable {
    /// What it was made from, as edited.
    public let specs: ObjectSpecs
    /// The programs by name, in the order of the file.
    public let programs: OrderedDictionary<String, UserSpaceProgram>
    /// The maps by name, in the order of the file.
    public let maps: OrderedDictionary<String, Map>
    private let registrations: [MapRegistration]

    init(
        specs: ObjectSpecs, programs: OrderedDictionary<String, UserSpaceProgram>,
        maps: OrderedDictionary<String, Map>, registrations: [MapRegistration]
    ) {
        self.specs = specs
        self.programs = programs
        self.maps = maps
        self.registrations = registrations
    }
}
