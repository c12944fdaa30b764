using Colead.Web.Commands;

return await ColeadProgram.RunAsync(args, Console.Out, Console.Error);
