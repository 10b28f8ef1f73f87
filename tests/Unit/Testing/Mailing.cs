namespace Jobs.Tests.Unit.Testing;

/// <summary>The guide's job that goes on where it was.</summary>
[OnUpload("mailings/", Suffix = ".txt")]
public sealed class Mailing : IJob<Upload, Mailing.Sent>
{
    public sealed record Sent(int Letters);

    private readonly List<string> _posted = [];

    internal IReadOnlyList<string> Posted => _posted;

    public async Task<Sent> RunAsync(Upload upload, JobContext job, CancellationToken stop)
    {
        var sent = await job.ReadCheckpointAsync<int>(stop);              // 0 in the first attempt
        var letters = await LettersAsync(upload, job, stop);
        foreach (var letter in letters.Skip(sent))
        {
            if (stop.IsCancellationRequested)                             // job.Interrupted says why
            {
                await job.SaveCheckpointAsync(sent, stop);                // written although stop has fired
                stop.ThrowIfCancellationRequested();                      // Pending again, at no cost of an attempt
            }

            await SendAsync(letter);
            job.Progress((double)++sent / letters.Length);
        }

        return new(sent);
    }

    private static async Task<string[]> LettersAsync(Upload upload, JobContext job, CancellationToken stop)
    {
        using var text = new StreamReader(await job.OpenAsync(upload, stop));
        return (await text.ReadToEndAsync(stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private Task SendAsync(string letter)
    {
        _posted.Add(letter);
        return Task.CompletedTask;
    }
}
