using Jobs.Cli.Ports;
using Jobs.Cli.Reading;

namespace Jobs.Cli.Commands;

/// <summary>Says of a run that was asked for that it waits, because its job is paused.</summary>
internal static class PauseNote
{
    public static async Task TellAsync(CliContext cli, IStack stack, string job, CancellationToken cancellation)
    {
        var pauses = await stack.Pauses.ReadAsync(cancellation);
        if (pauses.Of(job, cli.Clock.GetUtcNow()) is not { } pause) return;
        cli.Note($"The run waits: {job} is {PauseWords.Of(pause)} Resume it: {stack.Place.Lines.Resume(job)}");
    }
}
