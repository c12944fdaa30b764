using System.CommandLine;
using Colead.Composition;

namespace Colead.Commands;

/// <summary>The program as the shell calls it.</summary>
public static class ColeadProgram
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Colead: a partnership leads itself together.");
        foreach (var command in ColeadCommands.All()) root.Subcommands.Add(command);
        var parsed = root.Parse(args);
        try
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error,
                EnableDefaultExceptionHandler = false });
            return parsed.Errors.Count > 0 ? ExitCodes.Usage : code;
        }
        catch (UnusableStorageException fault)
        {
            await error.WriteLineAsync(fault.Message);
            return ExitCodes.Unavailable;
        }
#pragma warning disable CA1031 // whatever happens, the shell gets a number and the person a sentence
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            await error.WriteLineAsync($"This is a fault of the program, not of your files: {fault}");
            return ExitCodes.Internal;
        }
    }
}
