using System.CommandLine;
using Colead.Web.Commands;

var root = new RootCommand("Colead: a partnership leads itself together.");
foreach (var command in ColeadCommands.All()) root.Subcommands.Add(command);
return await root.Parse(args).InvokeAsync();
