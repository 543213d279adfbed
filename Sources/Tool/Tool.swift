import EBPFCommandLine

@main
enum Tool {
    static func main() async { await EBPFCommand.runToEnd() }
}
