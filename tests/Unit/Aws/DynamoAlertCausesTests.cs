using Jobs.Aws.Alerts;
using Jobs.Core.Alerts;
using Jobs.Core.Ids;
using Jobs.Core.Runs;
using Jobs.Tests.InMemory;
using Jobs.Tests.Unit.Core.Runs;

namespace Jobs.Tests.Unit.Aws;

/// <summary>What holds for the port holds for its in-memory twin.</summary>
[Collection(nameof(DynamoTables))]
public sealed class DynamoAlertCausesTests(DynamoTables tables)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cause_opens_counts_each_run_once_and_closes(bool inMemory)
    {
        var causes = Port(inMemory);
        var key = new AlertCauseKey("alert-test", false, "JobFailed System.Exception");

        var first = await causes.CountAsync(key, Failed("a"), "tail", Sample.Now, default);
        var again = await causes.CountAsync(key, Failed("a"), "other", Sample.Now.AddSeconds(1), default);
        var second = await causes.CountAsync(key, Failed("b"), "other", Sample.Now.AddSeconds(2), default);

        Assert.Equal((true, false, false), (first!.IsFirst, again!.IsFirst, second!.IsFirst));
        Assert.Equal(
            (2, "tail", Id("a").Key, Sample.Now, Sample.Now.AddSeconds(2)),
            (
                second.Cause.Count,
                second.Cause.AlertId,
                second.Cause.FirstRun,
                second.Cause.OpenedAt,
                second.Cause.LastAt));
        Assert.Equal(Sample.Now, second.Cause.ClaimedAt);
        Assert.False(second.Cause.FirstIsSent);
        Assert.True(await causes.NoteSentAsync(first.Cause, AlertStep.First, default));
        var told = Assert.Single((await causes.OpenAsync(default)).Causes, cause => cause.Key == key);
        Assert.Equal((true, null), (told.FirstIsSent, told.ClaimedAt));

        Assert.True(await causes.ClaimAsync(told, AlertStep.Over, Sample.Now.AddHours(1), default));
        Assert.False(await causes.ClaimAsync(told, AlertStep.Over, Sample.Now.AddHours(1), default));
        Assert.Null(await causes.CountAsync(key, Failed("c"), "next", Sample.Now.AddHours(1), default));
        Assert.False(await causes.NoteSentAsync(told, AlertStep.Over, default));
        Assert.True(await causes.NoteSentAsync(told with { Claims = told.Claims + 1 }, AlertStep.Over, default));
        Assert.DoesNotContain((await causes.OpenAsync(default)).Causes, cause => cause.Key == key);
        Assert.True((await causes.CountAsync(key, Failed("c"), "next", Sample.Now.AddHours(1), default))!.IsFirst);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Last_email_is_not_claimed_when_a_run_was_counted_since(bool inMemory)
    {
        var causes = Port(inMemory);
        var key = new AlertCauseKey("alert-test", false, "race");
        var seen = (await causes.CountAsync(key, Failed("a"), "tail", Sample.Now, default))!.Cause;
        await causes.CountAsync(key, Failed("b"), "tail", Sample.Now, default);

        Assert.False(await causes.ClaimAsync(seen, AlertStep.Over, Sample.Now, default));
        Assert.True(await causes.ClaimAsync(seen, AlertStep.Storm, Sample.Now, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stall_settles_once_and_is_not_counted_again(bool inMemory)
    {
        var causes = Port(inMemory);
        var key = new AlertCauseKey("alert-test", true, "CapacityUnavailable");
        await causes.CountAsync(key, Stalled("a"), "tail", Sample.Now, default);
        await causes.CountAsync(key, Stalled("b"), "tail", Sample.Now, default);

        var one = await causes.SettleAsync(key, Stalled("a"), recovered: true, Sample.Now, default);
        Assert.Null(await causes.SettleAsync(key, Stalled("a"), recovered: true, Sample.Now, default));
        var late = await causes.CountAsync(key, Stalled("a"), "tail", Sample.Now, default);
        var both = await causes.SettleAsync(key, Stalled("b"), recovered: false, Sample.Now, default);

        Assert.Equal((1, 1), (one!.Settled, one.Recovered));
        Assert.Equal((2, 1, false), (late!.Cause.Count, late.Cause.Settled, late.IsFirst));
        Assert.Equal((2, 2, 1), (both!.Count, both.Settled, both.Recovered));
        Assert.Empty(both.Members);
        Assert.Equal([Stalled("a").Name, Stalled("b").Name], both.SettledMembers.Order(StringComparer.Ordinal));
        var unknown = key with { Job = "unknown" };
        Assert.Null(await causes.SettleAsync(unknown, Stalled("a"), recovered: true, Sample.Now, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_that_is_stuck_anew_is_another_stall(bool inMemory)
    {
        var causes = Port(inMemory);
        var key = new AlertCauseKey("alert-test", true, "twice");
        await causes.CountAsync(key, Stalled("a"), "tail", Sample.Now, default);
        await causes.SettleAsync(key, Stalled("a"), recovered: true, Sample.Now, default);

        var again = await causes.CountAsync(key, Stalled("a", minutes: 15), "tail", Sample.Now, default);

        Assert.Equal((2, 1), (again!.Cause.Count, again.Cause.Settled));
    }

    /// <summary>A cause that is open stays as open as its stalls are, whatever comes when, and however often.</summary>
    [Fact]
    public async Task Stalls_counted_and_settled_in_every_order_and_repeatedly_leave_none_behind()
    {
        string[] calls = ["count a", "count a", "settle a", "count b", "settle b", "settle b"];
        var number = 0;
        foreach (var order in Orders(calls).DistinctBy(order => string.Join(',', order)))
        {
            var causes = Port(inMemory: true);
            await PlayAsync(order, new AlertCauseKey("alert-test", true, $"orders {number++}"), causes);
        }

        Assert.Equal(180, number);
    }

    /// <summary>Each order of the first reports, and then every report again.</summary>
    [Fact]
    public async Task Both_twins_agree_on_stalls_in_every_order()
    {
        string[] calls = ["count a", "settle a", "count b", "settle b"];
        var number = 0;
        foreach (var order in Orders(calls))
        {
            var key = new AlertCauseKey("alert-test", true, $"twins {number++}");
            await PlayAsync([.. order, .. order.Reverse()], key, Port(inMemory: true), Port(inMemory: false));
        }

        Assert.Equal(24, number);
    }

    [Fact]
    public async Task Both_twins_agree_on_a_storm_of_stalls_beyond_what_is_remembered()
    {
        var dice = new Random(5); // Seeded: the order is the same each time.
        var names = Enumerable.Range(0, AlertCause.MaxMembers + 4).Select(i => $"{i}").ToArray();
        var counts = names.Select(name => $"count {name}").ToArray();
        string[] calls = [.. counts, .. names.Select(name => $"settle {name}"), .. counts.Take(9)];
        dice.Shuffle(calls);
        var (memory, dynamo) = (Port(inMemory: true), Port(inMemory: false));
        var key = new AlertCauseKey("alert-test", true, "twins in a storm");
        await DoAsync("count anchor", key, memory, dynamo);

        foreach (var call in calls) await DoAsync(call, key, memory, dynamo);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Members_beyond_what_is_remembered_are_only_counted(bool inMemory)
    {
        var causes = Port(inMemory);
        var key = new AlertCauseKey("alert-test", false, "storm");
        AlertCount? last = null;
        for (var i = 0; i < AlertCause.MaxMembers + 3; i++)
        {
            last = await causes.CountAsync(key, Failed($"{i}"), "tail", Sample.Now, default);
        }

        Assert.Equal((AlertCause.MaxMembers + 3, false), (last!.Cause.Count, last.Cause.CountIsExact));
        Assert.Equal(AlertCause.MaxMembers, last.Cause.Members.Count);
    }

    [Fact]
    public async Task Runs_that_fail_at_once_open_one_cause()
    {
        var causes = Port(inMemory: false);
        var key = new AlertCauseKey("alert-test", false, "burst");

        var counts = await Task.WhenAll(Enumerable.Range(0, 30).Select(
            i => causes.CountAsync(key, Failed($"{i}"), "tail", Sample.Now, default)));

        Assert.Single(counts, count => count!.IsFirst);
        Assert.Equal(30, (await causes.OpenAsync(default)).Causes.Single(cause => cause.Key == key).Count);
    }

    private IAlertCauses Port(bool inMemory) =>
        inMemory ? new InMemoryAlertCauses() : new DynamoAlertCauses(tables.Client, DynamoTables.Runs);

    /// <summary>Counts an anchor, then makes the calls: now the anchor alone is stuck, and then no run.</summary>
    private static async Task PlayAsync(string[] calls, AlertCauseKey key, params IAlertCauses[] twins)
    {
        await DoAsync("count anchor", key, twins);
        foreach (var call in calls) await DoAsync(call, key, twins);

        foreach (var causes in twins)
        {
            var cause = await OpenAsync(causes, key);
            Assert.Equal(cause.Count - 1, cause.Settled);
        }

        await DoAsync("settle anchor", key, twins);
        foreach (var causes in twins)
        {
            var cause = await OpenAsync(causes, key);
            Assert.Equal(AlertStep.Over, cause.DueAt(Sample.Now + AlertCause.ClaimLife)?.Step);
            Assert.Equal(cause.Settled, cause.Recovered);
        }
    }

    /// <summary>Makes the same call on each twin, and compares the answers and what is then stored.</summary>
    private static async Task DoAsync(string call, AlertCauseKey key, params IAlertCauses[] twins)
    {
        var (verb, member) = (call.Split(' ')[0], Stalled(call.Split(' ')[1]));
        var outcomes = new List<string>();
        foreach (var causes in twins)
        {
            var answer = verb == "count"
                ? TextOf(await causes.CountAsync(key, member, "tail", Sample.Now, default))
                : Text(await causes.SettleAsync(key, member, recovered: true, Sample.Now, default));
            outcomes.Add($"{call}: {answer}, then {Text(await OpenAsync(causes, key))}");
        }

        Assert.Single(outcomes.Distinct());

        static string TextOf(AlertCount? count) => $"{count?.IsFirst} {Text(count?.Cause)}";

        static string Text(AlertCause? cause) => cause is null ? "nothing" :
            $"{cause.Count} {cause.Settled} {cause.Recovered} {cause.IsFull} " +
            $"[{Sorted(cause.Members)}] [{Sorted(cause.SettledMembers)}]";

        static string Sorted(IEnumerable<string> names) => string.Join(' ', names.Order(StringComparer.Ordinal));
    }

    private static async Task<AlertCause> OpenAsync(IAlertCauses causes, AlertCauseKey key) =>
        (await causes.OpenAsync(default)).Causes.Single(cause => cause.Key == key);

    private static IEnumerable<string[]> Orders(string[] calls) => calls.Length == 0
        ? [[]]
        : calls.SelectMany((call, i) =>
            Orders([.. calls.Where((_, other) => other != i)]).Select(rest => (string[])[call, .. rest]));

    private static AlertMember Failed(string name) => AlertMember.Of(Id(name));

    private static AlertMember Stalled(string name, int minutes = 0) =>
        AlertMember.Of(Id(name), new Stall(Sample.Now.AddMinutes(minutes), "CapacityUnavailable"));

    private static RunId Id(string name) => RunId.From("alert-test", name);
}
