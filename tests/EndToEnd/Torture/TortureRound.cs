using Amazon.SQS.Model;
using Jobs.Core;
using Jobs.Core.Alerts;
using Jobs.Core.Ids;
using Jobs.Core.Runs;

namespace Jobs.Tests.EndToEnd.Torture;

/// <summary>
/// A laptop with every fault at once whose processes are killed while briefs are uploaded, and how it settles when the
/// killing is over and the faults go on.
/// </summary>
internal sealed class TortureRound(
    TorturedLaptop laptop, StackClients stack, TortureSettings settings, Random chance, TimeProvider clock)
{
    private const string Inbox = "Uploads";

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly List<Task> _ticks = [];
    private int _sentBack;

    public async Task<TortureReport> RunAsync()
    {
        var monkey = new Monkey(laptop, Chance(), clock);
        var uploads = await UploadWhileKillingAsync(monkey);
        var begin = clock.GetTimestamp();
        while (!await IsSettledAsync(uploads.Keys) && clock.GetElapsedTime(begin) < settings.Settling)
        {
            if (laptop.HasEnded) break;
            await Task.Delay(Poll, clock);
        }

        var settled = clock.GetElapsedTime(begin);
        var runs = await ReadAsync([.. uploads.Keys]);
        return new TortureReport
        {
            Uploads = uploads.Count,
            Runs = runs,
            Kills = monkey.Kills,
            SentBack = _sentBack,
            Settled = settled,
            Faults = laptop.HasEnded ? ["The laptop has ended by itself."] : await FaultsAsync(uploads, runs),
        };
    }

    private async Task<IReadOnlyDictionary<RunId, string>> UploadWhileKillingAsync(Monkey monkey)
    {
        using var enough = new CancellationTokenSource();
        using var givenUp = new CancellationTokenSource();
        var atLeast = Task.Delay(settings.Killing, clock);
        var killing = monkey.RunAsync(enough.Token);
        var uploading = new Uploader(stack, Chance(), clock).UploadAsync(settings.Uploads, givenUp.Token);
        // It ends first only when the laptop does not start again, and then nothing would ever be accepted.
        if (await Task.WhenAny(killing, Task.WhenAll(uploading, atLeast)) == killing)
        {
            await givenUp.CancelAsync();
            await killing;
        }

        await enough.CancelAsync();
        await killing;
        return await uploading;
    }

    /// <summary>
    /// Whether every run is over and owes nothing; if not, what waits is due, and a tick looks at it.
    /// </summary>
    private async Task<bool> IsSettledAsync(IEnumerable<RunId> uploads)
    {
        try
        {
            IReadOnlyList<RunId> ids = [.. uploads.Union(await HistoryAsync())];
            var runs = await ReadAsync(ids);
            var unsettled = runs.Where(reading => !IsSettled(reading)).Select(reading => reading.Run.Id).ToList();
            if (runs.Count == ids.Count && unsettled.Count == 0) return true;
            foreach (var id in unsettled) await stack.Runs.DueNowAsync(id);
            Tick();
            await SendBackAsync();
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            // Looked at again.
        }

        return false;
    }

    private static bool IsSettled(RunReading reading) => reading.Run is { IsOver: true, Owed.IsEmpty: true };

    private async Task<IReadOnlyList<RunReading>> ReadAsync(IReadOnlyList<RunId> ids)
    {
        var found = new List<RunReading>();
        foreach (var some in ids.Chunk(50))
        {
            found.AddRange((await stack.Runs.ReadAsync(some, CancellationToken.None)).Found);
        }

        return found;
    }

    /// <summary>A tick that launches goes on until the next one waits, so two are under way.</summary>
    private void Tick()
    {
        _ticks.RemoveAll(tick => tick.IsCompleted);
        if (_ticks.Count < 2) _ticks.Add(stack.TickAsync());
    }

    /// <summary>As an admin does who was told that there are dead letters.</summary>
    private async Task SendBackAsync()
    {
        var attributes = await stack.Sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest
        {
            QueueUrl = stack.Output(OutputNames.DeadLettersPrefix + Inbox),
            AttributeNames = ["ApproximateNumberOfMessages"],
        });
        if (attributes.ApproximateNumberOfMessages == 0 || !IsTold($"{Inbox}: messages failed")) return;
        using var command = new JobsProcess(laptop.Endpoint);
        var (code, _, _) = await command.RunAsync("dead-letters", Inbox, "--redrive");
        if (code == 0) _sentBack += attributes.ApproximateNumberOfMessages;
    }

    private async Task<IReadOnlyList<string>> FaultsAsync(
        IReadOnlyDictionary<RunId, string> uploads, IReadOnlyList<RunReading> runs)
    {
        var known = runs.Select(reading => reading.Run.Id).ToHashSet();
        var tasks = await stack.Ecs.TasksAsync(stack.Output(OutputNames.Cluster));
        var succeeded = tasks
            .Where(task => task.Containers.Single(container => container.Name == "worker").ExitCode == 0)
            .GroupBy(task => task.StartedBy.Split('/')[1]);
        var causes = (await stack.Causes.OpenAsync(CancellationToken.None)).Causes;
        return
        [
            .. uploads.Keys.Where(id => !known.Contains(id)).Select(id => $"{id}: accepted, and there is no run."),
            .. runs.SelectMany(reading => FaultsOf(reading, uploads[reading.Run.Id], causes)),
            .. succeeded.Where(run => run.Count() > 1).Select(run => $"{run.Key}: {run.Count()} tasks did its work."),
            .. await StrangersAsync(known),
        ];
    }

    private IEnumerable<string> FaultsOf(RunReading reading, string content, IReadOnlyList<AlertCause> causes)
    {
        var run = reading.Run;
        if (!IsSettled(reading)) yield return $"{run.Id}: {run.State}, owes {run.Owed.Length}, next {run.NextCheckAt:T}.";
        else if (run.State == RunState.Failed && !IsTold($"{run.Id}") && !IsCounted(run, causes))
        {
            yield return $"{run.Id}: failed, and no e-mail tells of it: {run.Verdict?.Sentence}";
        }
        else if (run.State is not (RunState.Succeeded or RunState.Failed)) yield return $"{run.Id}: {run.State}.";
        else if (run.State == RunState.Succeeded && JobsLaptop.Result(reading) != content)
        {
            yield return $"{run.Id}: its result is {reading.Worker?.ResultJson}.";
        }
    }

    /// <summary>Many runs that fail for one cause are one e-mail, which the others are counted under.</summary>
    private static bool IsCounted(Run run, IReadOnlyList<AlertCause> causes) => causes.Any(
        cause => cause.FirstIsSent && cause.Members.Any(name => name.Contains(run.Id.Key, StringComparison.Ordinal)));

    private async Task<IReadOnlyList<RunId>> HistoryAsync() =>
        (await stack.History.PageAsync(["brief"], null, null, null, 10_000, CancellationToken.None)).Runs;

    private bool IsTold(string words) =>
        Directory.EnumerateFiles(Path.Combine(laptop.State, "mail"), "*.eml")
            .Any(file => File.ReadAllText(file).Contains(words, StringComparison.Ordinal));

    /// <summary>
    /// Runs of uploads whose answer was lost: the client uploaded again, and both are accepted. Their runs end, too.
    /// </summary>
    private async Task<IReadOnlyList<string>> StrangersAsync(HashSet<RunId> known)
    {
        var strangers = await ReadAsync([.. (await HistoryAsync()).Where(id => !known.Contains(id))]);
        return
        [
            .. strangers.Where(one => !IsSettled(one)).Select(one => $"{one.Run.Id}: {one.Run.State}, unanswered."),
        ];
    }

#pragma warning disable RS0030 // Seeded by the settings.
    private Random Chance() => new(chance.Next());
#pragma warning restore RS0030
}
