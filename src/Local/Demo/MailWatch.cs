using Jobs.Core.Ids;
using Lapstack.Ground;

namespace Jobs.Local.Demo;

/// <summary>Waits for an e-mail the stack sends.</summary>
internal sealed class MailWatch(Activity activity, DateTimeOffset since)
{
    /// <summary>The letter as it was written, headers and all; a sentence when none comes in time.</summary>
    public async Task<string> AboutAsync(
        RunId run, TimeSpan patience, TimeProvider clock, CancellationToken cancellation)
    {
        using var patient = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patient.Token, cancellation);
        try
        {
            await foreach (var hop in activity.ReadAsync(either.Token))
            {
                if (hop.At >= since
                    && hop.Details?.GetValueOrDefault("path") is { } path
                    && path.EndsWith(".eml", StringComparison.Ordinal))
                {
                    var letter = await File.ReadAllTextAsync(path, cancellation);
                    if (letter.Contains(run.ToString(), StringComparison.Ordinal)) return letter;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // No e-mail was written in time.
        }

        return "No e-mail was sent.";
    }
}
