import ArgumentParser

/// `ebpf map`: the maps of the running kernel.
struct MapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "Lists, reads and changes the maps of the running kernel.",
        discussion: """
            ebpf map list
            ebpf map dump flows
            ebpf map update flows '{"src": "10.0.0.1", "port": 80}' 12
            ebpf map watch 17 --interval 0.5

            MAP is a number, a name, or the path of a pin. Keys and values are written and shown by
            the map's types; without types as numbers or hex bytes.
            """,
        subcommands: [
            MapListCommand.self, MapShowCommand.self, MapDumpCommand.self, MapWatchCommand.self,
            MapLookupCommand.self, MapNextCommand.self, MapUpdateCommand.self,
            MapDeleteCommand.self,
            MapPushCommand.self, MapPopCommand.self, MapPeekCommand.self,
            MapCreateCommand.self, MapPinCommand.self, MapFreezeCommand.self,
        ])
}

/// What all commands about one map take.
struct MapArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("A number, a name, or the path of a pin.", valueName: "map"))
    var reference: MapReference

    @Flag(help: "Keys and values are bytes in hex, whatever their types.")
    var hex = false

    @Flag(help: "Print JSON.")
    var json = false
}
