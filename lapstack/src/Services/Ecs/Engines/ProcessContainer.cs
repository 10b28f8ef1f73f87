using Lapstack.Processes;

namespace Lapstack.Services.Ecs.Engines;

/// <summary>A container that is a process.</summary>
/// <param name="start">How it was started: programs beside it are started alike.</param>
internal sealed class ProcessContainer(
    ChildProcess process, ChildProcessStart start, ProcessLedger ledger, TimeProvider clock) : IContainer
{
    public Task<ChildExit> Exited => process.Exited;

    public Task StopAsync(TimeSpan grace) => process.StopAsync(grace);

    public async Task KillAsync()
    {
        process.Kill();
        await process.Exited;
    }

    public async Task<int?> RunInsideAsync(IReadOnlyList<string> command, TimeSpan timeout)
    {
        try
        {
            var program = ChildProcess.Start(
                start with
                {
                    FileName = command[0],
                    Arguments = [.. command.Skip(1)],
                    OnLine = _ => Task.CompletedTask,
                },
                ledger,
                clock);
            return await program.EndWithinAsync(timeout) is { } exit ? exit.Code : null;
        }
        catch (ProgramNotFoundException)
        {
            return null;
        }
    }
}
