using System.CommandLine;
using Jobs.Cli.Ports;

namespace Jobs.Cli.Commands;

/// <summary>Gives a command its stack, and its failures a message and an exit code.</summary>
internal static class StackCommand
{
    /// <param name="fresh">It shows all parts of the stack, so what is remembered of an earlier deployment will not
    /// do.</param>
    public static void OnStack(
        this Command command, CliContext cli, Func<ParseResult, IStack, CancellationToken, Task<int>> run,
            bool fresh = false) =>
        command.SetAction((parsed, cancellation) =>
        {
            var guard = new Guard(cli);
            return guard.RunAsync(async again =>
            {
                using var stack = await cli.Connect(SharedOptions.StackOf(parsed), fresh || again, cancellation);
                guard.Lines = stack.Place.Lines;
                return await run(parsed, stack, cancellation);
            });
        });
}
