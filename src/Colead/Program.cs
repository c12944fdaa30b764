using Colead.Commands;

return await ColeadProgram.RunAsync(args, Console.Out, Console.Error);
