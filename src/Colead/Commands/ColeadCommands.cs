using System.CommandLine;

namespace Colead.Commands;

/// <summary>Every command of the program, each in its own file.</summary>
public static class ColeadCommands
{
    public static IEnumerable<Command> All() =>
    [
        AnalyseCommand.Create(), NetworkCommand.Create(), AuditCommand.Create(),
        ServeCommand.Create(), DemoCommand.Create(), UserCommand.Create(), KeysCommand.Create(), ImportCommand.Create(),
    ];
}
